"""The draft of a message: filled from what is known, checked, to copy or to open in mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    RichTextBlock,
    RichTextElementParts,
    RichTextPreformattedElement,
    RichTextSectionElement,
)
from slack_sdk.models.views import View

from domain.draft_check import Finding
from domain.drafts import Situation
from domain.drafts.mail import holds_text
from handlers.views import reading
from handlers.views.elements import ask, button, choice, plain, row, small, text_box
from handlers.views.findings import findings_blocks
from handlers.views.metadata import Carried
from handlers.views.screen import Message, one_line
from handlers.views.words import Bold, Line, Quiet, cut, rich

CALLBACK_ID = "draft_form"
SITUATION, CHECK = "draft_situation", "draft_check"
# The box for another draft gets another number: Slack keeps what was typed where it stays the same.
TEXT, BEFORE = "text", "before"
MOST_TEXT = 3000

SITUATIONS = {
    Situation.ASK_ALUMNI: "First ask: same school or employer",
    Situation.ASK_INTRODUCED: "First ask: somebody introduced us",
    Situation.ASK_COLD: "First ask: found them myself",
    Situation.ASK_EVENT: "First ask: met at an event",
    Situation.ASK_FRIEND: "First ask: friend or family",
    Situation.ASK_COHORT: "First ask: through the cohort",
    Situation.ASK_AGAIN: "Asking again, now that it is time",
    Situation.FOLLOW_UP: "The one follow-up",
    Situation.TIMES: "Offering times",
    Situation.NEW_TIME: "Another time for a talk",
    Situation.THANK_YOU: "Thank-you after a talk",
    Situation.UPDATE: "What came of their advice",
    Situation.KEEP_IN_TOUCH: "A few lines to keep in touch",
    Situation.THANK_INTRODUCER: "Thanks for an introduction",
}


@dataclass(frozen=True)
class DraftShown:
    """A draft as the form shows it, with what was found in it and the link that opens it in mail.

    `choices` are the situations to choose from; `before` is what the member had written when they
    chose another one; `turn` counts how often they did.
    """

    name: str
    company: str
    situation: Situation
    choices: Sequence[Situation]
    subject: str
    text: str
    words: int
    findings: Sequence[Finding] = ()
    mail_link: str = ""
    before: str = ""
    turn: int = 0


def draft_form(shown: DraftShown, carried: Carried) -> View:
    """Draw the form: the text first, then what was found in it, then the ways to send it."""
    labels = {s: SITUATIONS[s] for s in dict.fromkeys((shown.situation, *shown.choices))}
    chosen = choice(labels, shown.situation, action_id=SITUATION)
    blocks: list[Block] = [
        rich([Bold(shown.name), f" · {shown.company}" if shown.company else ""]),
        ask("What is it?", SITUATION, chosen, optional=False, dispatch_action=True),
        ask(
            "Your message",
            f"{TEXT}_{shown.turn}",
            text_box(shown.text, most=MOST_TEXT, multiline=True),
            hint="Fill the ⟨blanks⟩ in your own words, then press “Check it”.",
        ),
    ]
    if shown.before:
        box = text_box(shown.before, most=MOST_TEXT, multiline=True)
        blocks.append(ask("What you had written", f"{BEFORE}_{shown.turn}", box))
    blocks += [
        row(button("Check it", CHECK)),
        *findings_blocks(shown.findings, shown.words),
        DividerBlock(),
        *_ways_out(shown),
        small("I write to nobody but you: “It went out” notes that you have sent it."),
    ]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Draft"),
        submit=plain("It went out"),
        close=plain("Not yet"),
        blocks=blocks,
    )


def in_peace(name: str, *, had_follow_up: bool) -> Message:
    """The line for who is not to be written to: silent after the follow-ups, or left in peace."""
    if had_follow_up:
        line: Line = [Bold(name), " has had your follow-up. No more than that: now it is theirs."]
    else:
        line = [Bold(name), " is left in peace for now, so there is nothing to write."]
    return one_line(line)


def noted_already(name: str) -> Message:
    """The line when the same was logged while the form stood open."""
    return one_line(["That it went out to ", Bold(name), " was noted already, so once is enough."])


def text_of(view: reading.View) -> str:
    """The message as it stands in the form."""
    return reading.text(view, f"{TEXT}_{turn_of(view)}")


def before_of(view: reading.View) -> str:
    """What the member had written before they chose another situation."""
    return reading.text(view, f"{BEFORE}_{turn_of(view)}")


def situation_of(view: reading.View) -> Situation | None:
    """The situation that is chosen."""
    return reading.chosen_of(view, SITUATION, Situation)


def turn_of(view: reading.View) -> int:
    """How often another draft was put in, read from the number of the box."""
    values = (view.get("state") or {}).get("values") or {}
    turns = (key.removeprefix(f"{TEXT}_") for key in values if key.startswith(f"{TEXT}_"))
    return next((turn for turn in map(reading.as_id, turns) if turn is not None), 0)


def _ways_out(shown: DraftShown) -> list[Block]:
    """What to copy and what to click, as the text was when it was last checked."""
    if not shown.text:
        return []
    text = RichTextElementParts.Text(text=shown.text[:MOST_TEXT])
    return [
        rich(
            [Bold("To copy"), Quiet(" as you last checked it")],
            ["Subject: ", cut(shown.subject, 300)],
        ),
        RichTextBlock(elements=[RichTextPreformattedElement(elements=[text])]),
        *([_mail(shown.mail_link)] if shown.mail_link else []),
    ]


def _mail(link: str) -> RichTextBlock:
    words = "Open in your mail program"
    after = "" if holds_text(link) else " and paste the text: it is too long for a link."
    parts = [RichTextElementParts.Link(url=link, text=words)]
    more = [RichTextElementParts.Text(text=after)] if after else []
    return RichTextBlock(elements=[RichTextSectionElement(elements=[*parts, *more])])
