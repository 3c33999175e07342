"""Finding people and words despite typing errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.finding import best_matches, key_of, nearest

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
    assert nearest(text, choices.values()) in {None, *choices.values()}
