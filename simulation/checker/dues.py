"""One nudge that practice.md owes to a member, and whether they got it.

Who was owed something is judged only if nothing stood in its way: with each kind's digests come a
few that may pass, since there may be a backlog; those that were full, and those that could not
reach the member, are not counted. Whoever moved, or changed their hours or numbers meanwhile, had
other moments than were planned. What was settled before its time was over is owed no more.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from simulation.checker.life import Entry, Life, moment
from simulation.checker.received import MOST_LATE, Violation
from simulation.checker.stories import Received, earliest, received_of

# Digests with which it may come: the first one should have it, but there may be a backlog.
CHANCES = 3
# A matter that is tied to a digest's very moment is judged if it was known so long before.
KNOWN_BEFORE = timedelta(minutes=5)
# So long the member must have been within reach without a break before what comes on its own
# counts as lost: a network on a bad day may refuse a message many times.
FAIR_CHANCE = timedelta(hours=4)
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Due:
    """A nudge of one of `kinds` is owed from `since` on, and no more from `over` on.

    It counts if it came after `known`. `by` is when it must have come where that is not a matter of
    digests; `hours_since` from when the member's hours must have stayed the same.
    """

    kinds: tuple[str, ...]
    contact: str | None
    since: datetime
    known: datetime
    over: datetime | None = None
    by: datetime | None = None
    chances: int = CHANCES
    alone: bool = False
    hours_since: datetime | None = None
    interview: str | None = None
    says: Callable[[Entry], bool] = field(default=lambda item: True)

    def is_met_by(self, item: Entry) -> bool:
        """Say whether this is what was owed."""
        same_talk = self.interview is None or item.get("interview") == self.interview
        return item.get("contact") == self.contact and same_talk and self.says(item)


@dataclass
class Court:
    """Judges one member's dues, one after another."""

    life: Life
    until: datetime
    due: int = 0
    missing: list[Violation] = field(default_factory=list)

    @cached_property
    def received(self) -> Mapping[str, Sequence[Received]]:
        """What came, by kind."""
        return received_of(self.life)

    def judge(self, due: Due) -> None:
        """Count it if it was owed, and note it if it never came, or came too late."""
        by = self._must_have_come_by(due)
        came = [
            at
            for kind in due.kinds
            for at, item in self.received.get(kind, ())
            if at > due.known and due.is_met_by(item)
        ]
        if came and (by is None or min(came) <= by):
            self.due += 1
            return
        if by is None or by > self.until or (due.over is not None and due.over <= by):
            return
        hours = self.life.steady(due.hours_since or due.since, by)
        if hours is None or due.kinds[0] in hours.kinds_off:
            return
        self.due += 1
        why = f"no {due.kinds[0]} {due.contact or ''}: owed from {due.since}, by {by}"
        self.missing.append(Violation("lost", self.life.member, due.since.isoformat(), why))

    def _must_have_come_by(self, due: Due) -> datetime | None:
        if due.by is not None:
            return due.by
        if due.alone:
            reached = within_reach(self.life, due.since, self.until)
            if reached is None:
                return None
            if reached[0] - due.since < FAIR_CHANCE:
                return reached[1]
            # At night, in a pause or while the bot was down: a digest may bring it.
        chances = self.chances(due.since, earliest(due.over, self.until) or self.until)
        return chances[due.chances - 1] + MOST_LATE if len(chances) >= due.chances else None

    def chances(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """Give the digests from a moment on that could reach the member and had room."""
        digests = self.life.digests(since - timedelta.resolution, until)
        return [at for at in digests if not self._is_full(at)]

    def _is_full(self, at: datetime) -> bool:
        place = bisect_right(self._full, at - timedelta.resolution)
        return place < len(self._full) and self._full[place] <= at + MOST_LATE

    @cached_property
    def _full(self) -> Sequence[datetime]:
        """When digests came that could hold no more."""
        entries = [entry for entry in self.life.entries if entry.get("items")]
        moments = [moment(entry["at"]) for entry in entries]
        return [
            at
            for at, entry in zip(moments, entries, strict=True)
            if len(entry["items"]) >= self.life.number("digest_items", at)
        ]


def within_reach(life: Life, since: datetime, until: datetime) -> tuple[datetime, datetime] | None:
    """Give the first moment within reach, and the one by which a fair chance was had."""
    begun, first, at = None, None, since
    while at <= until:
        if life.hears(at):
            first, begun = first or at, begun or at
            if at - begun >= FAIR_CHANCE:
                return first, at
        else:
            begun = None
        at = next_quarter(at)
    return None


def next_quarter(at: datetime) -> datetime:
    """Give the next quarter of an hour: quiet hours end on a whole one, so none is missed."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + QUARTER
