"""The form behind `/rapport check`: a message goes in, what to put otherwise stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from domain.draft_check import Finding, Purpose
from handlers.views import reading
from handlers.views.elements import ask, choice, plain, small, text_box
from handlers.views.findings import findings_blocks
from handlers.views.reading import FormErrors

CALLBACK_ID = "check_form"
PURPOSE, TEXT = "purpose", "text"
MOST_TEXT = 3000

PURPOSES = {
    Purpose.ASK: "Asking for a talk",
    Purpose.FOLLOW_UP: "Following up, once",
    Purpose.TIMES: "Offering times",
    Purpose.THANKS: "Saying thank you",
    Purpose.NEWS: "Sending news",
}


@dataclass(frozen=True)
class Checked:
    """A message that was checked, its number of words, and what was found."""

    text: str = ""
    purpose: Purpose = Purpose.ASK
    words: int = 0
    findings: Sequence[Finding] = ()


def check_form(checked: Checked) -> View:
    """Draw the form; with a message in it also what was found."""
    found: list[Block] = []
    if checked.text:
        found = findings_blocks(checked.findings, checked.words)
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        title=plain("Draft check"),
        submit=plain("Check again" if checked.text else "Check"),
        close=plain("Close"),
        blocks=[
            ask("What is it for?", PURPOSE, choice(PURPOSES, checked.purpose), optional=False),
            ask(
                "Your message",
                TEXT,
                text_box(
                    checked.text,
                    most=MOST_TEXT,
                    multiline=True,
                    placeholder="Paste it here, with its greeting",
                ),
                optional=False,
            ),
            *found,
            small("Fixed rules read it, no model. Nothing you write here is kept."),
        ],
    )


def read_check_form(view: reading.View) -> tuple[str, Purpose]:
    """Read the message and what it is for; raises FormErrors without a message."""
    text = reading.text(view, TEXT)
    if not text:
        raise FormErrors({TEXT: "Paste the message that you want to send: Hi Grace, …"})
    return text, reading.chosen_of(view, PURPOSE, Purpose) or Purpose.ASK
