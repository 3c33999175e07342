"""Tags: words of a member's own, each once, in what they type."""

import pytest

from domain.lists import Which, read_which
from domain.tags import keys_of, most_used, read_tags, taken_out, written


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("conference, berlin", ("conference", "berlin")),
        ("#conference #berlin", ("conference", "berlin")),
        (" Berlin ;; berlin\nBERLIN , ", ("Berlin",)),
        ("met in  spring", ("met in spring",)),
        ("", ()),
        (" , # ", ()),
    ],
)
def test_tags_are_read_each_once_as_first_typed(typed: str, tags: tuple[str, ...]) -> None:
    assert read_tags(typed) == tags
    assert read_tags(written(tags)) == tags


def test_tags_are_taken_out_of_a_line_about_a_person() -> None:
    about, tags = taken_out("Ada Brook, CTO at Acme #alumni #Data-Science")
    assert (about.strip(), tags) == ("Ada Brook, CTO at Acme", ("alumni", "Data-Science"))
    assert taken_out("Ada, Lead of Team #4 at C#Works") == ("Ada, Lead of Team #4 at C#Works", ())


def test_a_tag_is_found_whole_and_not_in_parts() -> None:
    assert ",berlin," in keys_of(("East", "BERLIN"))
    assert ",berlin," not in keys_of(("east berlin",))
    assert keys_of(()) == ""


def test_the_most_used_come_first_as_they_were_written_last() -> None:
    assert most_used(["Berlin, a", "berlin", "b"], limit=2) == ["Berlin", "a"]


@pytest.mark.parametrize("words", ["tag berlin", "tag #berlin", "tagged berlin", "#berlin"])
def test_a_list_by_tag_is_understood(words: str) -> None:
    assert read_which(words) == Which(tag="berlin")
