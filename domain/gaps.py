"""Skills that were named in talks and that the member lacks, merged however they are spelt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.finding import key_of


@dataclass(frozen=True)
class Gap:
    """A skill, and in how many talks it was named."""

    skill: str
    talks: int


def merged(named: Iterable[tuple[str, int]]) -> list[Gap]:
    """Merge what differs in capital letters only; given are spellings, each with its talks.

    The one that was named most comes first; it is spelt as it is most often.
    """
    spellings: dict[str, Counter[str]] = {}
    for name, talks in named:
        spellings.setdefault(key_of(name), Counter())[name] += talks
    found = [
        Gap(min(counts, key=lambda name: (-counts[name], name)), counts.total())
        for counts in spellings.values()
    ]
    return sorted(found, key=lambda gap: (-gap.talks, gap.skill.casefold()))
