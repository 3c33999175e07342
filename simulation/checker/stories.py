"""What a member did about each contact, in its order, so that a rule can ask what came when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from simulation.checker.life import Entry, Life, began, moment

# After these nothing about a contact is judged: nobody wants to hear of them, or nobody knows.
CLOSED = ("stopped", "declined", "unsure")
# What passed between the member and the contact, in either direction.
TOUCHES = ("asked", "replied", "follow_up", "thanked", "updated", "took_place", "debriefed")
TOLD = ("debriefed", "took_place")
ENDINGS = ("debriefed", "called_off", "no_show", "moved")


@dataclass(frozen=True)
class Act:
    """One thing that a member did about a contact.

    `place` orders acts: all of one sitting bear the same moment.
    """

    place: int
    at: datetime
    did: str
    entry: Entry


@dataclass(frozen=True)
class Planned:
    """A talk as it was written down: when that was, and when it begins.

    `began_at` is when it was to begin before it moved; None for one that did not.
    """

    id: str
    place: int
    logged_at: datetime
    starts_at: datetime
    began_at: datetime | None


@dataclass
class Story:
    """All that a member did about one contact."""

    name: str
    acts: list[Act] = field(default_factory=list)

    def first(self, after: int, *what: str, interview: str = "") -> datetime | None:
        """Give when the first of these was done after a place; any act if none is named."""
        return next(
            (
                act.at
                for act in self.acts
                if act.place > after
                and (not what or act.did in what)
                and (not interview or act.entry.get("interview") == interview)
            ),
            None,
        )

    @property
    def company(self) -> str:
        """Where they work; empty if that is not known."""
        return next((a.entry.get("company") or "" for a in self.acts if a.did == "contact"), "")

    @property
    def introducer(self) -> str | None:
        """Who led to them, if anybody."""
        found = (a.entry.get("introduced_by") for a in self.acts if a.did == "contact")
        return next(found, None)

    @cached_property
    def closed_at(self) -> datetime | None:
        """Since when nothing about them is judged."""
        return next((act.at for act in self.acts if act.did in CLOSED), None)

    @cached_property
    def planned(self) -> Sequence[Planned]:
        """Every talk that was planned with them, one that moved once for each time."""
        found = []
        for act in self.acts:
            if act.did in ("scheduled", "moved"):
                id_ = act.entry.get("to") or act.entry["interview"]
                starts_at = moment(act.entry["start"])
                began_at = began(act.entry["interview"]) if act.did == "moved" else None
                found.append(Planned(id_, act.place, act.at, starts_at, began_at))
        return found

    def has_talk_ahead(self, place: int) -> bool:
        """Say whether a talk was planned of which nobody had said what became of it by then."""
        ahead: set[str] = set()
        for act in self.acts:
            if act.place > place:
                break
            if act.did in ("scheduled", "moved"):
                ahead.add(act.entry.get("to") or act.entry["interview"])
            if act.did in ENDINGS:
                ahead.discard(act.entry["interview"])
        return bool(ahead)


def stories_of(life: Life) -> dict[str, Story]:
    """Give the story of every contact, by name."""
    stories: dict[str, Story] = {}
    for place, entry in enumerate(life.entries):
        name = entry.get("contact")
        if name is not None and entry.get("did") is not None:
            story = stories.setdefault(name, Story(name))
            story.acts.append(Act(place, moment(entry["at"]), entry["did"], entry))
    return stories


Received = tuple[datetime, Entry]


def received_of(life: Life) -> dict[str, list[Received]]:
    """Give every nudge with the moment at which it came, by its kind."""
    found: dict[str, list[Received]] = defaultdict(list)
    for entry in life.entries:
        for item in entry.get("items", ()):
            found[item["kind"]].append((moment(entry["at"]), item))
    return found


def earliest(*moments: datetime | None) -> datetime | None:
    """Give the first of some moments, of which some may not be."""
    return min((at for at in moments if at is not None), default=None)


def acts_of(stories: dict[str, Story], *what: str) -> Iterator[tuple[Story, Act]]:
    """Give every act of these kinds with the contact whom it is about."""
    for story in stories.values():
        for act in story.acts:
            if act.did in what:
                yield story, act
