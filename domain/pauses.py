"""Understands until when somebody wants to be left alone: "until friday", "2 weeks"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.when import read_when

LONGEST = timedelta(days=366)

_LEADING = re.compile(r"(?:until|till|til|for)\s+", re.IGNORECASE)
_LENGTH = re.compile(r"(?:an?|\d{1,3}) (?:day|week)s?", re.IGNORECASE)


def pause_end(text: str, now: datetime, zone: str) -> datetime | None:
    """Give the moment (aware UTC) at which the day begins that the words name; None if unclear.

    No words mean a week. A weekday is always a later one, never today; `zone` is an IANA name. The
    moment may have passed, or be further away than LONGEST: that is for the asker to see.
    """
    here = ZoneInfo(zone)
    local = now.astimezone(here)
    words = _LEADING.sub("", " ".join(text.split()), count=1)
    if not words:
        return a_week_later(now, zone)
    if _LENGTH.fullmatch(words):
        words = f"in {words}"
    # Read as at this day's end: who pauses "until monday" on a monday means the next one.
    day_ends = datetime.combine(local.date(), time(23, 59), tzinfo=here).astimezone(UTC)
    read = read_when(words, day_ends, zone)
    if read.rest or read.moment is None:
        return None
    return _begins(read.moment.astimezone(here).date(), here)


def a_week_later(now: datetime, zone: str) -> datetime:
    """Give the moment (aware UTC) at which the same weekday of next week begins."""
    here = ZoneInfo(zone)
    return _begins(now.astimezone(here).date() + timedelta(days=7), here)


def _begins(day: date, here: ZoneInfo) -> datetime:
    # A midnight that a clock change skips moves past the gap on its way to UTC.
    return datetime.combine(day, time(), tzinfo=here).astimezone(UTC)
