"""What the bot says after nudges about a person were stopped, or taken up again."""

from handlers.views.elements import button, row
from handlers.views.screen import Message, message, one_line
from handlers.views.words import Bold

RESUME = "nudges_resume"


def nudges_stopped(contact_id: int, name: str) -> Message:
    """The line after "No nudges about this person", with the way back."""
    line = one_line(["No more nudges about ", Bold(name), ". They stay on your list."])
    return message(line.text, *line.blocks, row(button("Undo", RESUME, contact_id)))


def nothing_to_undo() -> Message:
    """The answer to Undo where nothing can be taken back any more."""
    return one_line(["There is nothing to take back here; it stands as you see it now."])


def too_late_to_undo(name: str) -> Message:
    """The answer to Undo after more than a week."""
    told = "That was more than a week ago, so it stays. What you logged can be corrected under "
    return one_line([told, Bold("All that passed"), " with ", Bold(name), "."])


def taken_back(name: str) -> Message:
    """The answer to Undo where the nudge would be of no use any more."""
    return one_line(["Taken back. About ", Bold(name), " there is nothing to do here by now."])


def nudges_resumed(name: str) -> Message:
    """The line after that was undone."""
    return one_line(["Nudges about ", Bold(name), " are on again."])
