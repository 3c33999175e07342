"""What a form carries along arrives as it was packed; what is not ours is left behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id

IDS = st.none() | st.integers(1, 2**62 - 1)


@given(
    IDS,
    IDS,
    IDS,
    st.none() | st.text(min_size=1, max_size=200),
    st.booleans(),
    st.none() | st.text(min_size=1, max_size=20),
    IDS,
)
def test_luggage_arrives_as_it_was_packed(
    contact_id: int | None,
    interview_id: int | None,
    nudge_id: int | None,
    response_url: str | None,
    quiet: bool,
    draft: str | None,
    touch_id: int | None,
) -> None:
    """And always fits into what Slack lets a form carry."""
    carried = Carried(contact_id, interview_id, nudge_id, response_url, quiet, draft, touch_id)
    assert unpack({"private_metadata": carried.packed()}) == carried
    assert len(carried.packed()) <= 3000


@pytest.mark.parametrize(
    "luggage",
    [
        *("", "{", "null", "[]", "3", '"x"', "true", "[" * 3000, "NaN", "\x00", "{}", '{"x": 1}'),
        *('{"contact_id": "1"}', '{"contact_id": -1}', '{"contact_id": 0}', '{"contact_id": 1.5}'),
        *('{"contact_id": true}', '{"contact_id": [1]}', '{"contact_id": 99999999999999999999}'),
        *('{"response_url": 1}', '{"quiet": 1}', '{"quiet": "yes"}', '{"interview_id": null}'),
        *('{"draft": 1}', '{"draft": null}', '{"touch_id": "1"}', '{"touch_id": -1}'),
    ],
)
def test_forged_luggage_is_left_behind(luggage: str) -> None:
    """What is not ours reads as nothing, and nothing breaks."""
    assert unpack({"private_metadata": luggage}) == Carried()


def test_a_view_without_luggage_carries_none() -> None:
    """Also where Slack sends null."""
    assert unpack({}) == unpack({"private_metadata": None}) == Carried()


@pytest.mark.parametrize(
    "value", [None, "", " ", "-1", "1.5", "1e3", "abc", "٣", "²", "1 ", "9" * 19, "1; DROP TABLE"]
)
def test_an_id_is_digits_and_nothing_else(value: str | None) -> None:
    """Buttons and options come from outside; a database takes no more than its largest id."""
    assert as_id(value) is None
    assert as_id("42") == 42
