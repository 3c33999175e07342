"""Nudges as they are read for a screen: with their contacts, talks and promises."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from storage.models import Interview, Nudge

SUBJECTS = (
    joinedload(Nudge.contact),
    joinedload(Nudge.interview).joinedload(Interview.contact),
    joinedload(Nudge.promise),
)
GUESTS = joinedload(Nudge.interview).selectinload(Interview.guests)


def with_subjects(*, guests: bool = True) -> Select[Nudge]:
    subjects = (*SUBJECTS, GUESTS) if guests else SUBJECTS
    return select(Nudge).order_by(Nudge.due_at, Nudge.id).options(*subjects)
