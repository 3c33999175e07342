"""Deleting a talk and bringing it back: it is marked with all that hangs on it, and stays."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus
from storage.base import Removable
from storage.errors import Gone
from storage.guests import WITH_PEOPLE
from storage.models import (
    Debrief,
    Dialogue,
    DialogueLine,
    Interview,
    InterviewGuest,
    PickedQuestion,
    Promise,
    Skill,
    Touch,
)
from storage.rows import own_row
from storage.scope import WITH_REMOVED
from storage.standing import renew_all

_OF_A_TALK = (InterviewGuest, Debrief, PickedQuestion, Dialogue, Promise, Touch)


async def get_talk(session: AsyncSession, interview_id: int) -> Interview:
    """Give a talk, deleted or not, with its contact and who else is there; raises Gone."""
    return await own_row(session, Interview, interview_id, *WITH_PEOPLE, removed=True)


async def talk_for_calendar(session: AsyncSession, interview_id: int) -> Interview:
    """Give a talk of which a calendar file may be written; raises Gone.

    A deleted one only if the member has a file of it, which is to leave the calendar.
    """
    talk = await get_talk(session, interview_id)
    if talk.removed_at is not None and talk.calendar_sequence is None:
        raise Gone("the talk is deleted, and in no calendar")
    return talk


async def remove_talk(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Delete a talk with all that hangs on it; stages and nudges follow. Raises Gone."""
    talk = await get_talk(session, interview_id)
    if talk.removed_at is not None:
        return talk
    await _mark(session, talk, None, now)
    await renew_all(session, talk.people, now)
    return talk


async def bring_talk_back(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Bring a talk back with what was deleted with it; raises Gone.

    What was deleted before it stays so, and of one that was not deleted nothing changes.
    """
    talk = await get_talk(session, interview_id)
    if talk.removed_at is None:
        return talk
    await _mark(session, talk, talk.removed_at, None)
    await renew_all(session, talk.people, now)
    return talk


async def _mark(
    session: AsyncSession, talk: Interview, before: datetime | None, after: datetime | None
) -> None:
    questions = [select(table).where(table.interview_id == talk.id) for table in _OF_A_TALK]
    skills = select(Skill).join(Debrief, Debrief.id == Skill.debrief_id)
    lines = select(DialogueLine).join(Dialogue, Dialogue.id == DialogueLine.dialogue_id)
    questions += [skills.where(Debrief.interview_id == talk.id)]
    questions += [lines.where(Dialogue.interview_id == talk.id)]
    for question in questions:
        for row in await session.scalars(question.execution_options(**WITH_REMOVED)):
            assert isinstance(row, Removable)
            if row.removed_at == before:
                row.removed_at = after
            if isinstance(row, Dialogue):
                # Another talk's questions may be open by the time it comes back.
                row.is_open = False
    talk.removed_at = after
    if talk.calendar_sequence is not None and talk.status == InterviewStatus.SCHEDULED:
        # It leaves the member's calendar, or comes back into it.
        talk.sequence += 1
    await session.flush()
