"""Reads a moment as members type it after a name: "Ada Brook tuesday 3pm"."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = {
    **{name.lower(): number for number, name in enumerate(calendar.day_name, 1)},
    **{name.lower(): number for number, name in enumerate(calendar.day_abbr, 1)},
    **{"tues": 2, "weds": 3, "thur": 4, "thurs": 4},
}
_MONTHS = [name.lower() for name in (*calendar.month_name, *calendar.month_abbr, "Sept") if name]
_WEEKDAY, _MONTH = "|".join(_WEEKDAYS), "|".join(_MONTHS)
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}

# The hour, in the ways in which it is written; a number alone is one only after "at".
_CLOCKS = [
    re.compile(r"(?:^| )(?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d) ?(?P<half>am|pm)?(?= |$)"),
    re.compile(r"(?:^| )(?:at )?(?P<hour>\d{1,2}) ?(?P<half>am|pm|h)(?= |$)"),
    re.compile(r"(?:^| )at (?P<hour>\d{1,2})(?= |$)"),
]
_PART_HOURS = {
    "noon": 12,
    "midnight": 0,
    "morning": 10,
    "afternoon": 14,
    "evening": 18,
    "night": 19,
}
_PART_OF_DAY = re.compile(rf"(?:^| )(?:at |in )?(?P<part>{'|'.join(_PART_HOURS)})(?= |$)")

# The days that are understood; with anything else beside them they are part of a name.
_ON_WEEKDAY = re.compile(rf"(?:(?P<which>this|next|last) )?(?P<name>{_WEEKDAY})")
_AWAY = re.compile(
    r"(?P<soon>in )?(?P<many>an?|\d{1,3}) (?P<unit>minute|hour|day|week)s?(?(soon)| ago)"
)
_DATE = re.compile(
    rf"(?:(?:{_WEEKDAY}) )?(?P<date>"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})(?: \d{{4}})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}(?:/\d{4})?)",
    re.ASCII,
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Where 3/12 is the twelfth of March; everywhere else it is the third of December.
_MONTH_FIRST = ("America/", "US/")
# "on the 3rd of december" says no more than "3rd december".
_FILLERS = {"on", "the", "of"}
# A moment does not begin after one of these: that would tear a longer, unknown one apart.
_TORN_APART = {*_WEEKDAYS, *_MONTHS, *_NEAR, *_FILLERS, *_PART_HOURS}
_TORN_APART |= {"this", "next", "last", "in", "at", "a", "an", "week", "month", "year"}
_TORN_APART |= {"after", "before", "past", "to", "from", "until", "every"}
# A surname, too, when it stands alone.
_SUN = ["Sun"]

# The longest way to say it: "on tuesday the 24th of november 2026 at 3 pm".
_MOST_WORDS = 10
# Without an hour, a talk is shown at the start of a usual working day's second hour.
_USUAL_HOUR = time(10)
# "At 3" is in the afternoon: people meet between eight in the morning and seven in the evening.
_LAST_OF_AFTERNOON = 7
# A talk that is further away, in either direction, is a slip of the keys.
_FURTHEST = timedelta(days=3653)


@dataclass(frozen=True)
class Typed:
    """What was read: the text before the moment, and the moment (aware UTC) if there was one."""

    rest: str
    moment: datetime | None = None


def read_when(text: str, now: datetime, zone: str) -> Typed:
    """Split a text into what comes first and the moment at its end.

    The moment is meant in `zone` (IANA name); a weekday or a date without a year is the next one
    to come, unless the words say otherwise ("last tuesday", "yesterday 14:00"). Text whose end is
    no moment comes back whole.
    """
    words = text.split()
    for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
        torn_apart = start > 0 and words[start - 1].strip(",") in _TORN_APART
        if torn_apart or words[start:] == _SUN:
            continue
        phrase = (word.strip(",").lower() for word in words[start:])
        moment = _parse(" ".join(word for word in phrase if word not in _FILLERS), now, zone)
        if moment is not None:
            return Typed(" ".join(words[:start]).rstrip(" ,"), moment)
    return Typed(" ".join(words))


def _parse(phrase: str, now: datetime, zone: str) -> datetime | None:
    """Read a phrase that says a moment and nothing else."""
    here = ZoneInfo(zone)
    away = _AWAY.fullmatch(phrase)
    if away and away["unit"] in ("minute", "hour"):
        moment = (now + _length(away)).replace(second=0, microsecond=0)
    else:
        words, clock = _without_clock(phrase)
        local = now.astimezone(here).replace(tzinfo=None)
        day = _day(words, clock, local, month_first=zone.startswith(_MONTH_FIRST))
        if day is None:
            return None
        # A wall time that a clock change skips moves past the gap on its way to UTC.
        moment = datetime.combine(day, clock or _USUAL_HOUR, tzinfo=here).astimezone(UTC)
    return moment if abs(moment - now) < _FURTHEST else None


def _length(away: re.Match[str]) -> timedelta:
    """How far away, and in which direction: "in 2 days", "an hour ago"."""
    many = 1 if away["many"] in ("a", "an") else int(away["many"])
    length = timedelta(**{f"{away['unit']}s": many})
    return length if away["soon"] else -length


def _without_clock(phrase: str) -> tuple[str, time | None]:
    """Split a phrase into the words for its day and its hour."""
    phrase = re.sub(r"\bthis (?=morning|afternoon|evening)", "today ", phrase)
    phrase = re.sub(r"\btonight\b", "today night", phrase)
    part = _PART_OF_DAY.search(phrase)
    clock = time(_PART_HOURS[part["part"]]) if part else None
    # "Tomorrow afternoon at 3": the number says it better.
    phrase = _PART_OF_DAY.sub("", phrase, count=1)
    for written in _CLOCKS:
        found = written.search(phrase)
        if found:
            clock = _clock(**found.groupdict())
            if clock is not None:
                return f"{phrase[: found.start()]}{phrase[found.end() :]}".strip(), clock
    return phrase.strip(), clock


def _clock(hour: str, minute: str | None = None, half: str | None = None) -> time | None:
    """Read an hour as written; None for one that no clock shows."""
    number, minutes = int(hour), int(minute or 0)
    if half in ("am", "pm"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    elif half is None and minute is None and 1 <= number <= _LAST_OF_AFTERNOON:
        number += 12
    return time(number, minutes) if number < 24 and minutes < 60 else None


def _day(
    words: str, clock: time | None, now: datetime, *, month_first: bool = False
) -> date | None:
    """Read the words for a day; `now` and the answer are local. None for other words."""
    passed = now.time() > (clock or _USUAL_HOUR)
    if not words:
        return None if clock is None else now.date() + timedelta(days=passed)
    if words in _NEAR:
        return now.date() + timedelta(days=_NEAR[words])
    weekday = _ON_WEEKDAY.fullmatch(words)
    if weekday:
        days = (_WEEKDAYS[weekday["name"]] - now.isoweekday()) % 7
        if weekday["which"] == "last":
            days -= 7
        elif days == 0 and (weekday["which"] == "next" or passed):
            days = 7
        return now.date() + timedelta(days=days)
    away = _AWAY.fullmatch(words)
    if away and away["unit"] in ("day", "week"):
        return now.date() + _length(away)
    written = _DATE.fullmatch(words)
    order = "MDY" if month_first and "/" in words else "DMY"
    return _date(written["date"], now, passed=passed, order=order) if written else None


def _date(written: str, now: datetime, *, passed: bool, order: str) -> date | None:
    """Read a date; one without a year is the next one to come, from the given moment on."""
    if _ISO.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    # Its import takes a noticeable part of a second; only those who type a date pay for it.
    import dateparser

    today = datetime.combine(now, time())
    settings = {
        "DATE_ORDER": order,
        "PREFER_DATES_FROM": "future",
        # Today still counts while its hour is to come.
        "RELATIVE_BASE": now if passed else today - timedelta(seconds=1),
    }
    parsed: datetime | None = dateparser.parse(written, languages=["en"], settings=settings)
    return parsed.date() if parsed else None
