"""The forms that correct a promise or something believed; a touch has the form it came from."""

from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement
from slack_sdk.models.views import View

from domain.debrief import LONGEST
from domain.vocabulary import AssumptionStatus, DebriefQuestion
from handlers.views import reading
from handlers.views.elements import ask, checkbox, choice, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.outcome_form import LONGEST_OUTCOME
from handlers.views.prepare_form import LONGEST_BELIEF
from handlers.views.question_words import OUTCOMES
from handlers.views.reading import FormErrors
from handlers.views.words import cut

PROMISE_FORM, BELIEF_FORM = "promise_form", "belief_form"
WHAT, DUE_ON, KEPT = "what", "due_on", "kept"
STATUS, OUTCOME = "status", "outcome"
_LONGEST_PROMISE = LONGEST[DebriefQuestion.PROMISE]
_SAY_SOMETHING = "A few words; to take it away altogether, press Delete instead"


@dataclass(frozen=True)
class PromiseTyped:
    """A promise as typed; `due_on` is a local date."""

    what: str
    due_on: date | None = None
    kept: bool = False


@dataclass(frozen=True)
class BeliefTyped:
    """Something believed, and what came of it."""

    text: str
    status: AssumptionStatus = AssumptionStatus.OPEN
    outcome: str = ""


def promise_form(name: str, typed: PromiseTyped, carried: Carried, *, mine: bool) -> View:
    """Draw the form for a promise between the member and the contact of that name."""
    due = DatePickerElement(
        action_id="value", initial_date=typed.due_on.isoformat() if typed.due_on else None
    )
    who = "You promised" if mine else "They promised"
    return _form(
        PROMISE_FORM,
        carried,
        small(cut(name, 200)),
        ask(who, WHAT, text_box(typed.what, most=_LONGEST_PROMISE, multiline=True), optional=False),
        ask("By when?", DUE_ON, due),
        ask("Is it kept?", KEPT, checkbox("It is kept", ticked=typed.kept)),
    )


def read_promise_form(view: reading.View) -> PromiseTyped:
    """Read the form; raises FormErrors where nothing is promised."""
    what = reading.text(view, WHAT)
    if not what:
        raise FormErrors({WHAT: _SAY_SOMETHING})
    return PromiseTyped(what, reading.day(view, DUE_ON), reading.ticked(view, KEPT))


def belief_form(name: str, typed: BeliefTyped, carried: Carried) -> View:
    """Draw the form for something believed ahead of a talk with the contact of that name."""
    return _form(
        BELIEF_FORM,
        carried,
        small(cut(name, 200)),
        ask("You believed", WHAT, text_box(typed.text, most=LONGEST_BELIEF), optional=False),
        ask("What came of it?", STATUS, choice(OUTCOMES, typed.status), optional=False),
        ask("In a few words", OUTCOME, text_box(typed.outcome, most=LONGEST_OUTCOME)),
    )


def read_belief_form(view: reading.View) -> BeliefTyped:
    """Read the form; raises FormErrors where nothing is believed."""
    text = reading.text(view, WHAT)
    if not text:
        raise FormErrors({WHAT: _SAY_SOMETHING})
    status = reading.chosen_of(view, STATUS, AssumptionStatus) or AssumptionStatus.OPEN
    return BeliefTyped(text, status, reading.text(view, OUTCOME))


def _form(callback_id: str, carried: Carried, *blocks: Block) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=carried.packed(),
        title=plain("Correct an entry"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=list(blocks),
    )
