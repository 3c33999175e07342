"""A member's own words on their contacts: "conference", "berlin"."""

import re
from collections import Counter
from collections.abc import Iterable

from domain.finding import key_of

MOST_TAGS = 10
LONGEST_TAG = 30
# One each in what is typed: "conference, berlin", "#conference #berlin".
_BETWEEN = re.compile(r"[,;#\n]+")
# In a line about a person; "Team #4" is no tag.
_HASHED = re.compile(r"(?:^|(?<=\s))#([^\W\d_][\w-]*)")


def read_tags(text: str) -> tuple[str, ...]:
    """Read tags as typed, each once, whatever its capital letters."""
    found: dict[str, str] = {}
    for tag in (" ".join(part.split()) for part in _BETWEEN.split(text)):
        if tag:
            found.setdefault(key_of(tag), tag)
    return tuple(found.values())


def written(tags: Iterable[str]) -> str:
    """Write tags as a member would type them again."""
    return ", ".join(tags)


def keys_of(tags: Iterable[str]) -> str:
    """Fold tags for comparing: each one between commas, so that ",berlin," finds just that one."""
    folded = [key_of(tag) for tag in tags]
    return f",{','.join(folded)}," if folded else ""


def taken_out(text: str) -> tuple[str, tuple[str, ...]]:
    """Part "#conference" and the like from the rest of a line about a person."""
    return _HASHED.sub("", text), read_tags(",".join(_HASHED.findall(text)))


def most_used(written_ones: Iterable[str], limit: int) -> list[str]:
    """Give the tags that stand on most contacts, as they were written last; latest come first."""
    shown: dict[str, str] = {}
    count: Counter[str] = Counter()
    for one in written_ones:
        for tag in read_tags(one):
            shown.setdefault(key_of(tag), tag)
            count[key_of(tag)] += 1
    return [shown[key] for key, _ in count.most_common(limit)]
