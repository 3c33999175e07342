"""A member's hours: the digest hour, the free days and the quiet hours, in their own zone.

All moments that come in and go out are aware UTC; every decision is made in local time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.countries import public_holidays
from domain.vocabulary import Digest


@dataclass(frozen=True)
class Rhythm:
    """When a member may hear from the bot.

    `zone` is an IANA name; `working_days` are ISO weekdays (Monday is 1), and none at all mean that
    every day will do; hours are local, 0 to 23. Quiet hours run from `quiet_from` to `quiet_until`,
    over midnight when the first is the later one; equal hours mean that there are none. `country`
    is an ISO 3166 code, whose public holidays are free days. The week is looked back on, and a
    weekly digest comes, on `review_day` (ISO weekday), or on the next day that is not free.
    """

    zone: str = "UTC"
    digest_hour: int = 9
    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    quiet_from: int = 20
    quiet_until: int = 8
    paused_until: datetime | None = None
    country: str | None = None
    digest: Digest = Digest.DAILY
    review_day: int = 5

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the member's own zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    def at(self, day: date, hour: int) -> datetime:
        """Give the moment of a local hour; one that a clock change skips becomes the next."""
        local = datetime.combine(day, time(hour), tzinfo=ZoneInfo(self.zone))
        # Going to UTC and back moves a wall time that does not exist past the gap.
        return local.astimezone(UTC)

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether a moment lies in the member's quiet hours."""
        return self._is_quiet_hour(self.local(moment).hour)

    def _is_quiet_hour(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def out_of_quiet_hours(self, moment: datetime) -> datetime:
        """Give the same moment, or the end of the quiet hours or the pause that it falls into."""
        if self.paused_until is not None and moment < self.paused_until:
            moment = self.paused_until
        if not self.is_quiet(moment):
            return moment
        day = self.local(moment).date()
        over_midnight = self.quiet_from > self.quiet_until
        if over_midnight and self.local(moment).hour >= self.quiet_from:
            day += timedelta(days=1)
        end = self.at(day, self.quiet_until)
        # Where a clock change skips the only hour that is not quiet, it is the next day's.
        return self.at(day + timedelta(days=1), self.quiet_until) if self.is_quiet(end) else end

    def digest_on(self, day: date) -> datetime:
        """Give a day's digest moment: the digest hour, or the end of quiet hours that hold it."""
        moment = self.at(day, self.digest_hour)
        return self.at(day, self.quiet_until) if self.is_quiet(moment) else moment

    def is_free(self, day: date) -> bool:
        """Say whether a local day is a free one: not a working day, or a public holiday."""
        if self.working_days and day.isoweekday() not in self.working_days:
            return True
        return self.country is not None and day in public_holidays(self.country, day.year)

    def is_review_day(self, day: date) -> bool:
        """Say whether a local day ends the member's week: the review day, or the next not free."""
        if self.is_free(day):
            return False
        while day.isoweekday() != self.review_day:
            day -= timedelta(days=1)
            if not self.is_free(day):
                return False
        return True

    def has_digest(self, day: date) -> bool:
        """Say whether the digest comes on a local day.

        Who wants none has the days of a daily one: what would have come shows on App Home.
        """
        return self.is_review_day(day) if self.digest == Digest.WEEKLY else not self.is_free(day)

    def digests(self, since: datetime) -> Iterator[datetime]:
        """Give the digest moments not earlier than `since` or the pause's end, without end.

        A day that a clock change ends before the digest hour has none, nor has one of which it
        skips the only hour that is not quiet.
        """
        return self._moments(since, self.has_digest)

    def _moments(self, since: datetime, is_day: Callable[[date], bool]) -> Iterator[datetime]:
        if self.paused_until is not None:
            since = max(since, self.paused_until)
        day = self.local(since).date()
        while True:
            if is_day(day):
                moment = self.digest_on(day)
                local = self.local(moment)
                is_quiet = self._is_quiet_hour(local.hour)
                if moment >= since and local.date() == day and not is_quiet:
                    yield moment
            day += timedelta(days=1)

    def first_digest(self, since: datetime) -> datetime:
        """Give the first digest moment that is not earlier than `since` and not in a pause."""
        return next(self.digests(since))

    def next_digest(self, after: datetime) -> datetime:
        """Give the first digest moment later than `after`, and not in a pause."""
        return self.first_digest(after + datetime.resolution)

    def last_digest_between(self, after: datetime, until: datetime) -> datetime | None:
        """Give the latest digest moment later than `after` and not later than `until`, if any."""
        last = None
        for moment in self.digests(after + datetime.resolution):
            if moment > until:
                break
            last = moment
        return last

    def review(self, since: datetime) -> datetime:
        """Give the first digest moment not earlier than `since` that ends a week."""
        return next(self._moments(since, self.is_review_day))

    def may_speak_at(self, moment: datetime) -> bool:
        """Say whether a moment is outside the quiet hours, the free days and the pause."""
        if self.paused_until is not None and moment < self.paused_until:
            return False
        return not self.is_free(self.local(moment).date()) and not self.is_quiet(moment)
