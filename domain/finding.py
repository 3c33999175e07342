"""Finding people and words despite typing errors."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import chain
from unicodedata import normalize

from rapidfuzz import fuzz, process

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
# What a word goes on with: of a text, and of a name, where "O'Neil" is one.
_OF_A_WORD, _OF_A_NAME = r"\w", r"\S"
# Stands between texts that are looked through at once: white space that no folded text has.
BETWEEN = "\x1e"
_HASH = re.compile(r"(?<!\S)#(?=\w)")


def key_of(text: str) -> str:
    """Fold a name for comparing: capital letters, accent spellings and extra spaces don't count."""
    return " ".join(_folded(text).split())


def found_by(*texts: str) -> str:
    """Fold all that somebody is found by into one text, a line for each that says something."""
    return "\n".join(filter(None, map(key_of, texts)))


def _folded(text: str) -> str:
    return normalize("NFC", text.casefold())


class Lines:
    """Many folded texts looked through at once: one by one, thousands take too long.

    `folded` are they, as `key_of` folds each, with `BETWEEN` between them; spaces too many do no
    harm. Each is a line here.
    """

    def __init__(self, folded: str) -> None:
        while "  " in folded:
            folded = folded.replace("  ", " ")
        folded = folded.replace(f" {BETWEEN}", BETWEEN).rstrip(" ")
        self.lines = folded.split(BETWEEN)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lines":
        """Fold texts of any kind."""
        return cls(BETWEEN.join(map(key_of, texts)))

    @cached_property
    def words(self) -> set[str]:
        """All that stands between spaces."""
        # Line by line: a hundred thousand words at once are memory to be had, and given back.
        return set(chain.from_iterable(map(str.split, self.lines)))

    def having(self, words: Iterable[str], letter: str) -> Iterator[tuple[int, str]]:
        """Give each line where one of the words stands: the line's number, and which it is.

        `letter` is the pattern of what a word goes on with: where none follows it ends.
        """
        for word in words:
            same = re.escape(word)
            # What goes before is looked at last: for a plain beginning the search is quick.
            whole = re.compile(rf"{same}(?!{letter})(?<!{letter}{same})").search
            for number, line in enumerate(self.lines):
                if word in line and whole(line):
                    yield number, word


def best_matches(text: str, there: Lines) -> list[int]:
    """Give the numbers of the lines that are most like the typed text, best first.

    A few wrong, missing or swapped letters are forgiven; text without a letter matches nothing.
    """
    wanted = key_of(text)[:_LONGEST]
    if not wanted:
        return []
    scores = _by_word(wanted.split(), there)
    whole = process.extract(
        wanted, there.lines, scorer=fuzz.ratio, limit=None, score_cutoff=_GOOD_ENOUGH
    )
    for _, score, line in whole:
        scores[line] = max(score, scores.get(line, 0.0))
    return sorted(scores, key=lambda line: (-scores[line], line))


def best_by_words(text: str, there: Lines) -> list[int]:
    """Give the numbers of the lines that hold each of the typed words, or one a slip from it.

    The best come first, and of equal ones the first.
    """
    words = list(set(_WORD.findall(" ".join(there.words))))
    scores: dict[int, float] | None = None
    for word in set(_WORD.findall(key_of(text)[:_LONGEST])):
        near = _alike(word, words, _SAME_WORD if len(word) >= _SHORTEST else 100.0)
        held: dict[int, float] = {}
        for line, same in there.having(near, _OF_A_WORD):
            held[line] = max(near[same], held.get(line, 0.0))
        if scores is None:
            scores = held
        else:
            scores = {line: scores[line] + held[line] for line in scores.keys() & held.keys()}
    scores = scores or {}
    return sorted(scores, key=lambda line: (-scores[line], line))


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


def _by_word(typed: list[str], there: Lines) -> dict[int, float]:
    """Compare each typed word with its nearest word in each text; what is alike is given.

    The same words stand in many texts, and each is compared once. Where no word is good enough by
    itself, all of them together are not.
    """
    words = list(there.words)
    good = {part for word in typed for part in _alike(word, words, _GOOD_ENOUGH)}
    ratio = cache(fuzz.ratio)
    scores = {}
    for line in {line for line, _ in there.having(good, _OF_A_NAME)}:
        parts = there.lines[line].split()
        mean = sum(max(ratio(word, part) for part in parts) for word in typed) / len(typed)
        if mean >= _GOOD_ENOUGH:
            scores[line] = mean
    return scores


def _alike(word: str, words: list[str], least: float) -> dict[str, float]:
    """Give those of the words that are at least so much like one, and how much."""
    found = process.extract(word, words, scorer=fuzz.ratio, limit=None, score_cutoff=least)
    return {same: score for same, score, _ in found}
