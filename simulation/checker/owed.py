"""What members were owed, kind by kind, and how late the rest was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from simulation.checker.after import owed_later, owed_promises, owed_to_introducers
from simulation.checker.ahead import owed_before_talks, owed_weekly
from simulation.checker.dues import Court, Due, next_quarter, within_reach
from simulation.checker.life import Entry, Life, moment
from simulation.checker.received import Violation
from simulation.checker.stories import Story, earliest, stories_of
from simulation.checker.talks import Told, talks_of
from simulation.checker.waiting import owed_in_touch, owed_while_waiting

STEP = timedelta(minutes=30)
# An old question makes no sense any more.
OLD_NEWS = timedelta(days=7)
BETWEEN = timedelta(hours=12)
# Who could not be reached for so long after a talk may be asked the second question at once.
STILL_FRESH = timedelta(hours=4)
# Digests that may pass before the second question counts as missing: there may be a backlog.
DIGESTS = 3
LATE = timedelta(hours=2)
STRETCH = timedelta(hours=1)


@dataclass
class Owed:
    """What one member was owed, what is missing, and how late the rest was, in seconds."""

    due: int
    missing: list[Violation]
    lateness: list[float]


def owed_to(life: Life, until: datetime) -> Owed:
    """Judge all that fell due before the log's end."""
    owed, court, stories = Owed(0, [], []), Court(life, until), stories_of(life)
    for talk in talks_of(life.entries):
        got = [(moment(e["at"]), i["kind"]) for e, i in _items(life) if i["interview"] == talk.id]
        _question(life, talk, got, until, owed)
        _second(life, talk, got, until, owed)
        in_time = _thank_you(life, talk, got, until, owed)
        for due in _thanks(life, talk, got, in_time):
            court.judge(due)
    for dues in (
        owed_while_waiting(life, stories),
        owed_in_touch(life, stories),
        owed_before_talks(court, stories),
        owed_promises(life, stories),
        owed_to_introducers(stories),
        owed_later(court, stories),
        owed_weekly(court, stories),
    ):
        for due in dues:
            court.judge(_unless_closed(due, stories))
    owed.due += court.due
    owed.missing += court.missing
    owed.lateness += digests_late(life)
    return owed


def _unless_closed(due: Due, stories: Mapping[str, Story]) -> Due:
    """Nothing is owed about somebody to be left alone, whatever is done about them afterwards."""
    story = stories.get(due.contact or "")
    return replace(due, over=earliest(due.over, story.closed_at)) if story is not None else due


def _items(life: Life) -> Iterator[tuple[Entry, Entry]]:
    for entry in life.entries:
        for item in entry.get("items", ()):
            yield entry, item


def _question(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> None:
    """Half an hour after a planned talk, or as set, the bot asks whether it took place."""
    due = talk.ends_at + timedelta(minutes=life.number("debrief_minutes", talk.ends_at))
    if talk.told_at == talk.logged_at or talk.logged_at > due or talk.over_before(due):
        return
    reached = within_reach(life, due, min(due + OLD_NEWS, until))
    if reached is None:
        return
    first, sure = reached
    asked = [at for at, kind in got if kind == "did_it_take_place"]
    if asked:
        owed.due += 1
        if life.steady(talk.ends_at, first) is not None:
            owed.lateness.append(max(0.0, (min(asked) - first).total_seconds()))
        return
    if talk.over_before(sure) or not life.wants("did_it_take_place", due, sure):
        return
    # The bot was away when the first question was due: the second one stands in for it.
    second = [at for at, kind in got if kind == "ask_again_how_it_went"]
    opportunities = life.digests(sure, until)[:DIGESTS]
    excused = first > due + STILL_FRESH
    if excused and (second or len(opportunities) < DIGESTS or talk.over_before(opportunities[-1])):
        return
    owed.due += 1
    why = f"no did_it_take_place about {talk.id}: due {due}, within reach from {first}"
    owed.missing.append(Violation("lost", life.member, due.isoformat(), why))


def _second(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> None:
    """What stayed without an answer, or without notes, is asked about once more."""
    if talk.put_off & {"did_it_take_place", "ask_again_how_it_went", "debrief_missing"}:
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
    opportunities = life.digests(since + BETWEEN, min(since + OLD_NEWS, until))[:DIGESTS]
    if len(opportunities) < DIGESTS:
        return
    by = opportunities[-1] + LATE
    ends = (over, talk.left_alone_at)
    if by > until or any(end is not None and end <= by for end in ends):
        return
    if not life.wants(kind, since, by):
        return
    owed.due += 1
    if not any(what == kind and at <= by for at, what in got):
        why = f"no {kind} about {talk.id} by {by}"
        owed.missing.append(Violation("debrief_missing", life.member, by.isoformat(), why))


def _thank_you(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], until: datetime, owed: Owed
) -> bool:
    """Within 24 hours of a talk that was told about in good time, or as set, comes a nudge.

    Says whether that was judged.
    """
    told, put_off = talk.told_at, "thank_you" in talk.put_off
    if told is None:
        return False
    hours = timedelta(hours=life.number("thank_you_hours", told))
    limit = talk.ends_at + hours
    # It is judged when the talk was told of in the first half of them.
    if told > limit - hours / 2 or limit + LATE > until or put_off:
        return False
    ends = (talk.thanked_at, talk.left_alone_at)
    if any(end is not None and end <= limit + LATE for end in ends):
        return False
    if not (_same_hours(life, told, limit) and _allowed(life, told, limit)):
        return False
    if not life.wants("thank_you", told, limit) or life.was_down(told, limit):
        return False
    owed.due += 1
    if not any(kind == "thank_you" and at <= limit + LATE for at, kind in got):
        why = f"no thank_you about {talk.id} by {limit}, told {told}"
        owed.missing.append(Violation("thank_you_late", life.member, limit.isoformat(), why))
    return True


def _thanks(
    life: Life, talk: Told, got: Sequence[tuple[datetime, str]], in_time: bool
) -> Iterator[Due]:
    """Where it could not come in time it still comes; and after 48 hours, or as set, once more.

    Not to whom no digest could reach before the talk was old news, as in a pause after days without
    the bot: then a thank-you would only puzzle.
    """
    told, over = talk.told_at, earliest(talk.thanked_at, talk.left_alone_at)
    if told is None or "thank_you" in talk.put_off:
        return
    if told > talk.ends_at + timedelta(hours=life.number("thank_you_hours", told)):
        return
    due = partial(Due, contact=talk.contact, interview=talk.id, over=over)
    reached = life.digests(told, talk.ends_at + OLD_NEWS)
    if not in_time and reached:
        yield due(("thank_you", "thank_you_again"), since=told, known=talk.ends_at)
    first = min((at for at, kind in got if kind == "thank_you"), default=None)
    if first is not None:
        again = timedelta(hours=life.number("thank_you_again_hours", first))
        since = max(talk.ends_at + again, first + BETWEEN)
        yield due(("thank_you_again",), since=since, known=first, hours_since=first)


def _same_hours(life: Life, since: datetime, until: datetime) -> bool:
    """Whoever travelled or changed their hours meanwhile had other moments than were planned."""
    first, last = life.at(since), life.at(until)
    if first is None or last is None or last.hours.digest != "daily":
        return False
    same = first.hours.zone == last.hours.zone and first.hours.settings == last.hours.settings
    return same and last.active and not last.silent


def _allowed(life: Life, told: datetime, limit: datetime) -> bool:
    """Say whether there was a digest in time, or an hour on a working day to come on its own."""
    if life.digests(told + STEP, limit):
        return True
    begun, at = None, next_quarter(told)
    while at <= limit:
        standing = life.at(at)
        free = standing is None or standing.hours.is_free(standing.hours.local(at).date())
        if life.hears(at) and not free:
            begun = begun or at
            if at - begun >= STRETCH:
                return True
        else:
            begun = None
        at = next_quarter(at)
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
