"""What the bot says after nudges about a person were stopped, or taken up again."""

from handlers.views.elements import button, row
from handlers.views.screen import Message, message, one_line
from handlers.views.words import Bold

RESUME = "nudges_resume"


def nudges_stopped(contact_id: int, name: str) -> Message:
    """The line after "No nudges about this person", with the way back."""
    line = one_line(["No more nudges about ", Bold(name), ". They stay on your list."])
    return message(line.text, *line.blocks, row(button("Undo", RESUME, contact_id)))


def nudges_resumed(name: str) -> Message:
    """The line after that was undone."""
    return one_line(["Nudges about ", Bold(name), " are on again."])
