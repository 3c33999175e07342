"""The weekly review: the one nudge that recurs, and the only one for which the day counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.cadence.facts import Facts, PlannedNudge
from domain.cadence.rounds import LATER_STANDS_FOR
from domain.cadence.slots import day_begins
from domain.hours import Rhythm
from domain.vocabulary import NudgeKind

# A week that ended longer ago is not looked back on any more.
REVIEW_WITHIN = timedelta(days=3)


def weekly_reviews(facts: Facts) -> Iterable[PlannedNudge]:
    """Give the next review, and the last one for as long as it makes sense.

    The last one may be on its way, or in the DM, or put off until later.
    """
    if not facts.has_contacts:
        return
    slots = {_next_review(facts.rhythm, facts.as_of - REVIEW_WITHIN)}
    # The one of this very moment is the last one: when it is sent, the next is planned.
    slots.add(_next_review(facts.rhythm, facts.as_of + datetime.resolution))
    while facts.answers.get(_key(max(slots), facts.rhythm)):
        # It was answered before it came: nothing that is sent then has the next one planned.
        slots.add(_next_review(facts.rhythm, max(slots) + datetime.resolution))
    reviews = {_key(slot, facts.rhythm): slot for slot in slots}
    for key, answers in facts.answers.items():
        until = answers[-1].until if answers else None
        if until is None or not key.startswith(f"{NudgeKind.WEEKLY_REVIEW}:"):
            continue
        if facts.as_of < until + LATER_STANDS_FOR:
            reviews.setdefault(key, until)
    for key, due_at in reviews.items():
        yield PlannedNudge(
            key=key,
            round_=0,
            kind=NudgeKind.WEEKLY_REVIEW,
            due_at=due_at,
            makes_sense_until=due_at + REVIEW_WITHIN,
        )


def _key(slot: datetime, rhythm: Rhythm) -> str:
    return f"{NudgeKind.WEEKLY_REVIEW}:{rhythm.local(slot):%G-W%V}"


def _next_review(rhythm: Rhythm, since: datetime) -> datetime:
    """Give the first review from a moment on: one in each ISO week.

    A holiday may push last week's review day into the week of the next one; that one is left out.
    """
    slot = rhythm.review(since)
    day = rhythm.local(slot).date()
    monday = day - timedelta(days=day.weekday())
    if rhythm.review(day_begins(rhythm, monday)) < slot:
        return rhythm.review(day_begins(rhythm, monday + timedelta(days=7)))
    return slot
