"""A member's hours: the digest hour, the working days and the quiet hours, in their own zone.

All moments that come in and go out are aware UTC; every decision is made in local time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Rhythm:
    """When a member may hear from the bot.

    `zone` is an IANA name; `working_days` are ISO weekdays (Monday is 1); hours are local, 0 to 23.
    Quiet hours run from `quiet_from` to `quiet_until`, over midnight when the first is the later
    one; equal hours mean that there are none.
    """

    zone: str = "UTC"
    digest_hour: int = 9
    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    quiet_from: int = 20
    quiet_until: int = 8
    paused_until: datetime | None = None

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
        hour = self.local(moment).hour
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
        return self.at(day, self.quiet_until)

    def digest_on(self, day: date) -> datetime:
        """Give a day's digest moment: the digest hour, or the end of quiet hours that hold it."""
        moment = self.at(day, self.digest_hour)
        return self.at(day, self.quiet_until) if self.is_quiet(moment) else moment

    def digests(self, after: datetime) -> Iterator[datetime]:
        """Give the digest moments later than `after`, on working days, without end.

        Needs at least one working day.
        """
        day = self.local(after).date()
        while True:
            moment = self.digest_on(day)
            if day.isoweekday() in self.working_days and moment > after:
                yield moment
            day += timedelta(days=1)

    def may_speak_at(self, moment: datetime) -> bool:
        """Say whether a moment is outside the quiet hours, the free days and the pause."""
        if self.paused_until is not None and moment < self.paused_until:
            return False
        return self.local(moment).isoweekday() in self.working_days and not self.is_quiet(moment)

    def next_digest(self, after: datetime) -> datetime:
        """Give the first digest moment later than `after`, and after the pause.

        Who has no working days at all hears at the digest hour of the next day: silence would lose
        what they asked for.
        """
        if self.paused_until is not None:
            after = max(after, self.paused_until)
        if not self.working_days:
            return self.digest_on(self.local(after).date() + timedelta(days=1))
        return next(self.digests(after))

    def last_digest_between(self, after: datetime, until: datetime) -> datetime | None:
        """Give the latest digest moment later than `after` and not later than `until`, if any."""
        moment, last = self.next_digest(after), None
        while moment <= until:
            last, moment = moment, self.next_digest(moment)
        return last
