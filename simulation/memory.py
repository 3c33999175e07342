"""What a made-up member knows of their own contacts, talks and plans."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from simulation.reception import Item, interview_id


@dataclass(eq=False)
class Talk:
    """A talk that is ahead or over; `open` until the member said what became of it."""

    contact: str
    starts_at: datetime
    minutes: int
    open: bool = True
    took_place: bool = False
    thanked: bool = False

    @property
    def ends_at(self) -> datetime:
        """When it should be over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def id(self) -> str:
        """Its id in the journal."""
        return interview_id(self.contact, self.starts_at) or ""


@dataclass(eq=False)
class Contact:
    """Somebody on a member's list."""

    name: str
    company: str = ""
    introduced_by: str | None = None
    asked: bool = False
    waiting: bool = False
    declined: bool = False
    stopped: bool = False
    talks: list[Talk] = field(default_factory=list)

    def has_talk_at(self, moment: datetime) -> bool:
        """Say whether a talk with them begins then: nobody logs one talk twice."""
        return any(talk.starts_at == moment for talk in self.talks)

    @property
    def free(self) -> bool:
        """Whether a talk can be asked for or planned."""
        return not self.declined and not any(talk.open for talk in self.talks)


@dataclass
class Promise:
    """What a member promised to a contact, by when; local dates."""

    contact: str
    what: str
    due: date


@dataclass
class Memory:
    """One member's contacts by name, and the nudges in their DM that may still be answered.

    `promises` are those that were not kept yet, by what was promised.
    """

    contacts: dict[str, Contact] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    inbox: list[Item] = field(default_factory=list)

    def talk_of(self, item: Item) -> Talk | None:
        """Give the talk that a nudge is about."""
        contact = self.contacts.get(item.contact or "")
        talks = contact.talks if contact else []
        return next((talk for talk in talks if talk.id == item.interview), None)
