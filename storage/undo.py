"""A press on a nudge is taken back: its answer, and what was logged with it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Answer, InterviewStatus, NudgeKind
from storage import interviews, nudges, promises, touches
from storage.models import Nudge, Touch

# What was pressed longer ago is corrected in the contact's story.
UNDO_WITHIN = timedelta(days=7)
_HOW_IT_WENT = (NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT)
_DID_NOT_TAKE_PLACE = (InterviewStatus.CALLED_OFF, InterviewStatus.NO_SHOW)
# To go on or not is said in the settings, too; and a thread rests, whatever is pressed.
_NOT_TAKEN_BACK = (NudgeKind.GO_ON, NudgeKind.RESTS)
# These were only read.
_NOTHING_DONE = (NudgeKind.WEEKLY_REVIEW, NudgeKind.BRIEF, NudgeKind.TALK_SOON)


class Undone(StrEnum):
    """What became of a press on Undo."""

    BACK = "back"
    NOTHING = "nothing"
    TOO_LATE = "too_late"


def can_undo(nudge: Nudge, now: datetime) -> bool:
    """Say whether what was pressed on a nudge may be taken back; its talk must be loaded."""
    at = _pressed_at(nudge)
    return at is not None and now - at <= UNDO_WITHIN


async def undo(session: AsyncSession, nudge_id: int, now: datetime) -> Undone:
    """Take back what was pressed on a nudge; the facts decide what it asks now. Raises Gone.

    Pressed twice, or when something else has settled it, it changes nothing.
    """
    nudge = await nudges.get(session, nudge_id)
    if _pressed_at(nudge) is None:
        return Undone.NOTHING
    if not can_undo(nudge, now):
        return Undone.TOO_LATE
    if nudge.answer is None:
        await interviews.still_on(session, nudge.interview_id or 0, now)
        return Undone.BACK
    was_done, promise = nudge.answer == Answer.DONE, nudge.promise
    await nudges.unanswer(session, nudge.id)
    if was_done:
        for touch_id in await session.scalars(select(Touch.id).where(Touch.nudge_id == nudge.id)):
            await touches.remove(session, touch_id, now)
    if was_done and promise is not None and nudge.kind != NudgeKind.PROGRESS_UPDATE:
        await promises.unkeep(session, promise.id, now)
    await nudges.reconcile(session, now, *([nudge.contact_id] if nudge.contact_id else []))
    return Undone.BACK


def _pressed_at(nudge: Nudge) -> datetime | None:
    """When the press was that can be taken back; None where there was none."""
    if nudge.kind in _NOT_TAKEN_BACK:
        return None
    if nudge.answer == Answer.SKIP:
        return nudge.answered_at
    if nudge.answer == Answer.DONE and nudge.kind not in _NOTHING_DONE:
        return nudge.answered_at
    talk = nudge.interview
    if nudge.answer is None and talk is not None and nudge.kind in _HOW_IT_WENT:
        return talk.settled_at if talk.status in _DID_NOT_TAKE_PLACE else None
    return None
