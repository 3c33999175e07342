"""Finding people and words despite typing errors."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar
from unicodedata import normalize

from rapidfuzz import fuzz, process

Key = TypeVar("Key", bound=Hashable)

# Below these the matches puzzle more than they help: "Ada" would find everybody with an "a".
_GOOD_ENOUGH = 70.0
_NEAREST_WORD = 60.0
_SAME_NAME = 88.0
# Nobody is looked for with more than this; comparing pages of text would keep everybody waiting.
_LONGEST = 100


def key_of(text: str) -> str:
    """Fold a name for comparing: capital letters, accent spellings and extra spaces don't count."""
    return " ".join(normalize("NFC", text.casefold()).split())


def best_matches(text: str, choices: Mapping[Key, str], limit: int = 10) -> list[Key]:
    """Give the keys of the choices that are most like the typed text, best first.

    A few wrong, missing or swapped letters are forgiven; text without a letter matches nothing.
    """
    wanted = key_of(text)[:_LONGEST]
    if not wanted or limit < 1:
        return []
    folded = {key: key_of(choice) for key, choice in choices.items()}
    found = process.extract(
        wanted, folded, scorer=_likeness, limit=limit, score_cutoff=_GOOD_ENOUGH
    )
    return [key for _, _, key in found]


def are_alike(name: str, other: str) -> bool:
    """Say whether two names may be one person's: a letter or two apart."""
    return fuzz.ratio(key_of(name)[:_LONGEST], key_of(other)[:_LONGEST]) >= _SAME_NAME


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Give the word that is most like the typed one, or None when nothing comes near."""
    by_key = {key_of(choice): choice for choice in words}
    found = process.extractOne(
        key_of(word), list(by_key), scorer=fuzz.ratio, score_cutoff=_NEAREST_WORD
    )
    return None if found is None else by_key[found[0]]


def _likeness(wanted: str, choice: str, *, score_cutoff: float | None = None) -> float:
    """Compare the whole texts, and each typed word with its nearest word in the choice."""
    whole = fuzz.ratio(wanted, choice)
    parts = choice.split()
    if not parts:
        return whole
    typed = wanted.split()
    by_word = sum(max(fuzz.ratio(word, part) for part in parts) for word in typed) / len(typed)
    return max(whole, by_word)
