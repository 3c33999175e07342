"""Drafts: a first version of a message by situation, from what is known, with blanks marked.

What is not known is never made up: it is a blank like ⟨one thing they said⟩ for the member to fill.
Source: practice.md, "Ask" and "Thank".
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.draft_check import Purpose, blanks, count_words
from domain.drafts.facts import Facts
from domain.vocabulary import HowFound, NudgeKind, Stage, TouchKind

__all__ = [
    "FOR_NUDGES",
    "PURPOSES",
    "TOUCHES",
    "Draft",
    "Facts",
    "Situation",
    "draft",
    "fitting",
    "situation_for",
]


class Situation(StrEnum):
    """What a draft is for; first asks differ by what connects the two."""

    ASK_ALUMNI = "ask_alumni"
    ASK_INTRODUCED = "ask_introduced"
    ASK_COLD = "ask_cold"
    ASK_EVENT = "ask_event"
    ASK_FRIEND = "ask_friend"
    ASK_COHORT = "ask_cohort"
    ASK_AGAIN = "ask_again"
    FOLLOW_UP = "follow_up"
    TIMES = "times"
    NEW_TIME = "new_time"
    THANK_YOU = "thank_you"
    UPDATE = "update"
    KEEP_IN_TOUCH = "keep_in_touch"
    THANK_INTRODUCER = "thank_introducer"


@dataclass(frozen=True)
class Draft:
    """A message to start from; `blanks` are those left in it, as marked; `words` counts it all."""

    subject: str
    text: str
    blanks: tuple[str, ...]
    words: int


_BY_HOW_FOUND = {
    HowFound.ALUMNI: Situation.ASK_ALUMNI,
    HowFound.INTRODUCED: Situation.ASK_INTRODUCED,
    HowFound.COLD: Situation.ASK_COLD,
    HowFound.EVENT: Situation.ASK_EVENT,
    HowFound.FRIEND: Situation.ASK_FRIEND,
    HowFound.COHORT: Situation.ASK_COHORT,
}
_FIRST_ASKS = tuple(_BY_HOW_FOUND.values())
_WRITTEN_BEFORE = {
    Stage.ASKED: (Situation.FOLLOW_UP, Situation.TIMES),
    Stage.REPLIED: (Situation.TIMES, Situation.THANK_YOU),
    Stage.SCHEDULED: (Situation.TIMES, Situation.THANK_YOU),
    Stage.TALKED: (Situation.THANK_YOU, Situation.TIMES),
    Stage.THANKED: (Situation.UPDATE, Situation.KEEP_IN_TOUCH, Situation.TIMES),
    Stage.IN_TOUCH: (Situation.KEEP_IN_TOUCH, Situation.THANK_YOU, Situation.TIMES),
}
_ALWAYS = (Situation.UPDATE, Situation.THANK_INTRODUCER)

# What each kind of nudge asks to be written; the others ask for something else.
FOR_NUDGES = {
    NudgeKind.THANK_YOU: Situation.THANK_YOU,
    NudgeKind.THANK_YOU_AGAIN: Situation.THANK_YOU,
    NudgeKind.FOLLOW_UP: Situation.FOLLOW_UP,
    NudgeKind.NOT_NOW_IS_OVER: Situation.ASK_AGAIN,
    NudgeKind.KEEP_IN_TOUCH: Situation.KEEP_IN_TOUCH,
    NudgeKind.PROGRESS_UPDATE: Situation.UPDATE,
    NudgeKind.TELL_INTRODUCER: Situation.THANK_INTRODUCER,
}
# By which rules each is checked.
PURPOSES = {
    **dict.fromkeys((*_FIRST_ASKS, Situation.ASK_AGAIN), Purpose.ASK),
    Situation.FOLLOW_UP: Purpose.FOLLOW_UP,
    Situation.TIMES: Purpose.TIMES,
    Situation.NEW_TIME: Purpose.TIMES,
    Situation.THANK_YOU: Purpose.THANKS,
    Situation.THANK_INTRODUCER: Purpose.THANKS,
    Situation.UPDATE: Purpose.NEWS,
    Situation.KEEP_IN_TOUCH: Purpose.NEWS,
}
# What is logged when it went out. Times are offered to who has answered: it is their turn, and
# nobody is to be followed up for it, so it is a note.
TOUCHES = {
    **dict.fromkeys((*_FIRST_ASKS, Situation.ASK_AGAIN), TouchKind.ASKED),
    Situation.FOLLOW_UP: TouchKind.FOLLOW_UP,
    Situation.TIMES: TouchKind.NOTE,
    Situation.NEW_TIME: TouchKind.NOTE,
    Situation.THANK_YOU: TouchKind.THANK_YOU,
    Situation.UPDATE: TouchKind.UPDATE,
    Situation.KEEP_IN_TOUCH: TouchKind.UPDATE,
    Situation.THANK_INTRODUCER: TouchKind.UPDATE,
}


def situation_for(
    stage: Stage,
    how_found: HowFound | None,
    *,
    introduced: bool,
    fell_through: bool = False,
) -> Situation:
    """Say what is most likely to be written to a contact at this stage.

    `introduced` says that it is known who introduced them, `fell_through` that the last that
    passed was a talk that did not come about.
    """
    if fell_through or stage not in (Stage.IDENTIFIED, Stage.RESEARCHED):
        return fitting(stage, fell_through=fell_through)[0]
    if introduced:
        return Situation.ASK_INTRODUCED
    return _BY_HOW_FOUND.get(how_found, Situation.ASK_COLD) if how_found else Situation.ASK_COLD


def fitting(stage: Stage, *, fell_through: bool = False) -> tuple[Situation, ...]:
    """Give what may be written to a contact at this stage, the likely one first.

    After a talk that `fell_through` that is to find another time for it. Who was asked and is
    silent gets the one follow-up and no second ask; who rests, has said no or "not now" is not
    asked at all.
    """
    if stage in (Stage.IDENTIFIED, Stage.RESEARCHED):
        likely: tuple[Situation, ...] = _FIRST_ASKS
    else:
        likely = _WRITTEN_BEFORE.get(stage, ())
    if fell_through and likely:
        likely = (Situation.NEW_TIME, *likely)
    return (*likely, *(s for s in _ALWAYS if s not in likely))


def draft(situation: Situation, facts: Facts) -> Draft:
    """Write a first version from what is known."""
    written = _templates().get_template(f"{situation}.txt").render(facts=facts)
    subject, _, text = written.partition("\n")
    text = text.strip()
    return Draft(
        subject=subject.removeprefix("Subject:").strip(),
        text=text,
        blanks=tuple(blanks(text)),
        words=count_words(text),
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("domain.drafts"),
        # The drafts are plain text: what was typed stays as it was typed.
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
