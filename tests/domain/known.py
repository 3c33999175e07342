"""What is known of one invented contact, and what follows from it; 23 November 2026 is a Monday."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from domain.cadence import Answered, Asked, ContactFacts, Facts, PlannedNudge, Talk, plan
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Answer, InterviewStatus, NudgeKind

ADA = 7
DONE, SKIP = Answered(Answer.DONE), Answered(Answer.SKIP)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def later(until: datetime, *, alone: bool = False) -> Answered:
    return Answered(Answer.LATER, until, alone)


def facts(
    *contacts: ContactFacts,
    rhythm: Rhythm | None = None,
    numbers: Numbers | None = None,
    answers: Mapping[str, tuple[Answered, ...]] | None = None,
) -> Facts:
    return Facts(
        rhythm=rhythm or Rhythm(),
        as_of=at(23, 12),
        numbers=numbers or Numbers(),
        contacts=contacts,
        answers=answers or {},
    )


def asked(at: datetime, *, follow_ups: int = 0, others_asked: bool = False) -> ContactFacts:
    """Ada, of some company, who has not answered yet."""
    request = Asked(
        touch_id=3,
        at=at,
        follow_ups=follow_ups,
        others_asked=others_asked,
        is_request=follow_ups == 0,
    )
    return ContactFacts(ADA, has_company=True, asked=request)


def talk_at(
    starts_at: datetime,
    status: InterviewStatus = InterviewStatus.SCHEDULED,
    *,
    logged_at: datetime | None = None,
    settled_at: datetime | None = None,
) -> Talk:
    """A talk of half an hour, told of ten days before unless said otherwise."""
    return Talk(
        interview_id=1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        status=status,
        logged_at=logged_at or starts_at - timedelta(days=10),
        on_day=starts_at.date(),
        settled_at=settled_at,
    )


def with_talk(talk: Talk) -> ContactFacts:
    return ContactFacts(ADA, talks=(talk,))


def kinds(known: Facts) -> set[NudgeKind]:
    return {nudge.kind for nudge in plan(known)}


def keys(known: Facts) -> set[str]:
    return {nudge.key for nudge in plan(known)}


def nudge(kind: NudgeKind, known: Facts) -> PlannedNudge:
    """Give the one planned nudge of a kind."""
    (found,) = (each for each in plan(known) if each.kind == kind)
    return found


def due(kind: NudgeKind, known: Facts) -> datetime | None:
    """Say when the one nudge of a kind is due; None when there is none."""
    return nudge(kind, known).due_at if kind in kinds(known) else None
