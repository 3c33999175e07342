"""Finding people and words despite typing errors."""

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar
from unicodedata import normalize

from rapidfuzz import fuzz, process

Key = TypeVar("Key", bound=Hashable)

# Below these the matches puzzle more than they help: "Ada" would find everybody with an "a".
_GOOD_ENOUGH = 70.0
_NEAREST_WORD = 60.0
_SAME_NAME = 88.0
# In a long text many words are a little alike; there only a slip of the keys is forgiven, and
# none in the shortest words.
_SAME_WORD, _SHORTEST = 80.0, 4
# Nobody is looked for with more than this; comparing pages of text would keep everybody waiting.
_LONGEST = 100
_WORD = re.compile(r"\w+")
_HASH = re.compile(r"(?<!\S)#(?=\w)")


def key_of(text: str) -> str:
    """Fold a name for comparing: capital letters, accent spellings and extra spaces don't count."""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    return normalize("NFC", text.casefold())


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


def best_by_words(text: str, choices: Mapping[Key, str], limit: int = 10) -> list[Key]:
    """Give the keys of the texts that hold each of the typed words, or one a slip apart from it.

    The best come first, and of equal ones those that come first in `choices`.
    """
    typed = set(_WORD.findall(key_of(text)[:_LONGEST]))
    # All texts are folded at once, and only those that may hold a word are read closely.
    folded = _folded("\n".join(choice.replace("\n", " ") for choice in choices.values()))
    texts = dict(zip(choices, folded.split("\n"), strict=True)) if choices else {}
    words = list(set(_WORD.findall(folded)))
    scores = dict.fromkeys(texts if typed else (), 0.0)
    for word in typed:
        near = _near(word, words)
        scores = {
            key: score + max(near[same] for same in found)
            for key, score in scores.items()
            if (found := _held(near, texts[key]))
        }
    return sorted(scores, key=lambda key: -scores[key])[: max(limit, 0)]


def _near(word: str, words: list[str]) -> dict[str, float]:
    least = _SAME_WORD if len(word) >= _SHORTEST else 100.0
    found = process.extract(word, words, scorer=fuzz.ratio, limit=None, score_cutoff=least)
    return {same: score for same, score, _ in found}


def _held(words: Mapping[str, float], text: str) -> set[str]:
    maybe = {word for word in words if word in text}
    return maybe.intersection(_WORD.findall(text)) if maybe else maybe


def without_hashes(text: str) -> str:
    """Give what was typed without the mark before a tag: "#berlin" is looked for as "berlin"."""
    return _HASH.sub("", text)


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
