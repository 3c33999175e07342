"""Joining two contacts that are the same person: the form, drawn and read here, and its answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from handlers.views import reading
from handlers.views.contact_form import contact_search
from handlers.views.elements import ask, button, plain, row, small
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors
from handlers.views.screen import Message, buttons_read, message, one_line
from handlers.views.words import (
    MOST_TEXT,
    Bold,
    Line,
    counted,
    cut,
    fallback,
    listed,
    rich,
    shortened,
)

CALLBACK_ID = "merge_form"
# The type-ahead of this form: what is chosen in it is shown at once.
CHOSEN = "merge_chosen"
UNDO, JOIN = "merge_undo", "merge_join"

OTHER = "other"
_LABELS = {
    "company": "company",
    "title": "title",
    "path": "path",
    "vantage": "what they are to you",
    "how_found": "how you found them",
    "introduced_by": "who introduced them",
    "profile_url": "profile link",
    "email": "e-mail",
}


@dataclass(frozen=True)
class JoiningShown:
    """What joining somebody in would bring: fields by name, words for the note, how much passed."""

    name: str
    filled: Sequence[str] = ()
    note: str = ""
    touches: int = 0
    talks: int = 0


def merge_form(
    name: str,
    carried: Carried,
    *,
    chosen: Option | None = None,
    joining: JoiningShown | None = None,
) -> View:
    """Draw the form for the contact of that name, who stays; `joining` shows who was chosen."""
    stays: Line = [Bold(cut(name, 200)), " stays on your list, with all that you have on both."]
    blocks: list[Block] = [
        rich(stays),
        ask(
            "Who is the same person?",
            OTHER,
            contact_search(chosen, action_id=CHOSEN),
            optional=False,
            dispatch_action=True,
        ),
    ]
    if joining is not None:
        blocks.append(rich(*_brought(joining)))
    blocks.append(small("Nothing is lost, and you can undo it."))
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("The same person"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=blocks,
    )


def read_merge_form(view: reading.View, contact_id: int) -> int:
    """Read who the contact is the same as; raises FormErrors for nobody and for themselves."""
    other_id = reading.chosen_id(view, OTHER)
    if other_id is None:
        raise FormErrors({OTHER: "Choose somebody on your list, by name or company"})
    if other_id == contact_id:
        raise FormErrors({OTHER: "This is the very same entry; choose the other one of the two"})
    return other_id


def joined(merge_id: int, kept: str, other: str) -> Message:
    """The line after two were joined, with the way back."""
    line: Line = [Bold(other), " and ", Bold(kept), " are one now. Nothing is lost."]
    return message(fallback(line), rich(line), row(button("Undo", UNDO, merge_id)))


def same_as(said: Message, kept_id: int, other_id: int, kept: str) -> Message:
    """A message about somebody with the question below it whether they are another one."""
    line: Line = ["Is this the same person as ", Bold(cut(kept, 200)), "?"]
    button_row = row(button("Join the two …", JOIN, f"{kept_id}:{other_id}"))
    text = shortened(said.text, MOST_TEXT - 400) + f"\n{fallback(line)} {buttons_read(button_row)}"
    return Message(text=text, blocks=[*said.blocks, rich(line), button_row])


def parted(kept: str, other: str) -> Message:
    """The line after they were parted again."""
    line: Line = [Bold(other), " and ", Bold(kept), " are two again, as before."]
    return one_line(line, ["What you wrote meanwhile stays with ", Bold(kept), "."])


def parted_already(kept: str, other: str) -> Message:
    """The line for an undo that was pressed before."""
    return one_line([Bold(other), " and ", Bold(kept), " are two already; nothing to undo."])


def undo_first(first_id: int, kept: str, into: str) -> Message:
    """The line for an undo that has to wait for a later one's."""
    line: Line = [Bold(kept), " has become one with ", Bold(into), " since. Undo that first?"]
    return message(fallback(line), rich(line), row(button("Undo that", UNDO, first_id)))


def _brought(joining: JoiningShown) -> list[Line]:
    passed = [
        counted(joining.touches, "thing that passed", "things that passed"),
        counted(joining.talks, "talk", "talks"),
    ]
    lines: list[Line] = [["From ", Bold(cut(joining.name, 200)), ": ", " and ".join(passed)]]
    if joining.filled:
        lines.append([Bold("Filled in: "), listed([_LABELS[f] for f in joining.filled], most=8)])
    if joining.note:
        lines.append([Bold("Goes into the note: "), cut(joining.note, 1000)])
    return lines
