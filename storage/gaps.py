"""The skills that the member lacks, as talks named them."""

from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import gaps
from domain.gaps import Gap
from domain.vocabulary import InterviewStatus
from storage.models import Debrief, Interview, Skill


async def most_named(session: AsyncSession, limit: int = 3) -> tuple[list[Gap], int]:
    """Give the skills named in most talks, and how many talks were written up at all."""
    rows = (await session.execute(_named())).all()
    found = gaps.merged((name, talks) for name, talks, _ in rows)
    return found[:limit], rows[0][2] if rows else 0


@cache
def _named() -> Select[str, int, int]:
    held = Interview.status == InterviewStatus.TOOK_PLACE
    # Counted beside it: of how many.
    of_all = select(func.count(Debrief.id)).join(Interview, Interview.id == Debrief.interview_id)
    return (
        select(Skill.name, func.count(Skill.id), of_all.where(held).scalar_subquery())
        .join(Debrief, Debrief.id == Skill.debrief_id)
        .join(Interview, Interview.id == Debrief.interview_id)
        .where(held)
        .group_by(Skill.name)
    )
