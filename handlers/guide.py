"""The guide: ten steps, one at a time, from the command, Home and help."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.steps import read_step
from handlers.desk import Desk
from handlers.views import guide as screens
from handlers.views import home
from storage import agenda

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens the guide and leads through it; the command is `/rapport guide`."""
    app.action(home.GUIDE)(guide_pressed)
    app.action(screens.GUIDE_STEP)(step_pressed)
    app.action(screens.GUIDE_CHOSEN)(step_pressed)


async def guide_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Guide": all ten steps, in the DM if it was pressed in Home."""
    await ack()
    await desk.tell(screens.guide_overview(), body.get("response_url"))


async def step_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button or the menu in the guide: that step, in place of what was shown before."""
    await ack()
    action = body["actions"][0]
    words = action.get("value") or (action.get("selected_option") or {}).get("value") or ""
    await show_step(desk, words, body.get("response_url"), replace=True)


async def show_step(
    desk: Desk, words: str, response_url: str | None, *, replace: bool = False
) -> None:
    """Show the step that the words name; without words, or for unknown ones, all of them."""
    step = read_step(words)
    if step is None:
        await desk.tell(screens.guide_overview(words), response_url, replace=replace)
        return
    shown = screens.guide_step(step, await _standing(desk))
    await desk.tell(shown, response_url, replace=replace)


async def _standing(desk: Desk) -> screens.Standing:
    async with desk.reading() as session:
        ahead = await agenda.coming(session, desk.now, limit=1)
        without_notes = await agenda.debrief_missing(session, desk.now, limit=1)
    return screens.Standing(
        next_talk=ahead[0].id if ahead else None,
        to_debrief=without_notes[0].id if without_notes else None,
    )
