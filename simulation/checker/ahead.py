"""Step 5 of the practice, and the week: before a talk, and when the week is looked back on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from simulation.checker.dues import KNOWN_BEFORE, Court, Due
from simulation.checker.hours import DAY, Hours
from simulation.checker.life import Life
from simulation.checker.received import MOST_LATE
from simulation.checker.stories import ENDINGS, Planned, Story, earliest


def owed_before_talks(court: Court, stories: dict[str, Story]) -> Iterator[Due]:
    """The nudge to prepare, the brief the day before, and a word shortly before."""
    life = court.life
    for story in stories.values():
        for talk in story.planned:
            over = story.first(talk.place, *ENDINGS, interview=talk.id)
            over = earliest(over, story.closed_at)
            standing = life.at(talk.logged_at)
            if standing is None:
                continue
            yield from _shortly_before(life, standing.hours, story, talk, over)
            yield from _the_day_before(court, standing.hours, story, talk, over)
            if not _was_settled_before(story, talk):
                yield from _unprepared(court, standing.hours, story, talk, over)


def _shortly_before(
    life: Life, hours: Hours, story: Story, talk: Planned, over: datetime | None
) -> Iterator[Due]:
    start = talk.starts_at
    due = start - timedelta(minutes=hours.number("talk_soon_minutes"))
    if talk.logged_at < due and life.hears(due) and life.hears(start):
        yield Due(
            ("talk_soon",),
            story.name,
            due,
            talk.logged_at,
            over,
            by=start,
            hours_since=talk.logged_at,
            interview=talk.id,
        )


def _the_day_before(
    court: Court, hours: Hours, story: Story, talk: Planned, over: datetime | None
) -> Iterator[Due]:
    """Where the day before has no digest, nobody can say with which one it should come."""
    day = hours.local(talk.starts_at).date() - DAY
    digest = hours.digest_moment(day)
    if digest not in court.chances(talk.logged_at + KNOWN_BEFORE, talk.starts_at - MOST_LATE):
        return
    yield Due(
        ("brief",),
        story.name,
        digest,
        talk.logged_at,
        over,
        by=digest + MOST_LATE,
        hours_since=talk.logged_at,
        interview=talk.id,
    )


def _was_settled_before(story: Story, talk: Planned) -> bool:
    """Say whether a talk that moved was prepared before, or keeps its day: then all was said."""
    if talk.began_at is None:
        return False
    was_prepared = any(act.did == "prepared" and act.place < talk.place for act in story.acts)
    return was_prepared or abs(talk.starts_at - talk.began_at) < DAY


def _unprepared(
    court: Court, hours: Hours, story: Story, talk: Planned, over: datetime | None
) -> Iterator[Due]:
    """A brief that comes as early says the same and more."""
    days = hours.number("unprepared_days")
    since = max(talk.logged_at + KNOWN_BEFORE, talk.starts_at - timedelta(days=days))
    chances = court.chances(since, talk.starts_at - MOST_LATE)
    two_days_before = hours.local(talk.starts_at).date() - 2 * DAY
    if not chances or hours.local(chances[0]).date() > two_days_before:
        return
    prepared = story.first(talk.place, "prepared", interview=talk.id)
    yield Due(
        ("unprepared", "brief"),
        story.name,
        chances[0],
        talk.logged_at,
        earliest(over, prepared),
        by=talk.starts_at,
        hours_since=talk.logged_at,
        interview=talk.id,
    )


def owed_weekly(court: Court, stories: dict[str, Story]) -> Iterator[Due]:
    """A look back on the review day, with that day's digest, for whoever has contacts."""
    life, begun = court.life, [story.acts[0].at for story in stories.values()]
    if not begun:
        return
    for digest in court.chances(min(begun) + KNOWN_BEFORE, court.until):
        # One that a holiday had pushed into this week is this week's.
        week_ago, known = digest - 7 * DAY, digest - 6 * DAY
        hours = life.steady(week_ago, digest)
        if hours is None or hours.local(digest).isoweekday() != hours.settings["review_day"]:
            continue
        if hours.is_free(hours.local(week_ago).date()):
            # Last week's was to come in this week: this week's may be left out.
            continue
        by = digest + MOST_LATE
        yield Due(("weekly_review",), None, digest, known, by=by, hours_since=week_ago)
