"""The debrief, in two short pages: while it's fresh, and what follows."""

import re
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import DatePickerElement
from slack_sdk.models.views import View

from domain.vocabulary import Opportunity, Picture
from handlers.views import reading, words
from handlers.views.elements import ask, checkbox, choice, plain, small, text_box
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

MOST_NAMES = 20
MOST_SKILLS = 20
_LONGEST_SKILL = 60
# All skills with ", " between them.
_LONGEST_SKILLS = MOST_SKILLS * (_LONGEST_SKILL + 2)
_LONGEST_NAME = 200
_MARKS = " -*•·–—,"
_BULLET = re.compile(r"^\s*[-*•·–—]\s+")


@dataclass(frozen=True)
class FirstPageTyped:
    """Page 1 of the debrief."""

    takeaway: str = ""
    picture: Picture | None = None
    likes: str = ""
    dislikes: str = ""


@dataclass(frozen=True)
class SecondPageTyped:
    """Page 2 of the debrief; `promise_due` is a local date."""

    referrals: tuple[str, ...] = ()
    promise: str = ""
    promise_due: date | None = None
    their_promise: str = ""
    skills: tuple[str, ...] = ()
    opportunity: Opportunity | None = None
    thanked: bool = False


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
                "The one thing I learned",
                TAKEAWAY,
                text_box(typed.takeaway, most=3000, multiline=True),
                optional=False,
            ),
            ask("Could I picture myself there?", PICTURE, choice(words.PICTURES, typed.picture)),
            ask("What they like about the work", LIKES, text_box(typed.likes, most=1000)),
            ask("What they don't like", DISLIKES, text_box(typed.dislikes, most=1000)),
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


def second_page(name: str, typed: SecondPageTyped, carried: Carried) -> View:
    """Draw page 2; page 1 is saved by then, and the line at the top says so."""
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
                "Who else should I talk to?",
                REFERRALS,
                text_box("\n".join(typed.referrals), most=3000, multiline=True),
                hint="One a line, as they were named: Ben Hill, Head of Data at Acme",
            ),
            ask("I promised", PROMISE, text_box(typed.promise, most=500)),
            ask("By when?", PROMISE_DUE, DatePickerElement(action_id="value", initial_date=due)),
            ask("They promised", THEIR_PROMISE, text_box(typed.their_promise, most=500)),
            ask(
                "Skills they named that I lack",
                SKILLS,
                text_box(", ".join(typed.skills), most=_LONGEST_SKILLS),
                hint="With commas between them: SQL, stakeholder interviews",
            ),
            ask(
                "Did an opportunity come up?",
                OPPORTUNITY,
                choice(words.OPPORTUNITIES, typed.opportunity),
            ),
            ask("Thank-you", THANKED, checkbox("I have thanked them", ticked=typed.thanked)),
        ],
    )


def read_second_page(view: reading.View) -> SecondPageTyped:
    """Read page 2; raises FormErrors for more names or longer words than can be kept."""
    typed = SecondPageTyped(
        referrals=_pieces(reading.text(view, REFERRALS), r"[\n;]"),
        promise=reading.text(view, PROMISE),
        promise_due=reading.day(view, PROMISE_DUE),
        their_promise=reading.text(view, THEIR_PROMISE),
        skills=_pieces(reading.text(view, SKILLS), r"[\n,;]"),
        opportunity=reading.chosen_of(view, OPPORTUNITY, Opportunity),
        thanked=reading.ticked(view, THANKED),
    )
    errors = {}
    if len(typed.referrals) > MOST_NAMES or any(len(n) > _LONGEST_NAME for n in typed.referrals):
        errors[REFERRALS] = (
            f"Up to {MOST_NAMES} people, one a line, each in {_LONGEST_NAME} letters"
        )
    if len(typed.skills) > MOST_SKILLS or any(len(s) > _LONGEST_SKILL for s in typed.skills):
        errors[SKILLS] = f"Up to {MOST_SKILLS} short names with commas between them: SQL, Figma"
    if typed.promise_due and not typed.promise:
        errors[PROMISE] = "What did you promise for that day? Or clear the date"
    if errors:
        raise FormErrors(errors)
    return typed


def _pieces(text: str, between: str) -> tuple[str, ...]:
    """Split a list as typed; bullets, empty lines and repeats are left out."""
    first_of_each: dict[str, str] = {}
    for typed in re.split(between, text):
        piece = " ".join(_BULLET.sub("", typed).split()).strip(" ,")
        if piece.strip(_MARKS):
            first_of_each.setdefault(piece.casefold(), piece)
    return tuple(first_of_each.values())
