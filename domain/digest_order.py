"""How a digest is put in order: errand by errand, the most pressing first."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from domain.vocabulary import NudgeKind

Item = TypeVar("Item")


class Errand(StrEnum):
    """What several kinds of nudges have in common."""

    TALK = "around_a_talk"
    THANKS = "thanks_and_promises"
    WAITING = "waiting"
    IN_TOUCH = "in_touch"


_ERRANDS = {
    Errand.TALK: (
        NudgeKind.TALK_SOON,
        NudgeKind.DID_IT_TAKE_PLACE,
        NudgeKind.BRIEF,
        NudgeKind.UNPREPARED,
        NudgeKind.ASK_AGAIN_HOW_IT_WENT,
        NudgeKind.DEBRIEF_MISSING,
    ),
    Errand.THANKS: (
        NudgeKind.THANK_YOU,
        NudgeKind.THANK_YOU_AGAIN,
        NudgeKind.MY_PROMISE,
        NudgeKind.TELL_INTRODUCER,
        NudgeKind.THEIR_PROMISE,
        NudgeKind.PROGRESS_UPDATE,
    ),
    Errand.WAITING: (
        NudgeKind.FOLLOW_UP,
        NudgeKind.OTHER_PERSON,
        NudgeKind.RESTS,
        NudgeKind.NOT_NOW_IS_OVER,
    ),
    Errand.IN_TOUCH: (NudgeKind.KEEP_IN_TOUCH, NudgeKind.WEEKLY_REVIEW, NudgeKind.GO_ON),
}
_ERRAND_OF = {kind: errand for errand, kinds in _ERRANDS.items() for kind in kinds}
_PRESSING = {kind: place for place, kind in enumerate(NudgeKind)}


def errand_of(kind: NudgeKind) -> Errand:
    """Say to which errand a kind of nudge belongs."""
    return _ERRAND_OF[kind]


def most_pressing_first(items: Iterable[Item], kind_of: Callable[[Item], NudgeKind]) -> list[Item]:
    """Order by how pressing each kind is; what is equally pressing stays in its order."""
    return sorted(items, key=lambda item: _PRESSING[kind_of(item)])


def by_errand(items: Iterable[Item], kind_of: Callable[[Item], NudgeKind]) -> list[Item]:
    """Group by errand, the errand with the most pressing item first, and order within each."""
    ordered = most_pressing_first(items, kind_of)
    place: dict[Errand, int] = {}
    for item in ordered:
        place.setdefault(errand_of(kind_of(item)), len(place))
    return sorted(ordered, key=lambda item: place[errand_of(kind_of(item))])
