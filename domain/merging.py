"""Two contacts that are one person: what of the other one fills a gap, and what goes to the note.

Nothing that a member wrote is lost: what the kept one says otherwise is told in the note.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.finding import key_of
from domain.vocabulary import HowFound, Vantage

# What a member may have written of a contact besides the name, in the order of the form.
FIELDS = (
    "company",
    "title",
    "path",
    "vantage",
    "how_found",
    "introduced_by",
    "profile_url",
    "email",
)


_SAID = {"path": "path {}", "introduced_by": "introduced by {}"}
# What the boxes of their forms hold: more would be cut off when one is saved again.
LONGEST_NOTE, LONGEST_FOUND = 3000, 500


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contact as written down; `path` and `introduced_by` are names, empty for none."""

    name: str
    company: str = ""
    title: str = ""
    path: str = ""
    vantage: Vantage | None = None
    how_found: HowFound | None = None
    introduced_by: str = ""
    profile_url: str = ""
    email: str = ""
    note: str = ""


def filled(kept: Person, other: Person) -> tuple[str, ...]:
    """Name the fields that are open in the one that is kept, and known from the other."""
    return tuple(f for f in FIELDS if not getattr(kept, f) and getattr(other, f))


def for_the_note(kept: Person, other: Person) -> str:
    """Give what the other one's entry says otherwise, and its own note; empty for nothing."""
    differing = list(_differing(kept, other))
    lines = [f"Also: {' · '.join(differing)}" if differing else ""]
    if other.note.strip() not in kept.note:
        lines.append(other.note.strip())
    return "\n".join(line for line in lines if line)


def joined(before: str, added: str) -> str:
    """Add to what is written already."""
    return "\n".join(filter(None, (before, added)))


def parted(written: str, added: str) -> str:
    """Take out again what `joined` added, if it still stands there as it was added."""
    head, found, tail = f"\n{written}\n".rpartition(f"\n{added}\n")
    if not added or not found:
        return written
    return joined(head[1:], tail[:-1])


def _differing(kept: Person, other: Person) -> Iterator[str]:
    for field in ("name", *FIELDS):
        known, told = getattr(kept, field), getattr(other, field)
        # Of a link each letter counts.
        fold = str if field == "profile_url" else key_of
        if known and told and fold(told) != fold(known):
            words = told.replace("_", " ") if isinstance(told, StrEnum) else told
            yield _SAID.get(field, "{}").format(words)
