"""What members were owed: the question after a talk, the second one, and the thank-you in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulation.checker.life import Entry, Life, moment
from simulation.checker.received import Violation

AFTER_TALK = timedelta(minutes=30)
STEP = timedelta(minutes=30)
# So long the member must have been within reach without a break before anything counts as lost:
# a network on a bad day may refuse a message many times.
FAIR_CHANCE = timedelta(hours=4)
# An old question makes no sense any more.
OLD_NEWS = timedelta(days=7)
BETWEEN = timedelta(hours=12)
# Digests that may pass before the second question counts as missing: there may be a backlog.
DIGESTS = 3
# A thank-you is judged when the talk was told about so long before its 24 hours were over.
THANK_WITHIN, TOLD_BEFORE = timedelta(hours=24), timedelta(hours=12)
LATE = timedelta(hours=2)
STRETCH = timedelta(hours=1)
DONE_WITH = ("stopped", "declined", "unsure")
ENDINGS = ("debriefed", "called_off", "no_show", "moved")


@dataclass(frozen=True)
class Told:
    """A talk as the log tells of it; `told_at` is when the member said that it took place."""

    id: str
    contact: str
    ends_at: datetime
    logged_at: datetime
    ended_at: datetime | None
    told_at: datetime | None
    debriefed_at: datetime | None
    thanked_at: datetime | None
    left_alone_at: datetime | None
    put_off: bool

    def over_before(self, when: datetime) -> bool:
        """Say whether there was nothing left to ask by then."""
        ends = (self.ended_at, self.left_alone_at, self.debriefed_at)
        return any(end is not None and end <= when for end in ends)


@dataclass
class Owed:
    """What one member was owed, what is missing, and how late the rest was, in seconds."""

    due: int
    missing: list[Violation]
    lateness: list[float]


def owed_to(life: Life, until: datetime) -> Owed:
    """Judge all that fell due before the log's end."""
    owed = Owed(0, [], [])
    for talk in talks_of(life.entries):
        got = [(moment(e["at"]), i["kind"]) for e, i in _items(life) if i["interview"] == talk.id]
        _question(life, talk, got, until, owed)
        _second(life, talk, got, until, owed)
        _thank_you(life, talk, got, until, owed)
    owed.lateness += digests_late(life)
    return owed


def talks_of(entries: Sequence[Entry]) -> Iterator[Told]:
    """Give every talk that the log tells of."""
    for entry in entries:
        did = entry.get("did")
        if did not in ("scheduled", "moved", "took_place"):
            continue
        id_ = entry["to"] if did == "moved" else entry["interview"]
        name, ends = entry["contact"], moment(entry["start"])
        ends += timedelta(minutes=entry["minutes"])
        about = [e for e in entries if e.get("interview") == id_ and "did" in e]
        person = [e for e in entries if e.get("contact") == name and "did" in e]
        debriefed = _first(about, "debriefed")
        logged = moment(entry["at"])
        thanks = [
            moment(e["at"])
            for e in person
            if e["did"] == "thanked"
            and (e.get("interview") == id_ or (not e.get("interview") and moment(e["at"]) >= ends))
        ]
        yield Told(
            id=id_,
            contact=name,
            ends_at=ends,
            logged_at=logged,
            ended_at=_first(about, *ENDINGS),
            told_at=logged if did == "took_place" else debriefed,
            debriefed_at=debriefed,
            thanked_at=min(thanks, default=None),
            left_alone_at=_first(person, *DONE_WITH),
            put_off=any(e["did"] in ("snoozed", "skipped") for e in about),
        )


def _first(entries: Sequence[Entry], *what: str) -> datetime | None:
    return next((moment(e["at"]) for e in entries if e["did"] in what), None)


def _items(life: Life) -> Iterator[tuple[Entry, Entry]]:
    for entry in life.entries:
        for item in entry.get("items", ()):
            yield entry, item


def _question(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> None:
    """Half an hour after a planned talk the bot asks whether it took place."""
    due = talk.ends_at + AFTER_TALK
    if talk.told_at == talk.logged_at or talk.logged_at > due or talk.over_before(due):
        return
    reached = _reached(life, due, min(due + OLD_NEWS, until))
    if reached is None:
        return
    first, sure = reached
    asked = [at for at, kind in got if kind == "did_it_take_place"]
    if asked:
        owed.due += 1
        owed.lateness.append(max(0.0, (min(asked) - first).total_seconds()))
        return
    if talk.over_before(sure):
        return
    # The bot was away when the first question was due: the second one stands in for it.
    second = [at for at, kind in got if kind == "ask_again_how_it_went"]
    opportunities = list(life.digests(sure, until))[:DIGESTS]
    excused = first > due + BETWEEN
    if excused and (second or len(opportunities) < DIGESTS or talk.over_before(opportunities[-1])):
        return
    owed.due += 1
    why = f"{talk.id}: due {due}, within reach from {first}"
    owed.missing.append(Violation("lost", life.member, due.isoformat(), why))


def _reached(life: Life, since: datetime, until: datetime) -> tuple[datetime, datetime] | None:
    """Give the first moment within reach, and the one by which a fair chance was had."""
    begun, first, at = None, None, since
    while at <= until:
        if life.hears(at):
            first, begun = first or at, begun or at
            if at - begun >= FAIR_CHANCE:
                return first, at
        else:
            begun = None
        # Quiet hours end on a whole hour: no first moment is missed between two steps.
        at = _next_half_hour(at)
    return None


def _next_half_hour(at: datetime) -> datetime:
    quarter = timedelta(minutes=15)
    floor = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return floor + quarter


def _second(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> None:
    """What stayed without an answer, or without notes, is asked about once more."""
    if talk.put_off:
        return
    if talk.told_at is not None and talk.told_at == talk.logged_at:
        kind, since, over = "debrief_missing", talk.told_at, talk.debriefed_at
        if talk.told_at - talk.ends_at > OLD_NEWS:
            return
    else:
        asked = [at for at, kind in got if kind == "did_it_take_place"]
        if not asked:
            return
        kind, since, over = "ask_again_how_it_went", min(asked), talk.ended_at
    opportunities = list(life.digests(since + BETWEEN, min(since + OLD_NEWS, until)))[:DIGESTS]
    if len(opportunities) < DIGESTS:
        return
    by = opportunities[-1] + LATE
    ends = (over, talk.left_alone_at)
    if by > until or any(end is not None and end <= by for end in ends):
        return
    owed.due += 1
    if not any(what == kind and at <= by for at, what in got):
        why = f"no {kind} about {talk.id} by {by}"
        owed.missing.append(Violation("debrief_missing", life.member, by.isoformat(), why))


def _thank_you(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> None:
    """Within 24 hours of a talk that was told about in good time comes a thank-you nudge."""
    limit = talk.ends_at + THANK_WITHIN
    told = talk.told_at
    if told is None or told > limit - TOLD_BEFORE or limit + LATE > until or talk.put_off:
        return
    ends = (talk.thanked_at, talk.left_alone_at)
    if any(end is not None and end <= limit + LATE for end in ends):
        return
    if not (_same_hours(life, told, limit) and _allowed(life, told, limit)):
        return
    owed.due += 1
    if not any(kind == "thank_you" and at <= limit + LATE for at, kind in got):
        why = f"no thank_you about {talk.id} by {limit}, told {told}"
        owed.missing.append(Violation("thank_you_late", life.member, limit.isoformat(), why))


def _same_hours(life: Life, since: datetime, until: datetime) -> bool:
    """Whoever travelled or changed their hours meanwhile had other moments than were planned."""
    first, last = life.at(since), life.at(until)
    if first is None or last is None or last.hours.digest != "daily":
        return False
    same = first.hours.zone == last.hours.zone and first.hours.settings == last.hours.settings
    return same and last.active and not last.silent


def _allowed(life: Life, told: datetime, limit: datetime) -> bool:
    """Say whether there was a digest in time, or an hour on a working day to come on its own."""
    if any(True for _ in life.digests(told + STEP, limit)):
        return True
    begun, at = None, _next_half_hour(told)
    while at <= limit:
        standing = life.at(at)
        free = standing is None or standing.hours.is_free(standing.hours.local(at).date())
        if life.hears(at) and not free:
            begun = begun or at
            if at - begun >= STRETCH:
                return True
        else:
            begun = None
        at = _next_half_hour(at)
    return False


def digests_late(life: Life) -> Iterator[float]:
    """Give by how many seconds each digest came after its moment, while the bot was up."""
    for entry in life.entries:
        if entry.get("received") and entry["kind"] == "digest":
            at = moment(entry["at"])
            standing = life.at(at)
            if standing is not None:
                planned = standing.hours.digest_moment(standing.hours.local(at).date())
                ups = [up for down, up in life.downs if down <= at and planned < up]
                yield max(0.0, (at - max([planned, *ups])).total_seconds())
