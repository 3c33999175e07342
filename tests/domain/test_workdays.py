"""Waiting is counted in business days: the member's own, without public holidays."""

from datetime import date

import pytest

from domain.hours import Rhythm
from domain.workdays import after_business_days, start_of_count
from tests.domain.known import at

PLAIN = Rhythm()
AMERICAN = Rhythm(zone="America/New_York", country="US")


def test_a_message_sent_in_the_morning_counts_from_that_day() -> None:
    """Noon itself is still morning."""
    assert start_of_count(PLAIN, at(23, 10)) == date(2026, 11, 23)
    assert start_of_count(PLAIN, at(23, 12)) == date(2026, 11, 23)


def test_a_message_sent_after_noon_counts_from_the_next_business_day() -> None:
    """On Friday afternoon that is Monday."""
    assert start_of_count(PLAIN, at(23, 12, 1)) == date(2026, 11, 24)
    assert start_of_count(PLAIN, at(27, 15)) == date(2026, 11, 30)


def test_noon_is_the_members_own() -> None:
    """16:00 in London is eleven in New York, and one in the morning of the next day in Tokyo."""
    assert start_of_count(Rhythm(zone="America/New_York"), at(23, 16)) == date(2026, 11, 23)
    assert start_of_count(Rhythm(zone="Asia/Tokyo"), at(23, 16)) == date(2026, 11, 24)


@pytest.mark.parametrize("hour", [8, 18])
def test_a_message_sent_on_a_free_day_counts_from_the_next_business_day(hour: int) -> None:
    """Sent on Saturday, it is read on Monday; sent on Thanksgiving, on Friday."""
    assert start_of_count(PLAIN, at(28, hour)) == date(2026, 11, 30)
    assert start_of_count(AMERICAN, at(26, hour)) == date(2026, 11, 27)


@pytest.mark.parametrize(("number", "day"), [(0, 23), (1, 24), (3, 26), (4, 27)])
def test_days_are_counted_from_the_one_after(number: int, day: int) -> None:
    """Three business days after Monday is Thursday."""
    assert after_business_days(PLAIN, at(23, 10), number) == date(2026, 11, day)


def test_weekends_and_public_holidays_do_not_count() -> None:
    """Three business days after Monday of Thanksgiving week is Friday in America."""
    assert after_business_days(PLAIN, at(25, 10), 3) == date(2026, 11, 30)
    assert after_business_days(AMERICAN, at(23, 15), 3) == date(2026, 11, 27)


def test_working_days_are_the_members_own() -> None:
    """Who works on two days waits longer in days, not in business days."""
    two_days = Rhythm(working_days=frozenset({1, 4}))
    assert after_business_days(two_days, at(23, 10), 3) == date(2026, 12, 3)


def test_without_a_working_day_every_day_counts() -> None:
    """Waiting must come to an end."""
    assert after_business_days(Rhythm(working_days=frozenset()), at(27, 10), 3) == date(
        2026, 11, 30
    )


def test_christmas_in_germany_and_in_britain_differs() -> None:
    """Boxing Day falls on a Saturday in 2026, and Britain takes the Monday off."""
    german = Rhythm(zone="Europe/Berlin", country="DE")
    british = Rhythm(zone="Europe/London", country="GB")
    sent = at(23, 9, month=12)
    assert after_business_days(german, sent, 2) == date(2026, 12, 28)
    assert after_business_days(british, sent, 2) == date(2026, 12, 29)
