"""The skills that the member lacks, as talks named them."""

from functools import cache

from sqlalchemy import Select, func, select

from domain.vocabulary import InterviewStatus
from storage.models import Debrief, Interview, Skill


@cache
def named() -> Select[str, int, int]:
    """Each skill with how many talks named it, and how many were written up at all."""
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
