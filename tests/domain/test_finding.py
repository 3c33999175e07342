"""Finding people and words despite typing errors."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from domain.finding import (
    BETWEEN,
    Lines,
    best_by_words,
    best_matches,
    found_by,
    key_of,
    nearest,
    without_hashes,
)

PEOPLE = Lines.of(["Ada Brook Acme", "Ben Hill City Hospital", "Émile Øre", "Bea Hall"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ada Brok", [0]),
        ("brook ada", [0]),
        ("akme", [0]),
        ("BEN", [1]),
        ("hosptial", [1]),
        ("émile", [2]),
        ("emile", [2]),
        ("zzz", []),
        ("", []),
        ("  ", []),
    ],
)
def test_people_are_found_despite_typing_errors(typed: str, found: list[int]) -> None:
    assert best_matches(typed, PEOPLE) == found


def test_the_best_match_comes_first() -> None:
    assert best_matches("Beo Hall", PEOPLE) == [3, 1]


NOTES = Lines.of(
    [
        "Met at the conference, knows dashboards",
        "Ask early.\nConferences, Émile's team",
        "a party",
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("confrence", [0, 1]),
        ("dashbords conferance", [0]),
        ("confrence zebra", []),
        ("EMILES", []),
        ("ÉMIEL", [1]),
        ("art", []),
        ("", []),
        ("?", []),
    ],
)
def test_texts_that_hold_each_word_or_one_a_slip_apart_are_found(
    typed: str, found: list[int]
) -> None:
    assert best_by_words(typed, NOTES) == found
    assert best_by_words(typed, Lines("")) == []


@pytest.mark.parametrize(
    ("typed", "looked_for"), [("#berlin", "berlin"), ("a #b C# # c", "a b C# # c"), ("", "")]
)
def test_a_tag_is_looked_for_without_its_mark(typed: str, looked_for: str) -> None:
    assert without_hashes(typed) == looked_for


@pytest.mark.parametrize(
    ("word", "meant"), [("lsit", "list"), ("FIND", "find"), ("hlep", "help"), ("xyzzy", None)]
)
def test_the_nearest_word_is_what_was_meant(word: str, meant: str | None) -> None:
    assert nearest(word, ["find", "list", "help"]) == meant


def test_there_is_no_nearest_word_among_none() -> None:
    assert nearest("list", []) is None
    assert nearest("", ["list"]) is None


def test_a_key_forgives_capital_letters_spaces_and_accent_spellings() -> None:
    assert key_of("  ADA   Brook ") == key_of("ada brook")
    assert key_of("E\u0301MILE") == key_of("émile")


@given(st.text())
def test_no_folded_text_has_what_stands_between_texts(text: str) -> None:
    assert BETWEEN not in key_of(text + BETWEEN) + found_by(BETWEEN, text)


@given(st.text(), st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_can_be_looked_for(text: str, choices: list[str]) -> None:
    assert set(best_matches(text, Lines.of(choices))) <= set(range(len(choices)))
    assert set(best_by_words(text, Lines.of(choices))) <= set(range(len(choices)))
    assert nearest(text, choices) in {None, *choices}


def test_spaces_too_many_change_nothing() -> None:
    """As where a company or tags are missing."""
    there = Lines(f"ben hill  {BETWEEN}ada  brook  ")
    assert best_matches("Ada Brok", there) == [1]
    assert there.lines == ["ben hill", "ada brook"]


FEW_LETTERS = st.text(alphabet="abcd é-\n", max_size=24)
FEW_TEXTS = st.lists(FEW_LETTERS, max_size=6)


@given(FEW_LETTERS, FEW_TEXTS)
def test_names_are_found_as_by_comparing_each_word_with_each(typed: str, names: list[str]) -> None:
    def score(name: str) -> float:
        words, parts = key_of(typed).split(), key_of(name).split()
        means = sum(max(fuzz.ratio(word, part) for part in parts) for word in words) / len(words)
        return max(means, fuzz.ratio(key_of(typed), key_of(name)))

    comparable = [i for i, name in enumerate(names) if key_of(typed) and key_of(name)]
    scores = {i: near for i in comparable if (near := score(names[i])) >= 70}
    expected = sorted(scores, key=lambda i: -scores[i])
    assert best_matches(typed, Lines.of(names)) == expected


@given(FEW_LETTERS, FEW_TEXTS)
def test_notes_are_found_as_by_comparing_each_word_with_each(typed: str, notes: list[str]) -> None:
    def score(word: str, note: str) -> float:
        least = 80 if len(word) >= 4 else 100
        near = [fuzz.ratio(word, held) for held in re.findall(r"\w+", key_of(note))]
        return max((each for each in near if each >= least), default=0)

    words = set(re.findall(r"\w+", key_of(typed)))
    scores = {i: [score(word, note) for word in words] for i, note in enumerate(notes) if words}
    expected = sorted((i for i, each in scores.items() if all(each)), key=lambda i: -sum(scores[i]))
    assert best_by_words(typed, Lines.of(notes)) == expected
