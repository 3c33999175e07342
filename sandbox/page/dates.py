"""Moments as Slack writes them beside messages: clock times and day dividers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def local(epoch: float, zone: ZoneInfo) -> datetime:
    """The moment `epoch` (seconds since 1970) on the clocks of `zone`."""
    return datetime.fromtimestamp(epoch, UTC).astimezone(zone)


def clock_time(moment: datetime) -> str:
    """The time of day as Slack shows it to an English reader: 6:39 AM."""
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"


def day_name(day: date, today: date) -> str:
    """A day as the dividers between messages name it: Today, Yesterday, or its full name."""
    near = {today: "Today", today - timedelta(days=1): "Yesterday"}
    if day in near:
        return near[day]
    year = "" if day.year == today.year else f", {day.year}"
    return f"{day:%A, %B} {_ordinal(day.day)}{year}"


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
