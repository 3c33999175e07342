"""When a thank-you nudge comes: inside 24 hours of the talk wherever the bot may speak then."""

from datetime import UTC, datetime

import pytest

from domain.cadence import ContactFacts, Facts, Talk, plan
from domain.hours import Rhythm
from domain.vocabulary import InterviewStatus, NudgeKind


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026, of which the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "told", "comes", "alone"),
    [
        (november(24, 15, 30), november(24, 15, 40), november(25, 9), False),
        (november(26, 20), november(27, 9, 30), november(27, 13, 30), True),
        (november(24, 8), november(24, 21), november(25, 8), True),
        (november(27, 15), november(27, 15, 30), november(27, 19), True),
        (november(27, 18), november(27, 18, 40), november(27, 19, 45), True),
        (november(27, 10), november(27, 15, 52), november(27, 19), True),
        # Free days and nights go before the 24 hours.
        (november(27, 15), november(27, 19, 50), november(30, 9), False),
        (november(28, 10), november(28, 11), november(30, 9), False),
    ],
    ids=[
        "with the digest of the next morning",
        "four hours after the member told of it",
        "at the end of the quiet hours",
        "four hours after the talk, before a weekend",
        "before the quiet hours, before a weekend",
        "well before them, where four hours later would be on the stroke of them",
        "told too late on a Friday",
        "a talk on a Saturday",
    ],
)
def test_a_thank_you_comes_at_the_last_good_moment(
    ended: datetime, told: datetime, comes: datetime, alone: bool
) -> None:
    talk = Talk(1, ended, ended, InterviewStatus.TOOK_PLACE, ended, ended.date(), settled_at=told)
    contact = ContactFacts(contact_id=1, talks=(talk,))
    facts = Facts(rhythm=Rhythm(), as_of=told, contacts=(contact,))
    (nudge,) = (n for n in plan(facts) if n.kind == NudgeKind.THANK_YOU)
    assert (nudge.due_at, nudge.alone) == (comes, alone)
