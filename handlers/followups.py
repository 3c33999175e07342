"""`/followups`: what is due and what comes next, and pauses."""

import html
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.pauses import LONGEST, a_week_later, pause_end
from domain.vocabulary import Digest
from handlers.desk import Desk
from handlers.examples import help_page, not_understood
from handlers.nudges_shown import nudge_shown, nudges_shown
from handlers.views import followups as screens
from handlers.views.home import SHOW_ALL
from handlers.views.metadata import unpack
from handlers.views.nudge_messages import PAUSE_WEEK
from handlers.views.nudge_words import NudgeShown
from handlers.views.reading import as_id
from storage import members, nudges, wishes

Body = dict[str, Any]
Listener = Callable[[AsyncAck, Body, Desk], Awaitable[None]]


def register(app: AsyncApp, prefix: str = "") -> None:
    """The command, and the buttons that pause and go on."""
    app.command(f"/{prefix}followups")(followups_command)
    app.action(PAUSE_WEEK)(pause_week)
    app.action(screens.PAUSE_UNTIL)(pause_until)
    app.shortcut("what_comes_next")(show_all)
    app.action(screens.GO_ON_NOW)(go_on_now)
    app.action(SHOW_ALL)(show_all)


async def followups_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """`/followups`, `/followups pause until DATE`, `/followups resume`."""
    await ack()
    typed, url = html.unescape(body.get("text", "")).strip(), body["response_url"]
    word, _, rest = typed.partition(" ")
    if word.lower() == "pause":
        await _pause(desk, rest.strip(), body["command"], url)
    elif word.lower() == "resume":
        await _resume(desk, url)
    elif not word:
        await show(desk, url)
    elif word.lower() == "help":
        await desk.tell(await help_page(desk, "followups"), url)
    else:
        await not_understood(desk, body, typed, rest=rest.strip())


async def show_all(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "What comes next" and the shortcut: the same in the DM, or where help stands."""
    await ack()
    await show(desk, answer_url(body))


async def pause_week(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Pause a week", in digests and in this command's answer."""
    await ack()
    url = body.get("response_url")
    until = a_week_later(desk.now, await desk.zone())
    async with desk.member() as session:
        # An old digest's button makes no longer pause a shorter one.
        paused_until = (await members.current(session)).paused_until
        until = max(until, paused_until or until)
        await wishes.pause(session, until, desk.now)
    if answer_url(body) is not None:
        await show(desk, url, replace=True)
    else:
        await desk.tell(screens.paused(until), url)
    await desk.changed()


async def pause_until(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The day picker "Pause until …": like the command with that date."""
    await ack()
    day = body["actions"][0].get("selected_date")
    if day:
        command = f"/{desk.prefix}followups"
        await _pause(desk, day, command, body.get("response_url"))


async def go_on_now(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Go on now": ends a pause, and shows what waits."""
    await ack()
    await _resume(desk, body.get("response_url"), replace=True)


def in_answer(listener: Listener) -> Listener:
    """Let a nudge's button also bring the answer up to date that it was pressed in."""

    async def press(ack: AsyncAck, body: Body, desk: Desk) -> None:
        await listener(ack, body, desk)
        url = answer_url(body)
        if url is not None:
            await show(desk, url, replace=True, pressed=_pressed(body))

    return press


def in_answer_after(listener: Listener) -> Listener:
    """Do the same for a form that such a button opened, after it was saved."""

    async def save(ack: AsyncAck, body: Body, desk: Desk) -> None:
        await listener(ack, body, desk)
        carried = unpack(body["view"])
        if carried.response_url is not None:
            await show(desk, carried.response_url, replace=True, pressed=carried.nudge_id)

    return save


def answer_url(body: Body) -> str | None:
    """Where to bring a private answer up to date that was pressed in; None in a DM or in Home."""
    is_answer = (body.get("container") or {}).get("is_ephemeral") is True
    return body.get("response_url") if is_answer else None


async def show(
    desk: Desk,
    response_url: str | None,
    *,
    replace: bool = False,
    pressed: int | None = None,
    goes_on: bool = False,
) -> None:
    """Answer with what is due and what comes next; `pressed` is a nudge that was just settled."""
    await desk.zone()
    # Whoever asks is there: that counts as a sign of life, as pressing a button does.
    async with desk.member() as session:
        shown = await _gathered(session, desk, pressed, goes_on=goes_on)
    await desk.tell(screens.followups(shown), response_url, replace=replace)


async def _gathered(
    session: AsyncSession, desk: Desk, pressed: int | None, *, goes_on: bool
) -> screens.FollowUps:
    now, member = desk.now, await members.current(session)
    # One more of each than is shown tells that there are more.
    due = await nudges.open_for(session, now, limit=screens.MOST_DUE + 1)
    ahead = await nudges.coming(session, now, limit=screens.MOST_AHEAD + 1)
    until = member.paused_until
    return screens.FollowUps(
        due=await nudges_shown(session, due, now, in_a_list=True),
        ahead=[(nudge.due_at, nudge_shown(nudge, now, member.rhythm())) for nudge in ahead],
        paused_until=until if until is not None and until > now else None,
        has_digest=member.digest != Digest.NONE,
        just_done=await _just_done(session, pressed, now),
        goes_on=goes_on,
    )


async def _just_done(
    session: AsyncSession, pressed: int | None, now: datetime
) -> NudgeShown | None:
    if pressed is None:
        return None
    rhythm = (await members.current(session)).rhythm()
    nudge = nudge_shown(await nudges.get(session, pressed), now, rhythm)
    return nudge if nudge.answer is not None or nudge.can_undo else None


async def _pause(desk: Desk, typed: str, command: str, url: str | None) -> None:
    """Pause until the day that was typed, a week without one, and say so with the way back."""
    until = pause_end(typed, desk.now, await desk.zone())
    if until is None:
        await desk.tell(screens.pause_refused(typed, command, screens.UNCLEAR), url)
    elif until <= desk.now:
        await desk.tell(screens.pause_refused(typed, command, screens.PASSED), url)
    elif until > desk.now + LONGEST:
        await desk.tell(screens.pause_refused(typed, command, screens.TOO_FAR), url)
    else:
        async with desk.member() as session:
            await wishes.pause(session, until, desk.now)
        await desk.tell(screens.paused(until), url)
        await desk.changed()


async def _resume(desk: Desk, url: str | None, *, replace: bool = False) -> None:
    async with desk.member() as session:
        await wishes.pause(session, None, desk.now)
    await show(desk, url, replace=replace, goes_on=True)
    await desk.changed()


def _pressed(body: Body) -> int | None:
    action = body["actions"][0]
    chosen = (action.get("selected_option") or {}).get("value", "")
    return as_id(action.get("value") or chosen.partition(":")[2])
