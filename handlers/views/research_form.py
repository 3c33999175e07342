"""The check-list of what to look up about a contact, drawn and read here."""

from collections.abc import Mapping

from slack_sdk.models.blocks import CheckboxesElement, Option
from slack_sdk.models.views import View

from domain.vocabulary import ResearchItem
from handlers.views import reading
from handlers.views.elements import ask, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.question_words import RESEARCH
from handlers.views.words import cut

CALLBACK_ID = "research_form"

LOOKED_UP = "looked_up"
LONGEST_NOTE = 500
# For each line of the check-list the box for what was found, and what to look for.
_BOXES = {
    ResearchItem.WORK: ("Their work, in a line", "Their title, since when, what came before"),
    ResearchItem.WORDS: ("Something they wrote or said", "A post, a talk: something to ask about"),
    ResearchItem.COMPANY: ("Their company, in a line", "What it sells, to whom, what is new there"),
    ResearchItem.COMMON_GROUND: (
        "Our common ground",
        "A place, a person, a subject: it belongs into the first lines you write them",
    ),
}


def research_form(name: str, found: Mapping[ResearchItem, str], carried: Carried) -> View:
    """Draw the check-list for the contact of that name, as it is ticked by now."""
    options = {item: Option(text=plain(RESEARCH[item]), value=item) for item in ResearchItem}
    ticked = [options[item] for item in found]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Look them up"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            small(f"{cut(name, 200)}. Ten minutes are enough; what you note comes in the brief."),
            ask(
                "Looked up",
                LOOKED_UP,
                CheckboxesElement(
                    action_id="value",
                    options=list(options.values()),
                    initial_options=ticked or None,
                ),
            ),
            *(
                ask(label, item, text_box(found.get(item, ""), most=LONGEST_NOTE), hint=hint)
                for item, (label, hint) in _BOXES.items()
            ),
        ],
    )


def read_research_form(view: reading.View) -> dict[ResearchItem, str]:
    """Read the check-list: what has a note was looked up, ticked or not."""
    ticked = reading.all_ticked(view, LOOKED_UP)
    notes = {item: reading.text(view, item) for item in ResearchItem}
    return {item: note for item, note in notes.items() if note or item in ticked}
