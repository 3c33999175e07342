"""Talks that are ahead, and those that are over and wait to be written up."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus
from storage.guests import WITH_PEOPLE
from storage.models import Debrief, Interview

LONGEST_TALK = timedelta(minutes=480)
# A talk that nobody wrote up for this long is not asked about any more.
DEBRIEF_WITHIN = timedelta(days=30)


async def coming(session: AsyncSession, now: datetime, limit: int = 5) -> list[Interview]:
    """Give the talks that are planned and not over, the next one first, with their contacts."""
    talks = await session.scalars(_scheduled(), {"since": now - LONGEST_TALK})
    # Where a talk ends is worked out here: the databases count minutes differently.
    return [talk for talk in talks if is_ahead(talk, now)][:limit]


async def debrief_missing(session: AsyncSession, now: datetime, limit: int = 5) -> list[Interview]:
    """Give the talks of the last 30 days that are over and not written up, the latest first.

    Talks that were called off, or to which the other side did not come, are left out.
    """
    talks = await session.scalars(_not_written_up(), {"since": now - DEBRIEF_WITHIN, "now": now})
    return [talk for talk in talks if is_over(talk, now)][:limit]


def is_ahead(talk: Interview, now: datetime) -> bool:
    """Say whether a talk is planned and not over."""
    return talk.status == InterviewStatus.SCHEDULED and talk.ends_at > now


def is_over(talk: Interview, now: datetime) -> bool:
    """Say whether a talk took place, or should have by now."""
    held = talk.status == InterviewStatus.TOOK_PLACE and talk.starts_at <= now
    return held or (talk.status == InterviewStatus.SCHEDULED and talk.ends_at <= now)


@cache
def _scheduled() -> Select[Interview]:
    return (
        select(Interview)
        .where(Interview.status == InterviewStatus.SCHEDULED)
        .where(Interview.starts_at > bindparam("since"))
        .order_by(Interview.starts_at, Interview.id)
        .options(*WITH_PEOPLE)
    )


@cache
def _not_written_up() -> Select[Interview]:
    return (
        select(Interview)
        .where(Interview.starts_at > bindparam("since"), Interview.starts_at <= bindparam("now"))
        .where(
            or_(
                Interview.status == InterviewStatus.TOOK_PLACE,
                Interview.status == InterviewStatus.SCHEDULED,
            )
        )
        .where(~exists(Debrief.id).where(Debrief.interview_id == Interview.id))
        .order_by(Interview.starts_at.desc(), Interview.id.desc())
        .options(*WITH_PEOPLE)
    )
