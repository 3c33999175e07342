"""Step 4 and 10 of the practice: wait politely, follow up, let it rest, keep in touch."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from simulation.checker.dues import Due
from simulation.checker.hours import DAY, Hours
from simulation.checker.in_touch import unprompted, year_is_full
from simulation.checker.life import Life
from simulation.checker.stories import (
    CLOSED,
    TOLD,
    TOUCHES,
    Act,
    Story,
    acts_of,
    earliest,
)

MESSAGES = ("asked", "follow_up")
ANSWERS = ("replied", "scheduled", "moved", "took_place", "debriefed", "not_now")
# All that ends the wait for an answer; a new message begins another.
END_OF_WAIT = (*MESSAGES, *CLOSED, *ANSWERS, "rested")
BACK = ("asked", "replied", "scheduled", "took_place")
CEILING = 3


def owed_while_waiting(life: Life, stories: dict[str, Story]) -> Iterator[Due]:
    """After 3 business days another person there, after 7 the follow-up, then it rests."""
    for story, act in acts_of(stories, *MESSAGES):
        standing = life.at(act.at)
        if standing is None or story.has_talk_ahead(act.place):
            continue
        hours, over = standing.hours, story.first(act.place, *END_OF_WAIT)
        number = hours.settings["follow_up_business_days"]
        since = business_days_after(hours, act.at, number)
        may = min(hours.settings["follow_ups"], CEILING)
        kind = "follow_up" if _follow_ups(story, act) < may else "rests"
        yield Due((kind,), story.name, since, act.at, over, hours_since=act.at)
        if act.did == "asked" and story.company:
            yield from _other_person(story, act, hours, earliest(over, since), stories)
    yield from _back_from_not_now(life, stories)


def _other_person(
    story: Story, act: Act, hours: Hours, over: datetime | None, stories: dict[str, Story]
) -> Iterator[Due]:
    """Whoever has turned to somebody else at that company needs no such word."""
    there = [s for s in stories.values() if s is not story and s.company == story.company]
    if any(other.has_talk_ahead(act.place) for other in there):
        return
    others = [other.first(act.place, "asked", "scheduled", "took_place") for other in there]
    since = business_days_after(hours, act.at, hours.settings["other_person_business_days"])
    over = earliest(over, *others)
    yield Due(("other_person",), story.name, since, act.at, over, hours_since=act.at)


def _back_from_not_now(life: Life, stories: dict[str, Story]) -> Iterator[Due]:
    """Who said "not now" comes back on the date that was noted."""
    for story, act in acts_of(stories, "not_now"):
        standing = life.at(act.at)
        if standing is not None:
            since = midnight(standing.hours, date.fromisoformat(act.entry["until"]))
            over = story.first(act.place)
            yield Due(("not_now_is_over",), story.name, since, act.at, over, hours_since=act.at)


def owed_in_touch(life: Life, stories: dict[str, Story]) -> Iterator[Due]:
    """So many days after the last touch with somebody whom the member talked with.

    Not where there were three in the year before: what waits for that year's end is not judged.
    """
    came = unprompted(life)
    for story in stories.values():
        talked, waits, not_now, touched = False, False, False, None
        for number, act in enumerate(story.acts):
            talked = talked or act.did in TOLD
            waits = act.did in MESSAGES or (waits and act.did not in END_OF_WAIT)
            # Who said "not now" is left in peace until their date, whatever passes meanwhile.
            not_now = act.did == "not_now" or (not_now and act.did not in BACK)
            touched = act.at if act.did in TOUCHES else touched
            if not talked or waits or not_now or touched is None or story.has_talk_ahead(act.place):
                continue
            # Whatever was done about them may have been a touch: the later one counts.
            following = story.acts[number + 1].at if number + 1 < len(story.acts) else None
            standing = life.at(act.at)
            days = standing.hours.settings["in_touch_days"] if standing is not None else 0
            if days:
                since = act.at + timedelta(days=days)
                over = earliest(following, story.closed_at)
                if year_is_full(came.get(story.name, ()), since):
                    continue
                yield Due(("keep_in_touch",), story.name, since, touched, over, hours_since=act.at)


def _follow_ups(story: Story, last: Act) -> int:
    """Count the messages that found no answer after the first, with the last one itself."""
    count = 0
    for act in story.acts:
        if act.place > last.place:
            break
        if act.did in MESSAGES:
            count += 1
        elif act.did in ANSWERS:
            count = 0
    return max(count - 1, int(last.did == "follow_up"))


def business_days_after(hours: Hours, sent: datetime, number: int) -> datetime:
    """Give the midnight that begins that business day; after noon counts from the next one."""
    local = hours.local(sent)
    day = local.date()
    left = number
    if hours.is_free(day) or local.time() > time(12):
        left += 1
    while left:
        day += DAY
        left -= not hours.is_free(day)
    return midnight(hours, day)


def midnight(hours: Hours, day: date) -> datetime:
    """Give the moment at which a local day begins."""
    return datetime.combine(day, time(0), tzinfo=hours.zone)
