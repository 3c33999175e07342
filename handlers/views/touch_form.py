"""The form for one touch: what passed between the member and a contact."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import DateTimePickerElement
from slack_sdk.models.views import View

from domain.vocabulary import TouchKind
from handlers.views import reading, words
from handlers.views.elements import ask, choice, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "touch_form"

KIND, AT, NOTE = "kind", "at", "note"


@dataclass(frozen=True)
class TouchTyped:
    """A touch as typed; `at` is aware UTC."""

    kind: TouchKind
    at: datetime
    note: str = ""


def touch_form(name: str, now: datetime, carried: Carried) -> View:
    """Draw the form for a touch with the contact of that name; it offers this very moment."""
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Write a touch"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            small(words.cut(name, 200)),
            ask("What happened?", KIND, choice(words.TOUCHES), optional=False),
            ask(
                "When?",
                AT,
                DateTimePickerElement(action_id="value", initial_date_time=int(now.timestamp())),
                optional=False,
            ),
            ask("Note", NOTE, text_box("", most=3000, multiline=True)),
        ],
    )


def read_touch_form(view: reading.View, now: datetime) -> TouchTyped:
    """Read the form; raises FormErrors for a touch that is still to come."""
    kind, at = reading.chosen_of(view, KIND, TouchKind), reading.moment(view, AT)
    errors = {}
    if kind is None:
        errors[KIND] = "Choose what happened; “Just a note” fits everything else"
    if at is None:
        errors[AT] = "Pick a day and a time; a guess will do"
    elif at > now:
        errors[AT] = "This is still to come. A talk that is planned goes under “Log a talk”"
    if kind is None or at is None or errors:
        raise FormErrors(errors)
    return TouchTyped(kind=kind, at=at, note=reading.text(view, NOTE))
