"""What members are told when something failed: what happened, that nothing is lost, what next."""

from handlers.views.elements import paragraph
from handlers.views.screen import Message, message


def database_away() -> Message:
    """The memory cannot be reached."""
    return _said(
        "I can't reach my memory right now, so this is not saved yet. Nothing you typed is lost: "
        "please try again in a minute."
    )


def gone() -> Message:
    """What was pressed or edited is not there any more."""
    return _said("That is not on your list any more, so there is nothing to change here.")


def slack_refused() -> Message:
    """A call to Slack failed after everything was saved."""
    return _said(
        "Slack was too slow to show the next step. Nothing is lost: please try that once more."
    )


def not_confirmed() -> Message:
    """A form is saved, and Slack would not show the line that says so."""
    return _said("It is saved. Slack was too slow to show more than that.")


def our_fault(reference: str) -> Message:
    """A bug: the reference is in the log, too."""
    return _said(
        "Sorry, that went wrong on my side. What was saved is safe; please try again. If it comes "
        f"back, this helps whoever looks after me: {reference}"
    )


def _said(text: str) -> Message:
    return message(text, paragraph(text))
