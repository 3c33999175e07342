"""A press on a nudge: looked at and kept in one transaction, so that of two at once one holds."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import comes_back
from domain.vocabulary import Answer, NudgeKind, NudgeStatus, TouchKind
from handlers.desk import Desk
from handlers.nudges_shown import is_open
from handlers.views.reading import as_id
from storage import members, nudges, promises, touches
from storage.models import Nudge

Body = dict[str, Any]
Act = Callable[[AsyncSession, Nudge], Awaitable[None]]

# What "done" on a nudge says was done.
_LOGGED = {
    NudgeKind.THANK_YOU: TouchKind.THANK_YOU,
    NudgeKind.THANK_YOU_AGAIN: TouchKind.THANK_YOU,
    NudgeKind.FOLLOW_UP: TouchKind.FOLLOW_UP,
    NudgeKind.NOT_NOW_IS_OVER: TouchKind.ASKED,
    NudgeKind.TELL_INTRODUCER: TouchKind.UPDATE,
    NudgeKind.PROGRESS_UPDATE: TouchKind.UPDATE,
    NudgeKind.KEEP_IN_TOUCH: TouchKind.UPDATE,
    NudgeKind.RESTS: TouchKind.RESTED,
}
_BEFORE_A_TALK = (NudgeKind.BRIEF, NudgeKind.UNPREPARED, NudgeKind.TALK_SOON)


async def while_open(desk: Desk, nudge_id: int, act: Act) -> nudges.SentMessage | None:
    """Do what a press means if its nudge can still be answered; give the message it is in.

    A second press, from another device or on an old message, changes nothing but what is shown.
    """
    async with desk.member() as session:
        nudge = await nudges.get(session, nudge_id)
        if is_open(nudge, desk.now):
            await act(session, nudge)
    return nudges.sent_message(nudge)


async def keep(
    desk: Desk,
    nudge_id: int,
    answer: Answer,
    *,
    until: datetime | None = None,
    alone: bool = False,
) -> nudges.SentMessage | None:
    """Keep an answer once, with what it means for the contact; give the message it is in."""

    async def act(session: AsyncSession, nudge: Nudge) -> None:
        back, on_its_own = until, alone
        if until is not None and is_ahead(nudge, desk.now) and until < nudge.due_at:
            # There is no earlier for what is planned for a day that it has a reason for.
            back, on_its_own = nudge.due_at, nudge.alone
        if back is not None and await _too_late(session, nudge, back, alone=on_its_own):
            # Nor is there a later for what is said before a talk.
            await nudges.answer(session, nudge_id, Answer.SKIP, desk.now)
            return
        # What is logged changes the plan, too: it is made once, then.
        is_logged = nudge.kind in _LOGGED and nudge.contact_id is not None
        plan = answer != Answer.DONE or not is_logged
        await nudges.answer(session, nudge_id, answer, desk.now, back, alone=on_its_own, plan=plan)
        if answer == Answer.DONE:
            await _what_done_means(session, nudge, desk.now)

    return await while_open(desk, nudge_id, act)


async def answer(
    desk: Desk,
    nudge_id: int,
    answer: Answer,
    *,
    until: datetime | None = None,
    alone: bool = False,
) -> None:
    """Keep an answer, then bring every screen up to date, the one that was pressed first of all."""
    await desk.changed(await keep(desk, nudge_id, answer, until=until, alone=alone))


def pressed(body: Body) -> int:
    """Give the nudge, or whatever else the pressed button's value names; 0 for none."""
    return as_id(body["actions"][0].get("value")) or 0


def chosen(body: Body) -> tuple[str, int]:
    """Give what was chosen in a nudge's menu, and the nudge."""
    what, _, number = body["actions"][0]["selected_option"]["value"].partition(":")
    return what, as_id(number) or 0


async def _what_done_means(session: AsyncSession, nudge: Nudge, now: datetime) -> None:
    """Log what the member says that they did: the contact's stage and nudges follow from it."""
    contact_id, kind = nudge.contact_id, nudge.kind
    if contact_id is None:
        return
    if nudge.promise_id is not None and kind != NudgeKind.PROGRESS_UPDATE:
        await promises.keep(session, nudge.promise_id, now)
    touch = _LOGGED.get(kind)
    if touch is not None:
        thanked = touch == TouchKind.THANK_YOU
        interview_id = nudge.interview_id if thanked else None
        await touches.log(
            session,
            contact_id,
            touch,
            now,
            interview_id=interview_id,
            nudge_id=nudge.id,
            now=now,
        )


def is_ahead(nudge: Nudge, now: datetime) -> bool:
    """Say whether it is still to come, and was not only held back until the next digest."""
    waits = nudge.status == NudgeStatus.PENDING and not nudge.attempts
    return waits and nudge.due_at > now


async def _too_late(session: AsyncSession, nudge: Nudge, moment: datetime, *, alone: bool) -> bool:
    talk = nudge.interview
    if nudge.kind not in _BEFORE_A_TALK or talk is None:
        return False
    rhythm = (await members.current(session)).rhythm()
    return talk.starts_at <= comes_back(moment, rhythm, alone=alone)[0]
