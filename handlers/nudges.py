"""What the buttons on nudges do: each press is checked against today's state."""

from datetime import datetime, timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Answer, NudgeKind, NudgeStatus, TouchKind
from handlers.debrief import open_debrief
from handlers.desk import Desk
from handlers.interviews import open_known
from handlers.views import nudge_messages as messages
from handlers.views.metadata import Carried
from handlers.views.reading import as_id
from storage import interviews, members, nudges, touches
from storage.models import Nudge

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """The buttons of every kind of nudge."""
    app.action(messages.TELL)(tell)
    app.action(messages.MOVED)(moved)
    app.action(messages.OTHER_ENDING)(other_ending)
    app.action(messages.DONE)(done)
    app.action(messages.LATER)(later)
    app.action(messages.SKIP)(skip)
    app.action(messages.LATER_MENU)(later_menu)


async def tell(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Tell me about it": opens the debrief, if the question still stands."""
    await ack()
    nudge = await _still_open(desk, _pressed(body))
    if nudge is not None:
        carried = Carried(interview_id=nudge.interview_id)
        await open_debrief(desk, body["trigger_id"], carried)


async def moved(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It moved": opens the talk's form for its new time, if the question still stands."""
    await ack()
    nudge = await _still_open(desk, _pressed(body))
    if nudge is not None:
        await open_known(desk, body, Carried(interview_id=nudge.interview_id, quiet=True))


async def other_ending(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu: the talk was called off, they didn't show, or ask again in an hour."""
    await ack()
    what, nudge_id = _chosen(body)
    if what == messages.ASK_LATER:
        await _answer(desk, nudge_id, Answer.LATER, until=desk.now + timedelta(hours=1))
        return
    nudge = await _still_open(desk, nudge_id)
    if nudge is None:
        return
    end = interviews.no_show if what == messages.NO_SHOW else interviews.call_off
    async with desk.member() as session:
        await end(session, nudge.interview_id or 0, desk.now)
    await desk.changed()


async def done(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It's sent": logs the thank-you, which settles the nudge wherever it is shown."""
    await ack()
    await _answer(desk, _pressed(body), Answer.DONE)


async def skip(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Skip": no thank-you, and no more words about it."""
    await ack()
    await _answer(desk, _pressed(body), Answer.SKIP)


async def later(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Later": again with the next digest."""
    await ack()
    await _answer(desk, _pressed(body), Answer.LATER, until=await _until(desk, messages.TOMORROW))


async def later_menu(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu beside it: in an hour, tomorrow, next week."""
    await ack()
    when, nudge_id = _chosen(body)
    await _answer(desk, nudge_id, Answer.LATER, until=await _until(desk, when))


async def _answer(
    desk: Desk, nudge_id: int, answer: Answer, *, until: datetime | None = None
) -> None:
    """Keep an answer once, with what it means for the contact, and bring every screen up to date.

    A second press, from another device or on an old message, changes nothing but what is shown.
    """
    async with desk.member() as session:
        nudge = await nudges.get(session, nudge_id)
        is_first = _is_open(nudge) and await nudges.answer(
            session, nudge_id, answer, desk.now, until=until
        )
        if is_first and answer == Answer.DONE and nudge.kind == NudgeKind.THANK_YOU:
            await _log_thank_you(session, nudge, desk.now)
    await desk.changed(nudges.sent_message(nudge))


async def _log_thank_you(session: AsyncSession, nudge: Nudge, now: datetime) -> None:
    await touches.log(
        session,
        nudge.contact_id,
        TouchKind.THANK_YOU,
        now,
        interview_id=nudge.interview_id,
        now=now,
    )


async def _still_open(desk: Desk, nudge_id: int) -> Nudge | None:
    """Give the nudge if it can still be answered; else bring its message up to date."""
    async with desk.reading() as session:
        nudge = await nudges.get(session, nudge_id)
    if _is_open(nudge):
        return nudge
    await desk.changed(nudges.sent_message(nudge))
    return None


def _is_open(nudge: Nudge) -> bool:
    return nudge.answer is None and nudge.status != NudgeStatus.CANCELLED


async def _until(desk: Desk, when: str) -> datetime:
    """The moment that a member's "later" means, by their own hours."""
    if when == messages.IN_AN_HOUR:
        return desk.now + timedelta(hours=1)
    async with desk.reading() as session:
        rhythm = (await members.current(session)).rhythm()
    days = 6 if when == messages.NEXT_WEEK else 0
    return rhythm.next_digest(desk.now + timedelta(days=days))


def _pressed(body: Body) -> int:
    return as_id(body["actions"][0].get("value")) or 0


def _chosen(body: Body) -> tuple[str, int]:
    what, _, number = body["actions"][0]["selected_option"]["value"].partition(":")
    return what, as_id(number) or 0
