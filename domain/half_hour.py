"""What the half hour looks like: a short plan for a talk of any length.

Source: practice.md, "Prepare".
"""

from collections.abc import Collection
from dataclasses import dataclass

from domain.vocabulary import Phase

# Thanks and why you asked them; who else to talk to, and thanks again.
_OPENING, _CLOSING = 2, 3
_MIDDLE = (Phase.THEIR_PATH, Phase.THE_WORK, None, Phase.THE_FIELD, Phase.GETTING_IN)


@dataclass(frozen=True)
class Step:
    """So many minutes for one part of a talk; a phase of None is for the member's own questions."""

    phase: Phase | None
    minutes: int


def plan_of(minutes: int, phases: Collection[Phase | None]) -> list[Step]:
    """Share out a talk of so many minutes; `phases` has that of each picked question.

    Thanks and the last question have their time whatever was picked; the rest is shared by how
    many questions there are of each part, and none is left out.
    """
    wanted = list(phases)
    counts = {phase: wanted.count(phase) for phase in _MIDDLE if phase in wanted}
    left = minutes - _OPENING - _CLOSING
    middle = _shared(left, counts or {Phase.THE_WORK: 1})
    steps = [Step(phase, given) for phase, given in middle.items()]
    return [Step(Phase.OPENING, _OPENING), *steps, Step(Phase.CLOSING, _CLOSING)]


def _shared(minutes: int, counts: dict[Phase | None, int]) -> dict[Phase | None, int]:
    """Share whole minutes by the counts: what rounding leaves over goes where most was cut off."""
    total = sum(counts.values())
    shares = {phase: minutes * count // total for phase, count in counts.items()}
    rests = sorted(counts, key=lambda phase: -(minutes * counts[phase] % total))
    for phase in rests[: minutes - sum(shares.values())]:
        shares[phase] += 1
    return shares
