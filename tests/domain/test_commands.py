"""The word after a command is a sub-command, one misspelt, or a name."""

import pytest

from domain.commands import SubCommand, nearest, sub_command

KNOWN = ("find", "list")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("list", SubCommand(name="list")),
        ("LIST", SubCommand(name="list")),
        ("  list  ", SubCommand(name="list")),
        ("find acme", SubCommand(name="find", rest="acme")),
        ("find  Grace Hill ", SubCommand(name="find", rest="Grace Hill")),
        ("find\tacme", SubCommand(name="find", rest="acme")),
        ("find\nacme", SubCommand(name="find", rest="acme")),
        ("Find acme", SubCommand(name="find", rest="acme")),
    ],
)
def test_a_known_word_is_taken_with_what_follows(text: str, expected: SubCommand) -> None:
    """Capital letters and spaces don't matter."""
    assert sub_command(text, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "right"),
    [("lis", "list"), ("lsit", "list"), ("fnd acme", "find"), ("lisst", "list"), ("finds", "find")],
)
def test_a_misspelt_word_is_answered_with_the_nearest_right_one(text: str, right: str) -> None:
    """And not taken for a person."""
    assert sub_command(text, KNOWN).name == ""
    assert sub_command(text, KNOWN).nearest == right


@pytest.mark.parametrize(
    "text",
    ["Lisa", "Lis", "Lis Brook", "Finn Hill, CTO at Acme", "ada brook", "Ada", "", "   ", "\u200f"],
)
def test_a_name_is_no_sub_command(text: str) -> None:
    """A capital letter speaks for a name: "Lis" may be a person, "lis" is rather "list"."""
    assert (sub_command(text, KNOWN).name, sub_command(text, KNOWN).nearest) == ("", "")


def test_there_is_always_a_nearest_word_where_none_is_too_far() -> None:
    """`/rapport` has one word to offer, whatever was typed."""
    assert nearest("hlep", ("help",)) == "help"
    assert nearest("xyz", ("help",)) == "help"
    assert nearest("", ("help",)) == "help"
    assert nearest("xyz", ("help",), least=70) == ""
