"""The dream talk: named in a contact's story, with one line in Home."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from domain.vocabulary import Stage
from handlers.views.contact_cards import (
    DRAFT,
    LOG_TALK,
    STORY,
    WRITE_TOUCH,
    ContactShown,
    contact_card,
)
from handlers.views.elements import button, row
from handlers.views.screen import Message, message
from handlers.views.words import Bold, Line, fallback, rich

NAME_DREAM = "dream_name"
TAKE_BACK = "dream_take_back"

_FIRST = " Best asked after a few practice talks."
_TO_ASK = (Stage.IDENTIFIED, Stage.RESEARCHED)
# What is said of them in Home by where they stand, and the button for the next step. Once the talk
# is planned it stands among the next talks; and of who said no there is nothing to dream.
_STEPS: Mapping[Stage, tuple[str, str, str]] = {
    Stage.ASKED: (" You asked; now it is theirs to answer.", "Write a touch", WRITE_TOUCH),
    Stage.REPLIED: (" They answered. Find a time.", "Log a talk", LOG_TALK),
}


@dataclass(frozen=True)
class DreamShown:
    """Who the dream talk is with; `practised` says that there were a few talks with others."""

    contact_id: int
    name: str
    company: str
    stage: Stage
    practised: bool


def dream_line(dream: DreamShown | None) -> list[Block]:
    """Home's line on the dream talk with its next step; nothing where there is none to take."""
    if dream is None:
        return []
    step = _STEPS.get(dream.stage)
    if dream.stage in _TO_ASK:
        step = (
            (" You have some talks behind you: a good time to ask.", "Draft it", DRAFT)
            if dream.practised
            else (_FIRST, "Open their story", STORY)
        )
    if step is None:
        return []
    words, label, action = step
    company = f" · {dream.company}" if dream.company else ""
    line: Line = ["Your dream talk: ", Bold(dream.name), company, ".", words]
    return [rich(line), row(button(label, action, dream.contact_id))]


def dream_button(contact: ContactShown) -> Block:
    """The button in a contact's story that names them, or takes that back."""
    if contact.is_dream:
        return row(button("Not my dream talk any more", TAKE_BACK, contact.contact_id))
    return row(button("Make it my dream talk", NAME_DREAM, contact.contact_id))


def dream_named(contact: ContactShown, before: str = "") -> Message:
    """The line after somebody was named; `before` is who it was, if that was another."""
    instead = f", in place of {before}" if before else ""
    line: Line = [Bold(contact.name), f" is your dream talk now{instead}.", _FIRST]
    return message(fallback(line), rich(line), *contact_card(contact)[1:], dream_button(contact))


def dream_taken_back(contact: ContactShown) -> Message:
    """The line after that was taken back, with the way to name them again."""
    line: Line = [Bold(contact.name), " is not your dream talk any more; they stay on your list."]
    return message(fallback(line), rich(line), dream_button(contact))
