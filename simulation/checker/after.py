"""Steps 8 and 9 of the practice, after a talk, and what a member has put off until later."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from simulation.checker.dues import Court, Due
from simulation.checker.life import Entry, Life, began, moment
from simulation.checker.stories import (
    TOLD,
    TOUCHES,
    Act,
    Story,
    acts_of,
    earliest,
)
from simulation.checker.waiting import midnight

# Who chose a moment of the day in words may have meant one some hours later.
IN_WORDS, AN_HOUR = timedelta(hours=6), timedelta(hours=1)
# What is said before a talk need not come back after it; that a thread rests is settled by being
# said.
NOT_LATER = ("talk_soon", "brief", "unprepared", "rests")
STANDS_IN = {"thank_you": "thank_you_again", "did_it_take_place": "ask_again_how_it_went"}
# A talk that is long over needs no such word any more: to be away for so long settles it.
OLD_NEWS = timedelta(days=7)
TALKS_NEWS = (*STANDS_IN, *STANDS_IN.values())


def owed_promises(life: Life, stories: dict[str, Story]) -> Iterator[Due]:
    """Mine on their date, also a new one; theirs after some days; an update when I kept mine."""
    for story, act in acts_of(stories, "promise", "redated", "their_promise"):
        standing = life.at(act.at)
        if standing is None:
            continue
        says = _says(act.entry["promise"])
        kept = [a.at for a in story.acts if a.did in ("kept", "they_kept") and says(a.entry)]
        redated = (a for a in story.acts if a.did == "redated" and a.place > act.place)
        again = [a.at for a in redated if a.entry["promise"] == act.entry["promise"]]
        over = earliest(*kept, *again, story.closed_at)
        if act.did != "their_promise":
            on_its_date = midnight(standing.hours, date.fromisoformat(act.entry["due"]))
            since, kind = max(act.at, on_its_date), "my_promise"
        else:
            days = standing.hours.settings["their_promise_days"]
            since, kind = act.at + timedelta(days=days), "their_promise"
            since, over = _once_they_heard(since, over, story, stories)
        yield Due((kind,), story.name, since, act.at, over, hours_since=act.at, says=says)
    for story, act in acts_of(stories, "kept"):
        # Any word to them since then may have told them, and another promise kept comes with it.
        over = earliest(story.first(act.place, *TOUCHES, "kept"), story.closed_at)
        if any(other.did == "updated" and other.at == act.at for other in story.acts):
            continue  # told in the same breath: which came first nobody can say
        yield Due(("progress_update",), story.name, act.at, act.at, over)


def _says(promise: str) -> Callable[[Entry], bool]:
    pattern = re.compile(re.escape(promise) + r"(?!\d)")
    return lambda item: pattern.search(item.get("text", "")) is not None


def owed_to_introducers(stories: dict[str, Story]) -> Iterator[Due]:
    """After the first talk with somebody who was introduced: tell who introduced them."""
    for story in stories.values():
        introducer = stories.get(story.introducer or "")
        talk = next((act for act in story.acts if act.did in TOLD), None)
        if introducer is None or talk is None:
            continue
        # Any word to them since it began may have told them.
        start = began(talk.entry["interview"])
        touches = (act.at for act in introducer.acts if act.did in TOUCHES and act.at >= start)
        heard = next(touches, None)
        over = earliest(heard, introducer.closed_at, story.closed_at)
        yield Due(("tell_introducer",), introducer.name, talk.at, talk.at, over)


def _once_they_heard(
    since: datetime, over: datetime | None, introducer: Story, stories: dict[str, Story]
) -> tuple[datetime, datetime | None]:
    """Leave out when the introducer has not heard of a talk: nothing is asked of them then."""
    for at, heard in sorted(_news_for(introducer, stories), key=lambda news: news[0]):
        if at > since:
            return since, earliest(over, at)
        if heard is None:
            return since, since
        since = max(since, heard)
    return since, over


def _news_for(
    introducer: Story, stories: dict[str, Story]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Give each talk to which they led: when it was told, and when they heard of it."""
    for story in stories.values():
        for act in story.acts if story.introducer == introducer.name else ():
            if act.did in TOLD:
                start = began(act.entry["interview"])
                yield act.at, next((a.at for a in introducer.acts if _told_of(start, a)), None)


def _told_of(start: datetime, act: Act) -> bool:
    """Say whether somebody surely heard of a talk: by a word to them, or by meeting them since.

    To write up an older talk with them is neither.
    """
    if act.did in TOLD:
        return began(act.entry["interview"]) >= start
    return act.did in ("thanked", "updated") and act.at >= start


def owed_later(court: Court, stories: dict[str, Story]) -> Iterator[Due]:
    """What was put off comes back, unless anything was done about that contact meanwhile.

    Nor does a question about an answer, once it was said that the thread rests.
    """
    for story, act in acts_of(stories, "snoozed"):
        kind = act.entry["kind"]
        if kind in NOT_LATER:
            continue
        kinds = (kind, STANDS_IN[kind]) if kind in STANDS_IN else (kind,)
        over = story.first(act.place)
        if kind == "other_person":
            # Whoever turned to somebody else there has heeded it.
            there = [other for other in stories.values() if other.company == story.company]
            turned = (other.first(act.place, "asked", "scheduled", "took_place") for other in there)
            over = earliest(over, *turned)
        if kind in ("other_person", "follow_up"):
            rests = court.received.get("rests", ())
            over = earliest(over, *(at for at, i in rests if at > act.at and _is_about(i, story)))
        standing, until = court.life.at(act.at), moment(act.entry["until"])
        # What was to come in an hour of the night comes with a digest.
        # (An hour later is the least that "this afternoon" may mean late in the evening.)
        at_night = standing is not None and any(
            standing.hours.is_quiet(each) for each in (until, until + AN_HOUR)
        )
        alone = act.entry.get("alone", False) and not at_night
        if kind == "their_promise":
            # All of one sitting bear the same moment.
            news = (at for at, _ in _news_for(story, stories) if at >= act.at)
            over = earliest(over, *news)
        if kind in TALKS_NEWS:
            over = earliest(over, until + OLD_NEWS)
        yield Due(
            kinds,
            story.name,
            until + (IN_WORDS if alone else timedelta(0)),
            act.at,
            over,
            alone=alone,
            # Whoever changes their hours in the same sitting had chosen by the old ones.
            hours_since=act.at - timedelta(seconds=1),
            interview=act.entry.get("interview"),
            says=_says(act.entry["text"]) if "promise" in kind else lambda item: True,
        )


def _is_about(item: Entry, story: Story) -> bool:
    return bool(item.get("contact") == story.name)
