"""Which nudges should exist, said from a member's facts alone.

`plan` is pure: the same facts give the same nudges. Storage makes the stored set equal to it in the
transaction in which a fact changed. Each file has the rules of one errand; the numbers are the
product's defaults (practice.md), those that a member may change are in `domain.numbers`.
"""

from collections.abc import Iterable

from domain.cadence.afterwards import (
    BEFORE_QUIET,
    THANK_YOU_ON_ITS_OWN,
    after_talks,
    my_open_promises,
    thank_yous,
)
from domain.cadence.asking import A_YEAR, about_asking
from domain.cadence.facts import (
    Answered,
    Asked,
    ContactFacts,
    Facts,
    PlannedNudge,
    PromiseMade,
    Reminded,
    Talk,
    ToTell,
    is_unspoken,
)
from domain.cadence.review import REVIEW_WITHIN, weekly_reviews
from domain.cadence.rounds import LATER_STANDS_FOR, comes_back, in_its_round
from domain.cadence.slots import (
    FAIR_CHANCE,
    MISSED_AFTER,
    OLD_NEWS_AFTER,
    STANDS_FOR,
    TIME_TO_ANSWER,
    stamp,
)
from domain.cadence.talks import (
    BRIEF_AT_MOST_BEFORE,
    about_scheduled_talks,
)

__all__ = [
    "A_YEAR",
    "BEFORE_QUIET",
    "BRIEF_AT_MOST_BEFORE",
    "FAIR_CHANCE",
    "LATER_STANDS_FOR",
    "MISSED_AFTER",
    "OLD_NEWS_AFTER",
    "REVIEW_WITHIN",
    "STANDS_FOR",
    "THANK_YOU_ON_ITS_OWN",
    "TIME_TO_ANSWER",
    "Answered",
    "Asked",
    "ContactFacts",
    "Facts",
    "PlannedNudge",
    "PromiseMade",
    "Reminded",
    "Talk",
    "ToTell",
    "comes_back",
    "is_unspoken",
    "plan",
    "stamp",
    "still_true",
]


def plan(facts: Facts) -> frozenset[PlannedNudge]:
    """Say which nudges should exist for these facts."""
    rounds = (in_its_round(nudge, facts) for nudge in _wanted(facts))
    return frozenset(nudge for nudge in rounds if nudge is not None)


def still_true(key: str, round_: int, facts: Facts) -> bool:
    """Say whether a nudge that is about to go out, or was pressed, still stands."""
    return any(nudge.key == key and nudge.round_ == round_ for nudge in plan(facts))


def _wanted(facts: Facts) -> Iterable[PlannedNudge]:
    """Give what the rules want before the member's answers are heard.

    Of somebody who declined nothing is left but to thank them and to keep one's word.
    """
    for contact in facts.contacts:
        if contact.stopped:
            continue
        yield from thank_yous(contact, facts)
        yield from my_open_promises(contact, facts)
        if contact.declined:
            continue
        yield from about_asking(contact, facts)
        yield from about_scheduled_talks(contact, facts)
        yield from after_talks(contact, facts)
    yield from weekly_reviews(facts)
