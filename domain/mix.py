"""Whether there is a good mix among the people of a path: who would be the boss, then peers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.numbers import LEAST_PLACED
from domain.vocabulary import Vantage

# Without these a path is seen from outside only; the first of them is missed most.
_WANTED = (Vantage.BOSS, Vantage.PEER)


@dataclass(frozen=True)
class Mix:
    """The people of one path, counted by what they are to the member.

    `path` is a name, empty for those on no path; of those who are `unplaced` it is not known.
    """

    path: str
    placed: Mapping[Vantage, int]
    unplaced: int = 0


@dataclass(frozen=True)
class Lopsided:
    """A mix that lacks a kind: so `many` of those who are `placed` are of one and the same kind."""

    path: str
    lacks: Vantage
    mostly: Vantage
    many: int
    placed: int
    unplaced: int = 0


def to_point_out(mixes: Iterable[Mix]) -> Lopsided | None:
    """Give the mix that is most worth a word; None where all are fine, or too few to tell.

    Those on no path are only looked at while there is no path at all.
    """
    each = list(mixes)
    on_paths = [mix for mix in each if mix.path]
    found = [lopsided for mix in on_paths or each if (lopsided := _lopsided(mix)) is not None]
    return min(found, key=lambda it: (_WANTED.index(it.lacks), -it.placed, it.path), default=None)


def _lopsided(mix: Mix) -> Lopsided | None:
    placed = sum(mix.placed.values())
    lacks = next((kind for kind in _WANTED if not mix.placed.get(kind)), None)
    if placed < LEAST_PLACED or lacks is None:
        return None
    mostly = max(Vantage, key=lambda kind: mix.placed.get(kind, 0))
    return Lopsided(mix.path, lacks, mostly, mix.placed[mostly], placed, mix.unplaced)
