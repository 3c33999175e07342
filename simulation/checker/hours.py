"""When a member may hear from the bot, as practice.md says it, worked out from their settings."""

import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

# The practice's numbers where a log says nothing of a member's own.
PRACTICE = {
    "unprepared_days": 3,
    "talk_soon_minutes": 60,
    "debrief_minutes": 30,
    "thank_you_hours": 24,
    "thank_you_again_hours": 48,
    "digest_items": 10,
    "ask_after_digests": 3,
}
DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Give the public holidays in all of a country (ISO 3166)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frozenset(holidays.country_holidays(country, years=year))


class Hours:
    """One member's zone and settings at one time; all moments are aware."""

    def __init__(self, zone: str, settings: Mapping[str, Any]) -> None:
        self.zone, self.settings = ZoneInfo(zone), settings
        self.digest: str = settings.get("digest", "daily")
        self.kinds_off = frozenset(settings.get("kinds_off", ()))

    def number(self, name: str) -> int:
        """Give a number of the practice, the usual one where the log has no other."""
        return int(self.settings.get(name, PRACTICE[name]))

    def local(self, moment: datetime) -> datetime:
        """Give the moment on the member's own clock."""
        return moment.astimezone(self.zone)

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether the member sleeps."""
        hour = self.local(moment).hour
        begin: int = self.settings["quiet_from"]
        end: int = self.settings["quiet_until"]
        if begin == end:
            return False
        return begin <= hour < end if begin < end else hour >= begin or hour < end

    def is_free(self, day: date) -> bool:
        """Say whether a local day is free: not a working day, or a public holiday."""
        if str(day.isoweekday()) not in self.settings["working_days"]:
            return True
        country: str | None = self.settings.get("country")
        return isinstance(country, str) and day in public_holidays(country, day.year)

    def digest_moment(self, day: date) -> datetime:
        """Give when the digest of a local day comes: not in quiet hours."""
        moment = self._at(day, self.settings["digest_hour"])
        return self._at(day, self.settings["quiet_until"]) if self.is_quiet(moment) else moment

    def has_digest(self, day: date) -> bool:
        """Say whether a digest may come on a local day."""
        if self.digest == "none" or self.is_free(day):
            return False
        return self.digest == "daily" or self._ends_week(day)

    def _ends_week(self, day: date) -> bool:
        """A weekly one comes on the review day, or on the next one that is not free."""
        while day.isoweekday() != self.settings["review_day"]:
            day -= DAY
            if not self.is_free(day):
                return False
        return True

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), tzinfo=self.zone).astimezone(UTC)


def days_from(local: datetime, count: int) -> Iterator[date]:
    """Give so many local days from a local moment on."""
    for number in range(count):
        yield local.date() + number * DAY
