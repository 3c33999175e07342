"""Reads a moment as members type it after a name: "Ada Brook tuesday 3pm"."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = [name.lower() for name in calendar.day_name]
_MONTHS = [name.lower() for name in calendar.month_name if name]
_UNITS = ["minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months"]
_WORDS = {
    *_WEEKDAYS,
    *(day[:3] for day in _WEEKDAYS),
    *{"tues", "thur", "thurs"},
    *_MONTHS,
    *(month[:3] for month in _MONTHS),
    "sept",
    *_UNITS,
    *["today", "tomorrow", "yesterday", "noon", "midnight", "morning", "afternoon", "evening"],
    *["next", "last", "this", "on", "at", "in", "of", "the", "ago", "am", "pm"],
}
_DIGITS = re.compile(
    r"\d{1,4}(?:[:.]\d{2})?(?:st|nd|rd|th)?(?:am|pm|h)?|\d{1,4}(?:[-/.]\d{1,4}){1,2}"
)
# Words that say something only beside others: "the", "may" and "mark at 3" must not become dates.
_WEAK = {"on", "at", "in", "of", "the", "this", "next", "last", "am", "pm", "ago", *_UNITS}
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d{2})|\b\d{1,2}\s*(?:am|pm)\b|\b(?:noon|midnight)\b", re.I)
_PAST = {"yesterday", "last", "ago"}
# Without an hour, a talk is shown at the start of a usual working day's second hour.
_USUAL_HOUR = 10
_PARTS_OF_DAY = {"morning": "10:00", "afternoon": "14:00", "evening": "18:00", "noon": "12:00"}


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
    for start in range(len(words)):
        tail = [word.strip(",").lower() for word in words[start:]]
        if all(map(_is_of_time, tail)) and not all(word in _WEAK for word in tail):
            if start > 0 and _looks_like_a_name(words[start], tail):
                continue
            moment = _parse(" ".join(tail), now, zone)
            if moment is not None:
                return Typed(" ".join(words[:start]).rstrip(" ,"), moment)
    return Typed(" ".join(words))


def _is_of_time(word: str) -> bool:
    return word in _WORDS or _DIGITS.fullmatch(word) is not None


def _looks_like_a_name(first: str, tail: list[str]) -> bool:
    """Say whether the tail is rather the end of a name: "Ada May", "June April"."""
    return (
        len(tail) == 1 and first[:1].isupper() and tail[0] in {*_MONTHS, *(m[:3] for m in _MONTHS)}
    )


def _parse(phrase: str, now: datetime, zone: str) -> datetime | None:
    # Its import takes a noticeable part of a second; only those who type a time pay for it.
    import dateparser

    for part, clock in _PARTS_OF_DAY.items():
        phrase = re.sub(rf"\b(?:in the |at )?{part}\b", clock, phrase)
    wanted_past = any(word in _PAST for word in phrase.split())
    # dateparser knows "next week" but not "next tuesday"; the direction is set below instead.
    phrase = re.sub(
        rf"\b(?:next|last|this|on) (?=(?:{'|'.join(d[:3] for d in _WEEKDAYS)}))", "", phrase
    )
    parsed: datetime | None = dateparser.parse(
        phrase,
        languages=["en"],
        settings={
            "TIMEZONE": zone,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "RELATIVE_BASE": now.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past" if wanted_past else "future",
        },
    )
    if parsed is None:
        return None
    if not _CLOCK.search(phrase) and not re.search(r"\b(?:minutes?|hours?)\b", phrase):
        parsed = parsed.replace(hour=_USUAL_HOUR, minute=0)
    parsed = parsed.replace(second=0, microsecond=0)
    if not wanted_past:
        parsed = _next_to_come(parsed, phrase, now)
    return parsed.astimezone(UTC)


def _next_to_come(parsed: datetime, phrase: str, now: datetime) -> datetime:
    """Move a bare hour that has passed to tomorrow, and today's weekday back to today."""
    if parsed < now and _CLOCK.fullmatch(phrase.strip()):
        return parsed + timedelta(days=1)
    a_week_early = parsed - timedelta(days=7)
    names_a_weekday = re.search(rf"\b(?:{'|'.join(day[:3] for day in _WEEKDAYS)})", phrase)
    return a_week_early if names_a_weekday and a_week_early > now else parsed
