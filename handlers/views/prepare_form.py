"""Preparing for a talk: the questions to ask and what the member believes, drawn and read here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import Block, Option, OptionGroup, StaticMultiSelectElement
from slack_sdk.models.views import View

from domain.questions import LEAST_PICKED, MOST_PICKED, Trouble, bank, last_question, trouble_with
from domain.vocabulary import Phase
from handlers.views import reading
from handlers.views.elements import ask, button, plain, row, small, text_box
from handlers.views.metadata import Carried
from handlers.views.question_words import LAST_QUESTION, PHASES
from handlers.views.reading import FormErrors
from handlers.views.words import Bold, Line, When, cut, number_word, rich

CALLBACK_ID = "prepare_form"
PREPARE = "talk_prepare"
LOOK_UP = "prepare_look_up"

QUESTIONS, OWN = "questions", "own_questions"
KNOWN, NEW = "belief:", "new_belief:"
# In the menu: a question in the member's own words, from another talk.
BEFORE = "own:"
LONGEST_QUESTION, LONGEST_BELIEF = 250, 300
# What one believes is one to three sentences; of a path more may have stayed open.
MOST_BELIEFS, MOST_BOXES = 3, 4
_BELIEFS = ("I believe that …", "And that …", "And also that …", "And, last, that …")
_BULLET = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}[.)])\s+")
_WHY_NOT = {
    Trouble.SAID_ALREADY: "their profile says so. What did they do last week?",
    Trouble.ASKS_FOR_A_JOB: "that asks for a job. What would help you to get ready for one?",
}


@dataclass(frozen=True)
class TalkAhead:
    """The talk that is prepared for; `starts_at` is aware, `work` says title and company."""

    contact_id: int
    name: str
    work: str
    starts_at: datetime
    minutes: int
    goal: str = ""


@dataclass(frozen=True)
class Offered:
    """A question to choose, with a mark on who has answered it already."""

    question_id: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Prepared:
    """What the form holds: ids of the bank, own questions, beliefs by their ids and new ones.

    `before` are the ids of own questions that were chosen from other talks: claims.
    """

    bank_ids: tuple[str, ...] = ()
    before: tuple[int, ...] = ()
    own: tuple[str, ...] = ()
    known: Mapping[int, str] = field(default_factory=dict)
    new: tuple[str, ...] = ()


def prepare_form(
    talk: TalkAhead,
    offered: Mapping[Phase | None, Sequence[Offered]],
    prepared: Prepared,
    carried: Carried,
) -> View:
    """Draw the form, with what was picked and believed before."""
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Prepare"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            rich(*_headline(talk)),
            row(button("Look them up", LOOK_UP, talk.contact_id)),
            ask(
                "Questions to ask",
                QUESTIONS,
                _menu(offered, prepared.bank_ids),
                hint=f"At least {LEAST_PICKED}, with your own. The last one is always: "
                f"{LAST_QUESTION}",
            ),
            ask(
                "Questions of my own",
                OWN,
                text_box(
                    "\n".join(prepared.own),
                    most=MOST_PICKED * (LONGEST_QUESTION + 1),
                    multiline=True,
                ),
                hint="One a line",
            ),
            *_beliefs(prepared.known),
        ],
    )


def read_prepare_form(view: reading.View) -> Prepared:
    """Read the form; raises FormErrors for too few or too many questions, or ones not to ask."""
    chosen = dict.fromkeys(reading.all_ticked(view, QUESTIONS))
    before = [reading.as_id(i.removeprefix(BEFORE)) for i in chosen if i.startswith(BEFORE)]
    own = _own(reading.text(view, OWN))
    prepared = Prepared(
        bank_ids=tuple(i for i in chosen if i in bank() and i != last_question().id),
        before=tuple(each for each in before if each is not None),
        own=own,
        known=_known(view),
        new=tuple(text for box in range(MOST_BOXES) if (text := reading.text(view, f"{NEW}{box}"))),
    )
    errors = _wrong_own(own)
    count = len(prepared.bank_ids) + len(prepared.before) + len(own)
    if count < LEAST_PICKED:
        more = number_word(LEAST_PICKED - count)
        errors[QUESTIONS] = f"{more} more, please: {LEAST_PICKED} questions carry half an hour"
    elif count > MOST_PICKED:
        errors[QUESTIONS] = f"{MOST_PICKED} at most, with your own: which ones matter most?"
    if errors:
        raise FormErrors(errors)
    return prepared


def _headline(talk: TalkAhead) -> list[Line]:
    lines: list[Line] = [
        [
            Bold(talk.name),
            f" · {talk.work}" if talk.work else "",
            " · ",
            When(talk.starts_at),
            f", {talk.minutes} minutes",
        ]
    ]
    if talk.goal:
        lines.append([f"You want to learn: {cut(talk.goal, 300)}"])
    return lines


def _menu(
    offered: Mapping[Phase | None, Sequence[Offered]], chosen: Sequence[str]
) -> StaticMultiSelectElement:
    options = {
        question.question_id: Option(
            text=plain(cut(question.text, 75)),
            value=question.question_id,
            description=plain(cut(question.mark, 75)) if question.mark else None,
        )
        for questions in offered.values()
        for question in questions
    }
    initial = [options[question_id] for question_id in chosen if question_id in options]
    return StaticMultiSelectElement(
        action_id="value",
        placeholder=plain("Choose some"),
        option_groups=[
            OptionGroup(label=plain(_group(phase)), options=[options[q.question_id] for q in group])
            for phase, group in offered.items()
            if group
        ],
        initial_options=initial or None,
        max_selected_items=MOST_PICKED,
    )


def _group(phase: Phase | None) -> str:
    return PHASES[phase] if phase else "My own, from other talks"


def _beliefs(known: Mapping[int, str]) -> list[Block]:
    """A box for each that is open, and for new ones: three in all, and always an empty one."""
    boxes = [(f"{KNOWN}{belief_id}", text) for belief_id, text in known.items()][:MOST_BELIEFS]
    empty = max(1, MOST_BELIEFS - len(boxes))
    boxes += [(f"{NEW}{number}", "") for number in range(empty)]
    blocks: list[Block] = [
        small("What do you believe about this work, and could be wrong about? I ask afterwards.")
    ]
    return blocks + [
        ask(label, block_id, text_box(text, most=LONGEST_BELIEF))
        for label, (block_id, text) in zip(_BELIEFS, boxes, strict=False)
    ]


def _known(view: reading.View) -> dict[int, str]:
    """Read the beliefs that were open before; the ids are claims."""
    ids = {block: reading.as_id(block.removeprefix(KNOWN)) for block in reading.asked(view, KNOWN)}
    return {
        belief_id: reading.text(view, block_id)
        for block_id, belief_id in ids.items()
        if belief_id is not None
    }


def _own(typed: str) -> tuple[str, ...]:
    """Split own questions by lines, without bullets, repeats and the one that closes anyhow."""
    first_of_each: dict[str, str] = {}
    for line in typed.splitlines():
        question = " ".join(_BULLET.sub("", line).split())
        if question and question.casefold() != LAST_QUESTION.casefold():
            first_of_each.setdefault(question.casefold(), question)
    return tuple(first_of_each.values())


def _wrong_own(own: Sequence[str]) -> dict[str, str]:
    for question in own:
        if len(question) > LONGEST_QUESTION:
            return {OWN: f"Up to {LONGEST_QUESTION} letters a question: what is the heart of it?"}
        trouble = trouble_with(question)
        if trouble is not None:
            return {OWN: f"“{cut(question, 60)}”: {_WHY_NOT[trouble]}"}
    return {}
