"""What the half hour looks like: the plan, and the questions in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock, SectionBlock
from slack_sdk.models.views import View

from domain.half_hour import Step, plan_of
from domain.questions import bank
from domain.vocabulary import Phase
from handlers.views.elements import button, plain, small
from handlers.views.metadata import Carried
from handlers.views.question_words import LAST_QUESTION, PHASES, question_text
from handlers.views.words import Bold, Line, cut, rich

MOVE_UP = "question_move_up"
_OWN = "Questions of your own"
_STEPS = {
    Phase.OPENING: "Thank them, and say why you asked them of all people",
    Phase.CLOSING: f"{LAST_QUESTION} And thank them again",
}


@dataclass(frozen=True)
class Picked:
    """A question that was picked: of the bank, by its id, or in the member's own words."""

    picked_id: int
    question_id: str | None = None
    own_words: str = ""

    @property
    def phase(self) -> Phase | None:
        """The part of the talk that it belongs to; None for an own one."""
        known = bank().get(self.question_id or "")
        return known.phase if known else None

    @property
    def text(self) -> str:
        """The question as it is asked."""
        return question_text(self.question_id, self.own_words)


def half_hour(name: str, minutes: int, picked: Sequence[Picked], carried: Carried) -> View:
    """Draw how the talk could go; each question but the first can be moved up."""
    # What has left the bank since shows as nothing.
    picked = [question for question in picked if question.text]
    plan = plan_of(minutes, [question.phase for question in picked])
    blocks: list[Block] = [
        small(f"Saved. Your talk with {cut(name, 200)} could go like this:"),
        rich(*(_step(step) for step in plan)),
        DividerBlock(),
    ]
    for number, question in enumerate(picked, start=1):
        up = button("Move up", MOVE_UP, question.picked_id) if number > 1 else None
        text = plain(f"{number}. {cut(question.text, 2000)}")
        blocks.append(SectionBlock(text=text, accessory=up))
    blocks.append(small(f"And always last: {LAST_QUESTION}"))
    return View(
        type="modal",
        private_metadata=carried.packed(),
        title=plain("How it could go"),
        close=plain("Done"),
        blocks=blocks,
    )


def _step(step: Step) -> Line:
    label = _OWN if step.phase is None else _STEPS.get(step.phase, PHASES[step.phase])
    return [Bold(f"{step.minutes} min"), f"  {label}"]
