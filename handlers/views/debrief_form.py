"""The debrief, in two short pages: while it's fresh, and what follows."""

from dataclasses import dataclass, replace
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock
from slack_sdk.models.views import View

from domain.debrief import (
    BETWEEN_NAMES,
    BETWEEN_SKILLS,
    LONGEST,
    LONGEST_NAME,
    LONGEST_SKILL,
    MOST_NAMES,
    MOST_SKILLS,
    pieces,
)
from domain.vocabulary import DebriefQuestion, Opportunity, Picture
from handlers.views import reading, words
from handlers.views.debrief_words import TITLES
from handlers.views.elements import ask, button, checkbox, choice, plain, row, small, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

FIRST_PAGE = "debrief_first_page"
SECOND_PAGE = "debrief_second_page"

TAKEAWAY, PICTURE, LIKES, DISLIKES = "takeaway", "picture", "likes", "dislikes"
REFERRALS, PROMISE, PROMISE_DUE, THEIR_PROMISE = (
    "referrals",
    "promise",
    "promise_due",
    "their_promise",
)
SKILLS, OPPORTUNITY, THANKED = "skills", "opportunity", "thanked"

HIRING, TRENDS, ADVICE = "hiring", "trends", "advice"

MORE_QUESTIONS = "debrief_more_questions"

# All skills with ", " between them.
_LONGEST_SKILLS = MOST_SKILLS * (LONGEST_SKILL + 2)


@dataclass(frozen=True)
class FirstPageTyped:
    """Page 1 of the debrief."""

    takeaway: str = ""
    picture: Picture | None = None
    likes: str = ""
    dislikes: str = ""


@dataclass(frozen=True)
class FieldTyped:
    """The three questions of page 2 that only show when they are asked for."""

    hiring: str = ""
    trends: str = ""
    advice: str = ""


@dataclass(frozen=True)
class SecondPageTyped:
    """Page 2 of the debrief; `promise_due` is a local date, `field` None where it does not show."""

    referrals: tuple[str, ...] = ()
    promise: str = ""
    promise_due: date | None = None
    their_promise: str = ""
    skills: tuple[str, ...] = ()
    opportunity: Opportunity | None = None
    thanked: bool = False
    field: FieldTyped | None = None


def first_page(name: str, typed: FirstPageTyped, carried: Carried) -> View:
    """Draw page 1; `name` is whom the talk was with."""
    return View(
        type="modal",
        callback_id=FIRST_PAGE,
        private_metadata=carried.packed(),
        title=plain("While it's fresh"),
        submit=plain("Next"),
        close=plain("Cancel"),
        blocks=[
            small(f"Your talk with {words.cut(name, 200)}. Half an answer is fine."),
            ask(
                TITLES[DebriefQuestion.TAKEAWAY],
                TAKEAWAY,
                text_box(typed.takeaway, most=LONGEST[DebriefQuestion.TAKEAWAY], multiline=True),
                optional=False,
            ),
            ask(TITLES[DebriefQuestion.PICTURE], PICTURE, choice(words.PICTURES, typed.picture)),
            _prose(DebriefQuestion.LIKES, LIKES, typed.likes),
            _prose(DebriefQuestion.DISLIKES, DISLIKES, typed.dislikes),
        ],
    )


def read_first_page(view: reading.View) -> FirstPageTyped:
    """Read page 1; raises FormErrors without a takeaway."""
    typed = FirstPageTyped(
        takeaway=reading.text(view, TAKEAWAY),
        picture=reading.chosen_of(view, PICTURE, Picture),
        likes=reading.text(view, LIKES),
        dislikes=reading.text(view, DISLIKES),
    )
    if not typed.takeaway:
        raise FormErrors({TAKEAWAY: "One line is enough: what surprised you most?"})
    return typed


def second_page(
    name: str, typed: SecondPageTyped, carried: Carried, *, several: bool = False
) -> View:
    """Draw page 2; page 1 is saved by then, and the line at the top says so.

    `several` when the talk was with more than one person.
    """
    thanked = "I have thanked them all" if several else "I have thanked them"
    due = typed.promise_due.isoformat() if typed.promise_due else None
    return View(
        type="modal",
        callback_id=SECOND_PAGE,
        private_metadata=carried.packed(),
        title=plain("What follows"),
        submit=plain("Save"),
        close=plain("Finish later"),
        blocks=[
            small(
                f"What you learned from {words.cut(name, 200)} is saved. All of this is optional."
            ),
            ask(
                TITLES[DebriefQuestion.REFERRALS],
                REFERRALS,
                text_box("\n".join(typed.referrals), most=3000, multiline=True),
                hint="One a line, as they were named: Ben Hill, Head of Data at Acme",
            ),
            _prose(DebriefQuestion.PROMISE, PROMISE, typed.promise),
            ask("By when?", PROMISE_DUE, DatePickerElement(action_id="value", initial_date=due)),
            _prose(DebriefQuestion.THEIR_PROMISE, THEIR_PROMISE, typed.their_promise),
            ask(
                TITLES[DebriefQuestion.SKILLS],
                SKILLS,
                text_box(", ".join(typed.skills), most=_LONGEST_SKILLS),
                hint="With commas between them: SQL, stakeholder interviews",
            ),
            ask(
                TITLES[DebriefQuestion.OPPORTUNITY],
                OPPORTUNITY,
                choice(words.OPPORTUNITIES, typed.opportunity),
            ),
            *_field(typed.field),
            ask("Thank-you", THANKED, checkbox(thanked, ticked=typed.thanked)),
        ],
    )


def _field(typed: FieldTyped | None) -> list[Block]:
    if typed is None:
        return [row(button("Add hiring, trends, advice", MORE_QUESTIONS))]
    return [
        _prose(DebriefQuestion.HIRING, HIRING, typed.hiring),
        _prose(DebriefQuestion.TRENDS, TRENDS, typed.trends),
        _prose(DebriefQuestion.ADVICE, ADVICE, typed.advice),
    ]


def _prose(question: DebriefQuestion, block_id: str, typed: str) -> InputBlock:
    return ask(TITLES[question], block_id, text_box(typed, most=LONGEST[question]))


def with_field(view: reading.View) -> SecondPageTyped:
    """Read page 2 as far as it is filled in, to be drawn again with the three questions more."""
    return replace(_read_second_page(view), field=FieldTyped())


def read_second_page(view: reading.View) -> SecondPageTyped:
    """Read page 2; raises FormErrors for more names or longer words than can be kept."""
    typed = _read_second_page(view)
    errors = {}
    if len(typed.referrals) > MOST_NAMES or any(len(n) > LONGEST_NAME for n in typed.referrals):
        errors[REFERRALS] = f"Up to {MOST_NAMES} people, one a line, each in {LONGEST_NAME} letters"
    if len(typed.skills) > MOST_SKILLS or any(len(s) > LONGEST_SKILL for s in typed.skills):
        errors[SKILLS] = f"Up to {MOST_SKILLS} short names with commas between them: SQL, Figma"
    if typed.promise_due and not typed.promise:
        errors[PROMISE] = "What did you promise for that day? Or clear the date"
    if errors:
        raise FormErrors(errors)
    return typed


def _read_second_page(view: reading.View) -> SecondPageTyped:
    has_field = bool(reading.asked(view, HIRING))
    texts = (reading.text(view, block_id) for block_id in (HIRING, TRENDS, ADVICE))
    return SecondPageTyped(
        referrals=pieces(reading.text(view, REFERRALS), BETWEEN_NAMES),
        promise=reading.text(view, PROMISE),
        promise_due=reading.day(view, PROMISE_DUE),
        their_promise=reading.text(view, THEIR_PROMISE),
        skills=pieces(reading.text(view, SKILLS), BETWEEN_SKILLS),
        opportunity=reading.chosen_of(view, OPPORTUNITY, Opportunity),
        thanked=reading.ticked(view, THANKED),
        field=FieldTyped(*texts) if has_field else None,
    )
