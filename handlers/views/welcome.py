"""The first words, said once."""

from handlers.views.elements import button, paragraph, row
from handlers.views.home import HELP, LOG_TALK
from handlers.views.names_form import WRITE_NAMES
from handlers.views.screen import Message, message


def welcome() -> Message:
    """Two sentences: what this is, and that nobody else sees what is written."""
    text = (
        "Hello! I keep the thread of your informational interviews: whom you want to learn from, "
        "how the talks went, and the thank-you afterwards. Nobody else sees what you write here."
    )
    buttons = row(
        button("Write down ten names", WRITE_NAMES, style="primary"),
        button("Log a talk I had", LOG_TALK),
        button("Look around", HELP),
    )
    return message(text, paragraph(text), buttons)
