"""One member's life as the log tells it: what held at which moment."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from simulation.checker.hours import PRACTICE, Hours, days_from

Entry = Mapping[str, Any]
# What is no word to the bot: it happens to the member, or without the bot.
NO_ANSWER = ("travelled", "left", "returned", "went_quiet")
# A day on which the bot asks whether to go on is no day of a digest.
ASKED_INSTEAD = timedelta(hours=12)
# The bot needs this long for its work; what is due in its last moments before a fall may wait.
UP_FOR = timedelta(hours=2)

# Nobody is judged for longer after a member's last entry.
MOST_AFTER = timedelta(days=400)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """How a member stood from one moment to the next."""

    hours: Hours
    active: bool = True
    paused_until: datetime | None = None
    silent: bool = False


@dataclass
class Life:
    """A member's entries in their order, and how they stood at each moment."""

    member: str
    entries: list[Entry] = field(default_factory=list)
    downs: Sequence[tuple[datetime, datetime]] = ()
    until: datetime = NEVER
    _moments: list[datetime] = field(default_factory=list)
    _standings: list[Standing] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the entries once."""
        settings: dict[str, Any] = {}
        hours: Hours | None = None
        active, silent, paused = True, False, None
        for entry in self.entries:
            did, zone = entry.get("did"), entry["zone"]
            if did == "settings":
                settings = settings | entry["settings"]
            elif did == "travelled":
                zone = entry["to"]
            elif did in ("left", "returned"):
                active = did == "returned"
            elif did == "paused":
                paused = moment(entry["until"])
            elif did == "resumed":
                paused = None
            if did is not None and did not in NO_ANSWER:
                silent = False
            at = moment(entry["at"])
            if any(item["kind"] == "go_on" for item in entry.get("items", ())):
                silent, at = True, at - ASKED_INSTEAD
            if settings:
                if hours is None or (hours.zone.key, hours.settings) != (zone, settings):
                    hours = Hours(zone, settings)
                self._note(at, Standing(hours, active, paused, silent))

    def _note(self, at: datetime, standing: Standing) -> None:
        # A silence begins before it is told of; what stood meanwhile is over by then.
        while self._moments and self._moments[-1] > at:
            self._moments.pop()
            self._standings.pop()
        self._moments.append(at)
        self._standings.append(standing)

    def at(self, when: datetime) -> Standing | None:
        """Say how the member stood at a moment; None before they began."""
        index = bisect_right(self._moments, when) - 1
        return self._standings[index] if index >= 0 else None

    def number(self, name: str, when: datetime) -> int:
        """Give a number of the practice as the member had set it at a moment, or at first."""
        standing = self.at(when) or next(iter(self._standings), None)
        return standing.hours.number(name) if standing is not None else PRACTICE[name]

    def hears(self, when: datetime) -> bool:
        """Say whether something tied to a clock can reach the member at a moment."""
        standing = self.at(when)
        if standing is None or not standing.active or standing.silent:
            return False
        if standing.paused_until is not None and when < standing.paused_until:
            return False
        return not standing.hours.is_quiet(when) and self.bot_is_up(when)

    def bot_is_up(self, when: datetime) -> bool:
        """Say whether the bot runs at a moment, and for as long as its work takes."""
        return not any(down - UP_FOR <= when < up for down, up in self.downs)

    def steady(self, since: datetime, until: datetime) -> Hours | None:
        """Give the zone and the settings that held all the while; None if they changed."""
        first, last = bisect_right(self._moments, since) - 1, bisect_right(self._moments, until)
        if first < 0:
            return None
        held = self._standings[first].hours
        same = all(standing.hours is held for standing in self._standings[first:last])
        return held if same else None

    def wants(self, kind: str, since: datetime, until: datetime) -> bool:
        """Say whether a kind of nudge was switched on all the while."""
        first, last = bisect_right(self._moments, since) - 1, bisect_right(self._moments, until)
        held = self._standings[max(first, 0) : last]
        return all(kind not in standing.hours.kinds_off for standing in held)

    def was_down(self, since: datetime, until: datetime) -> bool:
        """Say whether the bot was down at any moment from one to another."""
        return any(down < until and since < up for down, up in self.downs)

    def digests(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """Give the moments at which a digest can reach the member, later than `since`."""
        first, end = bisect_right(self.all_digests, since), bisect_right(self.all_digests, until)
        return self.all_digests[first:end]

    @cached_property
    def all_digests(self) -> Sequence[datetime]:
        """Every moment at which a digest could reach the member, in their order."""
        if not self._moments:
            return ()
        standing, since = self._standings[0], self._moments[0]
        days = (min(self.until, moment(self.entries[-1]["at"]) + MOST_AFTER) - since).days + 2
        found = []
        for day in days_from(standing.hours.local(since), days):
            standing = self.at(standing.hours.digest_moment(day)) or standing
            comes = standing.hours.digest_moment(day)
            if comes <= self.until and standing.hours.has_digest(day) and self.hears(comes):
                found.append(comes)
        return sorted(found)


def began(interview: str) -> datetime:
    """Read when a talk begins: its id ends in that."""
    return moment(interview.rsplit(" ", 1)[1])


def moment(text: str) -> datetime:
    """Read a moment as the log writes it."""
    return datetime.fromisoformat(text)
