"""After a talk: what became of what the member believed, and which questions were answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, CheckboxesElement, Option
from slack_sdk.models.views import View

from domain.questions import MOST_PICKED
from domain.vocabulary import AssumptionStatus
from handlers.views import reading
from handlers.views.elements import ask, choice, plain, small, text_box
from handlers.views.half_hour import Picked
from handlers.views.metadata import Carried
from handlers.views.question_words import OUTCOMES
from handlers.views.words import cut

CALLBACK_ID = "outcome_form"

STATUS, IN_WORDS, ANSWERED = "status:", "in_words:", "answered"
LONGEST_OUTCOME = 300


@dataclass(frozen=True)
class Belief:
    """Something that was believed before the talk; `outcome` says in a few words what was heard."""

    belief_id: int
    text: str
    status: AssumptionStatus = AssumptionStatus.OPEN
    outcome: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the form holds; the ids are claims. `answered` is None where no question was asked."""

    beliefs: tuple[tuple[int, AssumptionStatus, str], ...] = ()
    answered: tuple[int, ...] | None = None


def outcome_form(
    name: str,
    beliefs: Sequence[Belief],
    asked: Sequence[Picked],
    unanswered: Sequence[int],
    carried: Carried,
) -> View:
    """Draw the form; `unanswered` are those of the questions that were said to be so before."""
    blocks: list[Block] = [
        small(f"What {cut(name, 200)} made of it. Whatever stays open comes back before the next.")
    ]
    for number, belief in enumerate(beliefs, start=1):
        blocks += [
            ask(
                f"{number}. {cut(belief.text, 500)}",
                f"{STATUS}{belief.belief_id}",
                choice(OUTCOMES, belief.status),
            ),
            ask(
                f"{number}. In a few words",
                f"{IN_WORDS}{belief.belief_id}",
                text_box(belief.outcome, most=LONGEST_OUTCOME),
            ),
        ]
    # What has left the bank since shows as nothing.
    asked = [question for question in asked if question.text][:MOST_PICKED]
    if asked:
        blocks.append(ask("Which questions were answered?", ANSWERED, _asked(asked, unanswered)))
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("What became of it"),
        submit=plain("Save"),
        close=plain("Finish later"),
        blocks=blocks,
    )


def read_outcome_form(view: reading.View) -> Outcome:
    """Read the form; a belief of which nothing was chosen is left as it was."""
    beliefs = []
    for block_id in reading.asked(view, STATUS):
        belief_id = reading.as_id(block_id.removeprefix(STATUS))
        status = reading.chosen_of(view, block_id, AssumptionStatus)
        if belief_id is not None and status is not None:
            beliefs.append((belief_id, status, reading.text(view, f"{IN_WORDS}{belief_id}")))
    ids = [reading.as_id(value) for value in reading.all_ticked(view, ANSWERED)]
    answered = tuple(each for each in ids if each is not None)
    return Outcome(tuple(beliefs), answered if reading.asked(view, ANSWERED) else None)


def _asked(asked: Sequence[Picked], unanswered: Sequence[int]) -> CheckboxesElement:
    options = {
        question.picked_id: Option(
            text=plain(cut(question.text, 75)), value=str(question.picked_id)
        )
        for question in asked
    }
    ticked = [option for picked_id, option in options.items() if picked_id not in unanswered]
    return CheckboxesElement(
        action_id="value", options=list(options.values()), initial_options=ticked or None
    )
