"""Finding people and words despite typing errors."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
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
    whole = process.extract(
        wanted, folded, scorer=fuzz.ratio, limit=None, score_cutoff=_GOOD_ENOUGH
    )
    scores = _by_word(wanted.split(), folded)
    for _, score, key in whole:
        scores[key] = max(score, scores.get(key, 0.0))
    places = {key: place for place, key in enumerate(folded)}
    best_first = sorted(scores, key=lambda key: (-scores[key], places[key]))
    return best_first[:limit]


def best_by_words(text: str, choices: Mapping[Key, str], limit: int = 10) -> list[Key]:
    """Give the keys of the texts that hold each of the typed words, or one a slip apart from it.

    The best come first, and of equal ones those that come first in `choices`.
    """
    typed = set(_WORD.findall(key_of(text)[:_LONGEST]))
    # All texts are folded at once, and only those that may hold a word are read closely.
    folded = _folded("\n".join(choice.replace("\n", " ") for choice in choices.values()))
    texts = dict(zip(choices, folded.split("\n"), strict=True)) if choices else {}
    words = list(set(_WORD.findall(" ".join(set(folded.split())))))
    scores = dict.fromkeys(texts if typed else (), 0.0)
    for word in typed:
        near = _near(word, words)
        held = _finder(near)
        scores = {
            key: score + max(near[same] for same in found)
            for key, score in scores.items()
            if (found := held(texts[key]))
        }
    return sorted(scores, key=lambda key: -scores[key])[: max(limit, 0)]


def _near(word: str, words: list[str]) -> dict[str, float]:
    least = _SAME_WORD if len(word) >= _SHORTEST else 100.0
    found = process.extract(word, words, scorer=fuzz.ratio, limit=None, score_cutoff=least)
    return {same: score for same, score, _ in found}


def _finder(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Give what finds those of the words that stand in a text."""
    any_of_them = "|".join(map(re.escape, words))
    # Of no words at all there is nothing to find, also between two letters.
    return re.compile(rf"(?<!\w)(?:{any_of_them})(?!\w)").findall if any_of_them else _nothing


def _nothing(_: str) -> list[str]:
    return []


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


def _by_word(typed: list[str], choices: Mapping[Key, str]) -> dict[Key, float]:
    """Compare each typed word with its nearest word in each choice; what is alike is given.

    The same words stand in many choices, and each is compared once.
    """
    parts = {key: there for key, choice in choices.items() if (there := choice.split())}
    words = list({part for there in parts.values() for part in there})
    totals = dict.fromkeys(parts, 0.0)
    for word in typed:
        alike = {
            part: near for part, near, _ in process.extract_iter(word, words, scorer=fuzz.ratio)
        }
        for key, there in parts.items():
            totals[key] += max(alike[part] for part in there)
    means = ((key, total / len(typed)) for key, total in totals.items())
    return {key: mean for key, mean in means if mean >= _GOOD_ENOUGH}
