"""One entry of a contact's story: chosen from a menu, then corrected, deleted or brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from slack_sdk.models.blocks import Option, OptionGroup, StaticSelectElement

from handlers.views.contact_cards import ContactShown, headline
from handlers.views.elements import button, plain, row
from handlers.views.home import DEBRIEF
from handlers.views.reading import as_id
from handlers.views.screen import Message, message
from handlers.views.words import Line, cut, fallback, full_date, rich

CHOSEN, CORRECT, DELETE, UNDO = "entry_chosen", "entry_correct", "entry_delete", "entry_undo"

# Slack takes so many options in a group, and so many characters in each.
_MOST, _LONGEST_LABEL = 100, 75
_IN_THE_CALENDAR = "A file in our DM takes it out of your calendar, too."


class EntryKind(StrEnum):
    """What an entry is."""

    TOUCH = "touch"
    TALK = "talk"
    PROMISE = "promise"
    BELIEF = "belief"


_GROUPS = {
    EntryKind.TOUCH: "What passed",
    EntryKind.TALK: "Talks",
    EntryKind.PROMISE: "Promises",
    EntryKind.BELIEF: "What you believed",
}


@dataclass(frozen=True)
class Entry:
    """An entry in a few words; `on` is its local date, if it has one.

    `held` says of a talk that it took place. `can_correct` is false for what the bot says by
    itself: it can only go.
    """

    kind: EntryKind
    row_id: int
    what: str
    on: date | None = None
    can_correct: bool = True
    held: bool = False

    @property
    def value(self) -> str:
        """Name the entry in a button: a claim, checked where it is used."""
        return f"{self.kind}:{self.row_id}"


def read_value(value: str | None) -> tuple[EntryKind, int]:
    """Read which entry a button or a form is about; what names none names one that is not there."""
    kind, _, number = (value or "").partition(":")
    known = kind in set(EntryKind)
    return (EntryKind(kind), as_id(number) or 0) if known else (EntryKind.TOUCH, 0)


def entry_menu(entries: Sequence[Entry]) -> StaticSelectElement:
    """The menu of all entries of a story, by what they are."""
    groups = []
    for kind, label in _GROUPS.items():
        options = [
            Option(text=plain(cut(_in_short(entry), _LONGEST_LABEL)), value=entry.value)
            for entry in entries
            if entry.kind == kind
        ]
        if options:
            groups.append(OptionGroup(label=plain(label), options=options[:_MOST]))
    return StaticSelectElement(
        action_id=CHOSEN, placeholder=plain("Correct an entry …"), option_groups=groups
    )


def entry_shown(entry: Entry, contact: ContactShown) -> Message:
    """One entry with what can be done about it."""
    return _with_both("", entry, contact)


def entry_corrected(entry: Entry, contact: ContactShown) -> Message:
    """The line after an entry was corrected: what it says now, and where the contact stands."""
    return _with_both("Corrected. ", entry, contact)


def entry_is_back(entry: Entry, contact: ContactShown) -> Message:
    """The line after a deleted entry was brought back."""
    return _with_both("It is back. ", entry, contact)


def entry_deleted(entry: Entry, contact: ContactShown, *, in_calendar: bool = False) -> Message:
    """The line after an entry was deleted, with the way back."""
    lines: list[Line] = [[f"Deleted: {_in_short(entry)}."], headline(contact)]
    if in_calendar:
        lines.append([_IN_THE_CALENDAR])
    text = "\n".join(map(fallback, lines))
    return message(text, rich(*lines), row(button("Undo", UNDO, entry.value)))


def _with_both(said: str, entry: Entry, contact: ContactShown) -> Message:
    lines: list[Line] = [[f"{said}{_in_short(entry)}"], headline(contact)]
    correct = [button("Correct", CORRECT, entry.value)] if entry.can_correct else []
    notes = [button("Open my notes", DEBRIEF, entry.row_id)] if entry.held else []
    buttons = row(*correct, *notes, button("Delete", DELETE, entry.value))
    return message("\n".join(map(fallback, lines)), rich(*lines), buttons)


def _in_short(entry: Entry) -> str:
    on = f"{full_date(entry.on)} · " if entry.on else ""
    return f"{on}{cut(entry.what, 300)}"
