"""The question where a contact stands: it follows from what was logged, or is set by hand."""

from dataclasses import dataclass

from slack_sdk.models.blocks import InputBlock, Option, StaticSelectElement

from domain.vocabulary import Stage
from handlers.views import reading
from handlers.views.elements import ask, plain
from handlers.views.words import STAGES

STAGE = "stage"
_FOLLOWS = "follows"


@dataclass(frozen=True)
class StageTyped:
    """The stage that is set by hand, None for none; `logged` follows from what was logged."""

    logged: Stage
    by_hand: Stage | None = None


def stage_by_hand(view: reading.View) -> Stage | None:
    """The stage that the member sets by hand; None where it follows from what was logged."""
    return reading.chosen_of(view, STAGE, Stage)


def stage_question(typed: StageTyped) -> InputBlock:
    """Ask for the stage; as it is offered it follows from what was logged."""
    logged = STAGES[typed.logged]
    follows = Option(text=plain(f"Follows from what was logged (now: {logged})"), value=_FOLLOWS)
    by_hand = {
        stage: Option(text=plain(label.capitalize()), value=stage)
        for stage, label in STAGES.items()
    }
    menu = StaticSelectElement(
        action_id="value",
        options=[follows, *by_hand.values()],
        initial_option=by_hand[typed.by_hand] if typed.by_hand else follows,
    )
    hint = "One that you choose holds until you log something new. Declined and closed: no nudges."
    return ask("Stage", STAGE, menu, hint=hint)
