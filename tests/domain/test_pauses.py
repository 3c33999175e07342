"""A pause ends when the day begins that was typed, in the member's own zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.pauses import a_week_later, pause_end

# A Monday morning in London.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", date(2026, 11, 30)),
        ("until friday", date(2026, 11, 27)),
        ("till friday", date(2026, 11, 27)),
        ("friday", date(2026, 11, 27)),
        ("until monday", date(2026, 11, 30)),
        ("until tomorrow", date(2026, 11, 24)),
        ("until friday 3pm", date(2026, 11, 27)),
        ("until 2026-12-24", date(2026, 12, 24)),
        ("until 24 december", date(2026, 12, 24)),
        ("2 weeks", date(2026, 12, 7)),
        ("for 2 weeks", date(2026, 12, 7)),
        ("a week", date(2026, 11, 30)),
        ("10 days", date(2026, 12, 3)),
        ("in 3 days", date(2026, 11, 26)),
        ("until today", date(2026, 11, 23)),
        ("until 2020-01-01", date(2020, 1, 1)),
    ],
)
def test_what_people_type(typed: str, day: date) -> None:
    assert pause_end(typed, NOW, "Europe/London") == datetime(*day.timetuple()[:3], tzinfo=UTC)


@pytest.mark.parametrize("typed", ["until fryday", "please", "until", "until until", "Ada friday"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert pause_end(typed, NOW, "Europe/London") is None


def test_the_day_begins_in_the_members_zone() -> None:
    tokyo = pause_end("until friday", NOW, "Asia/Tokyo")
    assert tokyo == datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


def test_a_day_whose_midnight_the_clocks_skip_begins_after_the_gap() -> None:
    """In Beirut the clocks go from midnight to one o'clock on 28 March 2027."""
    before = datetime(2027, 3, 21, 9, 0, tzinfo=UTC)
    zone = ZoneInfo("Asia/Beirut")
    ends = a_week_later(before, zone.key)
    assert ends.astimezone(zone).date() == date(2027, 3, 28)
    assert (ends - timedelta(seconds=1)).astimezone(zone).date() == date(2027, 3, 27)
