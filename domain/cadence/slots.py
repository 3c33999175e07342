"""The moments at which nudges may come, and for how long they make sense."""

from datetime import date, datetime, timedelta

from domain.cadence.facts import PlannedNudge
from domain.hours import Rhythm
from domain.vocabulary import NudgeKind

# What nobody answers stays true until something is logged: it may come late, after a long pause.
STANDS_FOR = timedelta(days=90)
# A talk that nobody spoke about for this long is old news: asking would only puzzle.
OLD_NEWS_AFTER = timedelta(days=7)
# But nothing becomes old news before it had a fair chance to come: some days without the bot.
FAIR_CHANCE = timedelta(days=3)
# What was to come on its own has missed its moment by then, as when the bot was down.
MISSED_AFTER = timedelta(hours=4)
# Between two nudges about one thing, so that an answer to the first can cancel the second.
TIME_TO_ANSWER = timedelta(hours=12)


def day_begins(rhythm: Rhythm, day: date) -> datetime:
    """Give the moment at which a local day begins."""
    return rhythm.at(day, 0)


def digest_on_or_after(rhythm: Rhythm, day: date) -> datetime:
    """Give the first digest moment that is not earlier than a local day."""
    return rhythm.first_digest(day_begins(rhythm, day))


def fair_end(rhythm: Rhythm, due_at: datetime, natural_end: datetime) -> datetime:
    """Give the end of a nudge's time: the natural one, unless that leaves no chance to send it.

    Whoever comes within reach before it still gets the digest that follows, and so does who could
    not be reached for some days.
    """
    last = rhythm.first_digest(max(natural_end, due_at + FAIR_CHANCE))
    return last + timedelta(days=1)


def stamp(moment: datetime) -> str:
    """Write a moment as it stands in a key: a talk that moves is asked about anew."""
    return f"{moment:%Y%m%dT%H%MZ}"


def standing(
    kind: NudgeKind,
    key: str,
    due_at: datetime,
    contact_id: int,
    *,
    interview_id: int | None = None,
    promise_id: int | None = None,
) -> PlannedNudge:
    """Give a digest item that stands until something is logged, rather than until a moment."""
    return PlannedNudge(
        key=key,
        round_=0,
        kind=kind,
        due_at=due_at,
        makes_sense_until=due_at + STANDS_FOR,
        contact_id=contact_id,
        interview_id=interview_id,
        promise_id=promise_id,
    )
