"""Skills named in several talks are one gap, however they are spelt."""

from domain.gaps import Gap, merged


def test_spellings_are_merged_and_the_usual_one_is_shown() -> None:
    assert merged([("sql", 1), ("SQL", 3), ("Sql", 1)]) == [Gap("SQL", 5)]


def test_what_was_named_most_comes_first_then_by_the_alphabet() -> None:
    named = [("Tableau", 1), ("python", 2), ("Excel", 1)]
    assert merged(named) == [Gap("python", 2), Gap("Excel", 1), Gap("Tableau", 1)]


def test_letters_of_any_language_are_folded() -> None:
    assert merged([("ÉCRITURE", 1), ("Écriture", 2)]) == [Gap("Écriture", 3)]
    assert merged([]) == []
