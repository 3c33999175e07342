"""Finding people and words despite typing errors."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from domain.finding import best_by_words, best_matches, key_of, nearest, without_hashes

PEOPLE = {1: "Ada Brook Acme", 2: "Ben Hill City Hospital", 3: "Émile Øre", 4: "Bea Hall"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ada Brok", [1]),
        ("brook ada", [1]),
        ("akme", [1]),
        ("BEN", [2]),
        ("hosptial", [2]),
        ("émile", [3]),
        ("emile", [3]),
        ("zzz", []),
        ("", []),
        ("  ", []),
    ],
)
def test_people_are_found_despite_typing_errors(typed: str, found: list[int]) -> None:
    assert best_matches(typed, PEOPLE) == found


def test_the_best_match_comes_first_and_there_are_no_more_than_asked_for() -> None:
    assert best_matches("Beo Hall", PEOPLE) == [4, 2]
    assert best_matches("Beo Hall", PEOPLE, limit=1) == [4]
    assert best_matches("Beo Hall", PEOPLE, limit=0) == []


NOTES = {
    1: "Met at the conference, knows dashboards",
    2: "Ask early.\nConferences, Émile's team",
    3: "a party",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("confrence", [1, 2]),
        ("dashbords conferance", [1]),
        ("confrence zebra", []),
        ("EMILES", []),
        ("ÉMIEL", [2]),
        ("art", []),
        ("", []),
        ("?", []),
    ],
)
def test_texts_that_hold_each_word_or_one_a_slip_apart_are_found(
    typed: str, found: list[int]
) -> None:
    assert best_by_words(typed, NOTES) == found
    assert best_by_words(typed, NOTES, limit=1) == found[:1]
    assert best_by_words(typed, {}) == []


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


@given(st.text(), st.dictionaries(st.integers(), st.text(), max_size=5))
def test_any_text_can_be_looked_for(text: str, choices: dict[int, str]) -> None:
    assert set(best_matches(text, choices)) <= choices.keys()
    assert set(best_by_words(text, choices)) <= choices.keys()
    assert nearest(text, choices.values()) in {None, *choices.values()}


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
    assert best_matches(typed, dict(enumerate(names))) == expected


@given(FEW_LETTERS, FEW_TEXTS)
def test_notes_are_found_as_by_comparing_each_word_with_each(typed: str, notes: list[str]) -> None:
    def score(word: str, note: str) -> float:
        least = 80 if len(word) >= 4 else 100
        near = [fuzz.ratio(word, held) for held in re.findall(r"\w+", key_of(note))]
        return max((each for each in near if each >= least), default=0)

    words = set(re.findall(r"\w+", key_of(typed)))
    scores = {i: [score(word, note) for word in words] for i, note in enumerate(notes) if words}
    expected = sorted((i for i, each in scores.items() if all(each)), key=lambda i: -sum(scores[i]))
    assert best_by_words(typed, dict(enumerate(notes))) == expected
