"""How the bot puts things: typed words kept as typed, moments in each reader's own zone.

A line is a list of pieces. It is drawn as rich text, where nothing that a member typed can become
markup, a mention or a link; the same pieces give the escaped fallback for notifications.
"""

import calendar
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from slack_sdk.models.blocks import (
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextSectionElement,
)

from domain.vocabulary import (
    HowFound,
    Medium,
    Opportunity,
    Picture,
    Stage,
    TouchKind,
    Vantage,
)

DAY_AND_TIME = "{date_short_pretty} at {time}"
FULL_DAY_AND_TIME = "{date_short} at {time}"
DATE = "{date_short}"
# Slack takes 4,000 characters of message text in an update and in an ephemeral answer.
MOST_TEXT = 3900
# What is left of an escaped character or a date when a text is cut in its middle.
_TORN = re.compile(r"(?:&[a-z]*|<[^>]*)$")


@dataclass(frozen=True)
class Bold:
    """A name, shown in bold."""

    text: str


@dataclass(frozen=True)
class Quiet:
    """An aside, shown in italics."""

    text: str


@dataclass(frozen=True)
class Code:
    """Something to type, shown as such."""

    text: str


@dataclass(frozen=True)
class When:
    """A moment (aware), shown in each reader's own zone; `shown` is one of Slack's date formats."""

    moment: datetime
    shown: str = DAY_AND_TIME


@dataclass(frozen=True)
class Mention:
    """A member of the workspace, by their Slack id."""

    user_id: str


@dataclass(frozen=True)
class Link:
    """A link to a message in Slack; other links that members type stay words."""

    url: str
    text: str


Piece = str | Bold | Quiet | Code | When | Mention | Link
Line = Sequence[Piece]


def escape(text: str) -> str:
    """Escape the three characters that Slack gives a meaning in message text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Slack's escaped text holds links as <address|words>, channels as <#C123|name>.
_MARKED = re.compile(r"<(?:mailto:|tel:)?([^<>|]+)(?:\|([^<>]*))?>")
_CHANNEL = re.compile(r"<#C[A-Z0-9]*\|([^<>|]*)>")
# Slack tells nobody's app what a private channel is called.
_PRIVATE = "(a private channel)"


def as_typed(escaped: str) -> str:
    """Give back what a member typed from Slack's escaped text: of links the words.

    A tag that is a channel's name, too, comes as a link to that channel.
    """
    escaped = _CHANNEL.sub(lambda channel: f"#{channel[1]}" if channel[1] else _PRIVATE, escaped)
    return html.unescape(_MARKED.sub(lambda marked: marked[2] or marked[1], escaped))


def cut(text: str, most: int) -> str:
    """Shorten a text to at most `most` characters, with an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shortened(written: str, most: int) -> str:
    """Shorten message text like `cut`, never inside an escaped character or a date."""
    if len(written) <= most:
        return written
    whole = _TORN.sub("", written[: most - 1])
    return whole.rstrip() + "…"


def rich(*lines: Line) -> RichTextBlock:
    """Draw lines, one below the other, as one block of rich text."""
    elements: list[RichTextElement] = []
    for number, line in enumerate(lines):
        if number:
            elements.append(RichTextElementParts.Text(text="\n"))
        elements.extend(_drawn(piece) for piece in line if piece not in ("", Bold(""), Quiet("")))
    return RichTextBlock(elements=[RichTextSectionElement(elements=elements)])


def fallback(line: Line) -> str:
    """Give the same line as message text: what notifications and screen readers read."""
    return "".join(_written(piece) for piece in line)


def _drawn(piece: Piece) -> RichTextElement:
    match piece:
        case Bold(text):
            style = RichTextElementParts.TextStyle(bold=True)
            return RichTextElementParts.Text(text=text, style=style)
        case Quiet(text):
            style = RichTextElementParts.TextStyle(italic=True)
            return RichTextElementParts.Text(text=text, style=style)
        case Code(text):
            style = RichTextElementParts.TextStyle(code=True)
            return RichTextElementParts.Text(text=text, style=style)
        case When(moment, shown):
            return RichTextElementParts.Date(
                timestamp=int(moment.timestamp()), format=shown, fallback=_in_utc(moment)
            )
        case Mention(user_id):
            return RichTextElementParts.User(user_id=user_id)
        case Link(url, text):
            return RichTextElementParts.Link(url=url, text=text)
        case str(text):
            return RichTextElementParts.Text(text=text)


def _written(piece: Piece) -> str:
    match piece:
        case Bold(text) | Quiet(text) | Code(text) | str(text):
            return escape(text)
        case When(moment, shown):
            return f"<!date^{int(moment.timestamp())}^{shown}^{_in_utc(moment)}>"
        case Mention(user_id):
            return f"<@{user_id}>"
        case Link(url, text):
            return f"<{url}|{escape(text)}>"


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def full_date(day: date) -> str:
    """Say a local date, which is the same day for every reader: "1 March 2027"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def counted(number: int, one: str, many: str) -> str:
    """Say a number with its noun: "1 name", "12 names"."""
    return f"{number} {one if number == 1 else many}"


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Name several: "Ada", "Ada and Ben", "Ada, Ben and 3 others"."""
    shown = list(names) if len(names) <= most else list(names[: most - 1])
    left = len(names) - len(shown)
    last = counted(left, "other", "others") if left else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def number_word(number: int) -> str:
    """Say a small number as a word, with a capital: "Three"."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number] if number < len(words) else str(number)


VANTAGES = {
    Vantage.BOSS: "Would be my boss",
    Vantage.PEER: "A peer in the role",
    Vantage.SENIOR: "Further up",
    Vantage.RECRUITER: "A recruiter",
    Vantage.OTHER: "Someone else",
}
WAYS_FOUND = {
    HowFound.ALUMNI: "Same school or former employer",
    HowFound.INTRODUCED: "Introduced by a contact",
    HowFound.COLD: "Found them myself",
    HowFound.FRIEND: "Friend or family",
    HowFound.EVENT: "Met at an event",
    HowFound.COHORT: "Through the cohort",
}
MEDIA = {
    Medium.VIDEO: "Video",
    Medium.PHONE: "Phone",
    Medium.COFFEE: "Coffee",
    Medium.LUNCH: "Lunch",
    Medium.OFFICE: "At their office",
}
PICTURES = {
    Picture.NO: "No",
    Picture.NOT_SURE: "Not sure",
    Picture.YES: "Yes",
}
OPPORTUNITIES = {
    Opportunity.NO: "No",
    Opportunity.THEY_RAISED: "Yes, they raised it",
    Opportunity.I_RAISED: "Yes, I raised it",
}
STAGES = {
    Stage.IDENTIFIED: "to ask",
    Stage.RESEARCHED: "researched",
    Stage.ASKED: "asked",
    Stage.REPLIED: "answered",
    Stage.SCHEDULED: "talk ahead",
    Stage.TALKED: "talked",
    Stage.THANKED: "thanked",
    Stage.IN_TOUCH: "in touch",
    Stage.NO_REPLY: "no reply",
    Stage.DECLINED: "declined",
    Stage.NOT_NOW: "not now",
    Stage.CLOSED: "closed",
}
TOUCHES = {
    TouchKind.ASKED: "I asked for a talk",
    TouchKind.REPLIED: "They answered",
    TouchKind.FOLLOW_UP: "I followed up",
    TouchKind.THANK_YOU: "I said thank you",
    TouchKind.UPDATE: "I sent news",
    TouchKind.INTRODUCTION: "They introduced me to someone",
    TouchKind.NOT_NOW: "They said: not now",
    TouchKind.DECLINED: "They said no",
    TouchKind.NOTE: "Just a note",
}


def road(stages: Mapping[Stage, int]) -> str:
    """Give the road in one line: 12 names · 3 to ask · 4 asked."""
    labels = STAGES | {Stage.SCHEDULED: "to meet"}
    counts = [f"{stages[stage]} {labels[stage]}" for stage in Stage if stages.get(stage)]
    return " · ".join([counted(sum(stages.values()), "name", "names"), *counts])
