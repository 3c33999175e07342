"""A person typed in one line is read as NAME, TITLE at COMPANY, and no word is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quick_add import PersonTyped, read_person

WORDS = ["Ada", "Brook", "CTO", "at", "At", "@", ",", ", ", ",,", "Acme", "Inc", "-", "–", ";", "&"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brook", ("Ada Brook", "", "")),
        ("Ada Brook, CTO at Acme", ("Ada Brook", "CTO", "Acme")),
        ("Ada Brook,CTO at Acme", ("Ada Brook", "CTO", "Acme")),
        ("  Ada   Brook ,  CTO   at  Acme  ", ("Ada Brook", "CTO", "Acme")),
        ("Ada Brook, CTO @ Acme", ("Ada Brook", "CTO", "Acme")),
        ("Ada Brook, CTO AT Acme", ("Ada Brook", "CTO", "Acme")),
        ("Ada Brook at Acme", ("Ada Brook", "", "Acme")),
        ("Ada Brook, at Acme", ("Ada Brook", "", "Acme")),
        ("Ada Brook, CTO, Acme", ("Ada Brook", "CTO", "Acme")),
        ("Ada Brook, CTO", ("Ada Brook", "CTO", "")),
        ("Ada Brook, Head at Large at Acme", ("Ada Brook", "Head at Large", "Acme")),
        ("Ada Brook, CTO at Acme, Inc", ("Ada Brook", "CTO", "Acme, Inc")),
        ("Ada Brook, VP, Data at Acme", ("Ada Brook", "VP, Data", "Acme")),
        ("Ada Brook,", ("Ada Brook", "", "")),
        ("Ada,,,CTO", ("Ada", "CTO", "")),
        ("- Ada Brook", ("Ada Brook", "", "")),
        ("Matt Atkins, Attaché at Atlas", ("Matt Atkins", "Attaché", "Atlas")),
        ("at Acme", ("at Acme", "", "")),
        ("Ada at", ("Ada at", "", "")),
        ("עדה ברוק, CTO at Acme", ("עדה ברוק", "CTO", "Acme")),
        ("Ada 🙂 Brook", ("Ada 🙂 Brook", "", "")),
        ("", ("", "", "")),
        (" , ; - ", ("", "", "")),
    ],
)
def test_a_line_is_read_as_it_is_meant(text: str, expected: tuple[str, str, str]) -> None:
    """The last "at" counts, commas come between, and half a line is enough."""
    assert read_person(text) == PersonTyped(*expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Slack's own markup is taken off before; what is typed in a form is never markup.
        ("Ada, CTO at <http://acme.com|acme.com>", ("Ada", "CTO", "<http://acme.com|acme.com>")),
        ("<@U012ABCDEF> Lee", ("<@U012ABCDEF> Lee", "", "")),
        ("Ada <b|c> Brook", ("Ada <b|c> Brook", "", "")),
        ("<!channel>", ("<!channel>", "", "")),
        ("a < b, CTO > d", ("a < b", "CTO > d", "")),
    ],
)
def test_what_slack_puts_in_angle_brackets_is_read_as_typed(
    text: str, expected: tuple[str, str, str]
) -> None:
    """Slack wraps addresses and links in commands; what a member put in brackets stays."""
    assert read_person(text) == PersonTyped(*expected)


@given(st.text() | st.lists(st.sampled_from(WORDS) | st.text(max_size=8)).map(" ".join))
def test_no_word_is_lost_and_nothing_raises(text: str) -> None:
    """Only commas, dashes at the ends and the "at" between title and company are left out."""

    def words(text: str) -> list[str]:
        # A link as Slack writes it keeps only one of its two halves; no such link here.
        bare = re.sub(r"[,;\-–—<>|]", " ", text)
        return sorted(word for word in bare.split() if word.lower() not in ("at", "@"))

    person = read_person(text)
    assert words(f"{person.name} {person.title} {person.company}") == words(text)
    assert person.name or not words(text)
