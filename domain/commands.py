"""Understands the first word after a slash command, also when it is misspelt."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

# Below this likeness (0 to 100) a word is taken to be something else, a name most likely.
_ALIKE = 70


@dataclass(frozen=True)
class SubCommand:
    """What was typed after a command: a known word with the rest, or the word it is nearest to."""

    name: str = ""
    rest: str = ""
    nearest: str = ""


def sub_command(
    text: str, known: tuple[str, ...], like: Mapping[str, str] | None = None
) -> SubCommand:
    """Read the first word of a command's text.

    `name` is set when it is one of `known`, `nearest` when it looks like one of them misspelt, or
    is in `like` for one of them. A capital letter speaks for a name: "Lis" may be a person, "lis"
    is rather "list".
    """
    first, rest = [*text.split(maxsplit=1), "", ""][:2]
    if first.lower() in known:
        return SubCommand(name=first.lower(), rest=rest.strip())
    if not first or first[0].isupper():
        return SubCommand()
    meant = (like or {}).get(first) or nearest(first, known, least=_ALIKE)
    return SubCommand(rest=rest.strip(), nearest=meant)


def nearest(word: str, known: tuple[str, ...], *, least: int = 0) -> str:
    """Give the known word that is most alike, or nothing where the likeness is below `least`."""
    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=least)
    return found[0] if found else ""
