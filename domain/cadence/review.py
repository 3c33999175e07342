"""The weekly review: the one nudge that recurs, and the only one for which the day counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.cadence.facts import Facts, PlannedNudge
from domain.cadence.rounds import LATER_STANDS_FOR
from domain.vocabulary import NudgeKind

# A week that ended longer ago is not looked back on any more.
REVIEW_WITHIN = timedelta(days=3)


def weekly_reviews(facts: Facts) -> Iterable[PlannedNudge]:
    """Give the next review, and the last one for as long as it makes sense.

    The last one may be on its way, or in the DM, or put off until later.
    """
    if not facts.has_contacts:
        return
    slots = [facts.rhythm.review(facts.as_of - REVIEW_WITHIN), facts.rhythm.review(facts.as_of)]
    reviews = {_key(facts, slot): slot for slot in reversed(slots)}
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


def _key(facts: Facts, slot: datetime) -> str:
    """One review in each ISO week: a holiday may push two review days into the same one."""
    return f"{NudgeKind.WEEKLY_REVIEW}:{facts.rhythm.local(slot):%G-W%V}"
