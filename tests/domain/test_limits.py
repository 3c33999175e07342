"""Limits: the operator narrows, a facilitator chooses within that, nobody exceeds the ceiling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import limits
from domain.limits import USUAL
from domain.numbers import MOST_FOLLOW_UPS, WIDEST, Numbers
from tests.domain.any_facts import NUMBERS

NAMES = st.sampled_from(sorted(WIDEST))


@st.composite
def some_limits(draw: st.DrawFn) -> dict[str, limits.Limit]:
    """Limits on some of the numbers, none wider than the widest."""
    chosen = {}
    for name in draw(st.sets(NAMES)):
        least, most = sorted(draw(st.tuples(*[st.integers(*WIDEST[name])] * 2)))
        chosen[name] = (least, most)
    return chosen


def test_a_second_follow_up_is_for_a_facilitator_or_the_operator_to_allow() -> None:
    assert limits.in_force({}, {})["follow_ups"] == (0, 1)
    assert limits.in_force({}, {"follow_ups": (0, 2)})["follow_ups"] == (0, 2)
    assert limits.in_force({"follow_ups": (0, 2)}, {})["follow_ups"] == (0, 2)
    assert limits.in_force({"follow_ups": (0, 1)}, {"follow_ups": (0, 3)})["follow_ups"] == (0, 1)
    assert limits.in_force({"follow_ups": (0, 1)}, {"follow_ups": (2, 3)})["follow_ups"] == (1, 1)


@given(some_limits(), some_limits(), NUMBERS)
def test_whatever_was_set_numbers_stay_within_it_and_below_the_ceiling(
    operator: dict[str, limits.Limit], facilitator: dict[str, limits.Limit], numbers: Numbers
) -> None:
    now = limits.in_force(operator, facilitator)
    widest = limits.may_be_set(operator)
    assert now.keys() == WIDEST.keys()
    assert all(limits.is_inside(now[name], widest[name]) for name in now)
    held = limits.within(numbers, now)
    assert all(limits.allows(now, name, getattr(held, name)) for name in now)
    assert held.follow_ups <= MOST_FOLLOW_UPS
    assert limits.within(held, now) == held


@given(some_limits())
def test_limits_read_back_as_they_are_written(some: dict[str, limits.Limit]) -> None:
    written = limits.written_all(some)
    assert not written or limits.read_limits(written) == some


def test_keeping_in_touch_can_be_switched_off_whatever_the_limits() -> None:
    now = limits.in_force({"in_touch_days": (60, 180)}, {})
    assert limits.within(Numbers(in_touch_days=0), now).in_touch_days == 0
    assert limits.within(Numbers(in_touch_days=30), now).in_touch_days == 60
    assert not limits.allows(USUAL, "unprepared_days", 0)


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("0-2", (0, 2)),
        (" 0 – 2 ", (0, 2)),
        ("0 to 2", (0, 2)),
        ("2", (2, 2)),
        ("2-0", None),
        ("", None),
        ("-1-2", None),
        ("0-2-3", None),
        ("٠-٢", None),
        ("0-99999", None),
    ],
)
def test_the_least_and_the_most_are_read_from_what_people_type(
    typed: str, limit: limits.Limit | None
) -> None:
    assert limits.read_limit(typed) == limit
