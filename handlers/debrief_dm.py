"""The debrief question by question in the DM: its buttons."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import DebriefQuestion, Opportunity, Picture
from handlers.desk import Desk
from handlers.dialogue_shown import renew, show_below
from handlers.followups import answer_url, show
from handlers.outcomes import outcome_page
from handlers.talk_nudges import to_open
from handlers.views import dialogue as screens
from handlers.views import home, nudge_messages
from handlers.views.interview_answers import still_ahead
from handlers.views.metadata import Carried
from handlers.views.reading import as_id
from handlers.whom import with_whom
from storage import debriefs, dialogues, interviews, nudges
from storage.dialogues import Stands

Body = dict[str, Any]
Act = Callable[[AsyncSession, int, DebriefQuestion, datetime], Awaitable[bool]]

_ACTS: dict[str, Act] = {screens.SKIP: dialogues.skip, screens.BACK: dialogues.back}


def register(app: AsyncApp) -> None:
    """What begins the questions, and the buttons under each of them."""
    app.action(nudge_messages.ANSWER_HERE)(answer_nudge_here)
    app.action(home.ANSWER_HERE)(answer_here)
    app.action(screens.SKIP)(step)
    app.action(screens.BACK)(step)
    app.action(screens.LATER)(step)
    app.action(screens.STEPS)(step)
    app.action(re.compile(f"^{screens.CHOOSE}:"))(choose)
    app.action(screens.THAT_IS_ALL)(that_is_all)
    app.action(screens.THANKED)(thanked)
    app.action(screens.OUTCOME)(what_became_of_it)


async def answer_nudge_here(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Answer here", on a nudge that asks how a talk went, if it still stands."""
    await ack()
    nudge = await to_open(desk, body)
    if nudge is None:
        return
    await _begin(desk, nudge.interview_id or 0, nudges.sent_message(nudge))
    url = answer_url(body)
    if url is not None:
        await show(desk, url, replace=True)


async def answer_here(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Answer here" in Home, and "Go on" wherever questions wait."""
    await ack()
    await _begin(desk, as_id(body["actions"][0].get("value")) or 0)


async def step(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Skip", "Back" or "Later" under a question, as buttons or in its menu."""
    await ack()
    pressed = body["actions"][0]
    chosen = (pressed.get("selected_option") or {}).get("value", "")
    what, _, about = chosen.partition(":") if chosen else (pressed["action_id"], "", "")
    interview_id, question, _ = _about(about or pressed.get("value", ""))
    async with desk.member() as session:
        before = await dialogues.stands(session, interview_id)
        goes_on = False
        if what == screens.LATER:
            await dialogues.set_aside(session, interview_id, desk.now)
        else:
            goes_on = await _ACTS[what](session, interview_id, question, desk.now)
    await _show(desk, before, interview_id, goes_on=goes_on)


async def choose(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """One of the answers that a question offers as buttons."""
    await ack()
    interview_id, question, chosen = _about(body["actions"][0].get("value", ""))
    kind = Picture if question == DebriefQuestion.PICTURE else Opportunity
    async with desk.member() as session:
        before = await dialogues.stands(session, interview_id)
        goes_on = await dialogues.choose(session, interview_id, question, kind(chosen), desk.now)
    await _show(desk, before, interview_id, goes_on=goes_on)


async def that_is_all(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "That's all": no more questions; the line becomes all that was said."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        await dialogues.finish(session, interview_id, desk.now)
    await renew(desk, interview_id)
    await desk.changed()


async def thanked(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Already thanked", at the end of the questions."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        await debriefs.thanked(session, interview_id, desk.now)
    await renew(desk, interview_id)
    await desk.changed()


async def what_became_of_it(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The form's last page: what became of beliefs, and which questions were answered."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.reading() as session:
        talk = await interviews.get(session, interview_id)
        page = await outcome_page(session, talk, Carried(interview_id=interview_id))
    if page is None:
        await renew(desk, interview_id)
    else:
        await desk.client.views_open(trigger_id=body["trigger_id"], view=page)


async def _begin(desk: Desk, interview_id: int, pressed: nudges.SentMessage | None = None) -> None:
    async with desk.reading() as session:
        talk = await interviews.get(session, interview_id)
    if talk.starts_at > desk.now:
        # It was moved since: nobody can tell about it yet.
        await desk.tell(still_ahead(with_whom(talk), talk.starts_at))
        return
    async with desk.member() as session:
        before = await dialogues.stands(session, interview_id)
        other = await dialogues.begin(session, interview_id, desk.now)
    await desk.changed(pressed)
    if other is not None:
        await renew(desk, other)
    await show_below(desk, before, interview_id, begins=before is None)


async def _show(desk: Desk, before: Stands | None, interview_id: int, *, goes_on: bool) -> None:
    """Show what a press led to: another question below, or the same message as it stands now."""
    if goes_on:
        await show_below(desk, before, interview_id)
    else:
        await renew(desk, interview_id)
    await desk.changed()


def _about(value: str) -> tuple[int, DebriefQuestion, str]:
    """Read a button's claim: the talk, the question and, where one was offered, the choice."""
    number, _, rest = value.partition(":")
    question, _, chosen = rest.partition(":")
    return as_id(number) or 0, DebriefQuestion(question), chosen
