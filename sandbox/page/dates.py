"""Moments as Slack writes them for a reader: `<!date^…>` tokens, clock times and day dividers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"\{(\w+)\}")


def local(epoch: float, zone: str) -> datetime:
    """The moment `epoch` (seconds) on the clocks of `zone` (an IANA name)."""
    return datetime.fromtimestamp(epoch, UTC).astimezone(ZoneInfo(zone))


def clock_time(moment: datetime, *, seconds: bool = False) -> str:
    """The time of day as Slack shows it to an English reader: 6:39 AM."""
    hour = moment.hour % 12 or 12
    tail = f":{moment.second:02d}" if seconds else ""
    return f"{hour}:{moment.minute:02d}{tail} {'AM' if moment.hour < 12 else 'PM'}"


def day_name(day: date, today: date) -> str:
    """A day as the dividers between messages name it: Today, Yesterday, or its full name."""
    near = {today: "Today", today - timedelta(days=1): "Yesterday"}
    if day in near:
        return near[day]
    year = "" if day.year == today.year else f", {day.year}"
    return f"{day:%A, %B} {_ordinal(day.day)}{year}"


def format_date(epoch: float, template: str, zone: str, now: datetime) -> str:
    """Fill Slack's date tokens ({date_short}, {time}, …); unknown tokens stay as they are."""
    moment = local(epoch, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    values = _values(moment, today)
    values["ago"] = _ago(moment, now)
    return _TOKEN.sub(lambda found: values.get(found[1], found[0]), template)


def _values(moment: datetime, today: date) -> dict[str, str]:
    day = moment.date()
    month_day = f"{day:%B} {_ordinal(day.day)}"
    short = f"{day:%b} {day.day}, {day.year}"
    full = f"{month_day}, {day.year}"
    long = f"{day:%A}, {full}"
    names = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    near = names.get((day - today).days)
    return {
        "date_num": f"{day:%Y-%m-%d}",
        "date_slash": f"{day:%m/%d/%Y}",
        "date": full,
        "date_short": short,
        "date_long": long,
        "date_pretty": near or full,
        "date_short_pretty": near or short,
        "date_long_pretty": near or long,
        "date_long_full": long,
        "day_divider_pretty": near or f"{day:%A}, {month_day}",
        "time": clock_time(moment),
        "time_secs": clock_time(moment, seconds=True),
    }


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _ago(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    ahead = seconds < 0
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(abs(seconds) // size)
        if count:
            unit = name if count == 1 else f"{name}s"
            return f"in {count} {unit}" if ahead else f"{count} {unit} ago"
    return "just now"
