"""The form for one touch: what passed between the member and a contact."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import DatePickerElement, DateTimePickerElement
from slack_sdk.models.views import View

from domain.numbers import NOT_NOW_DAYS
from domain.vocabulary import TouchKind
from handlers.views import reading, words
from handlers.views.elements import ask, choice, plain, small, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "touch_form"
CORRECT_CALLBACK_ID = "touch_correct_form"

KIND, AT, NOT_NOW_UNTIL, NOTE = "kind", "at", "not_now_until", "note"
_FARTHEST = timedelta(days=2 * 365)


@dataclass(frozen=True)
class TouchTyped:
    """A touch as typed; `at` is aware UTC, `until` the local date that goes with "not now"."""

    kind: TouchKind
    at: datetime
    note: str = ""
    until: date | None = None


def touch_form(name: str, now: datetime, carried: Carried) -> View:
    """Draw the form for a touch with the contact of that name; it offers this very moment."""
    return _form(CALLBACK_ID, "Write a touch", name, None, now, "", None, carried)


def correct_touch_form(name: str, typed: TouchTyped, carried: Carried) -> View:
    """Draw the same form for a touch that was logged, with what it says."""
    at, note, until = typed.at, typed.note, typed.until
    title = "Correct an entry"
    return _form(CORRECT_CALLBACK_ID, title, name, typed.kind, at, note, until, carried)


def _form(
    callback_id: str,
    title: str,
    name: str,
    kind: TouchKind | None,
    at: datetime,
    note: str,
    until: date | None,
    carried: Carried,
) -> View:
    day = until.isoformat() if until else None
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=carried.packed(),
        title=plain(title),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            small(words.cut(name, 200)),
            ask("What happened?", KIND, choice(words.TOUCHES, kind), optional=False),
            ask(
                "When?",
                AT,
                DateTimePickerElement(action_id="value", initial_date_time=int(at.timestamp())),
                optional=False,
            ),
            ask(
                "When may I ask again?",
                NOT_NOW_UNTIL,
                DatePickerElement(action_id="value", initial_date=day),
                hint=f"Only for “not now”. Left open, I come back to it in {NOT_NOW_DAYS} days.",
            ),
            ask("Note", NOTE, text_box(note, most=3000, multiline=True)),
        ],
    )


def read_touch_form(
    view: reading.View, now: datetime, today: date, *, before: date | None = None
) -> TouchTyped:
    """Read the form; `today` is the member's own date, `before` the date that was there before.

    Raises FormErrors for a touch that is still to come, and for a "not now" that is over already.
    """
    kind, at = reading.chosen_of(view, KIND, TouchKind), reading.moment(view, AT)
    until = reading.day(view, NOT_NOW_UNTIL)
    errors = {}
    if kind is None:
        errors[KIND] = "Choose what happened; “Just a note” fits everything else"
    if at is None:
        errors[AT] = "Pick a day and a time; a guess will do"
    elif at > now:
        errors[AT] = "This is still to come. A talk that is planned goes under “Log a talk”"
    if until is not None and (until != before or kind != TouchKind.NOT_NOW):
        errors |= _wrong_date(until, kind, today)
    if kind is None or at is None or errors:
        raise FormErrors(errors)
    if kind == TouchKind.NOT_NOW and until is None:
        until = today + timedelta(days=NOT_NOW_DAYS)
    return TouchTyped(kind=kind, at=at, note=reading.text(view, NOTE), until=until)


def _wrong_date(until: date, kind: TouchKind | None, today: date) -> dict[str, str]:
    if kind is not None and kind != TouchKind.NOT_NOW:
        said = words.TOUCHES[TouchKind.NOT_NOW]
        return {NOT_NOW_UNTIL: f"A date goes with “{said}”: choose that above, or clear the date"}
    if until <= today:
        return {NOT_NOW_UNTIL: "Pick a day that is still to come, or leave it open"}
    if until > today + _FARTHEST:
        return {NOT_NOW_UNTIL: "Up to two years from now, please"}
    return {}
