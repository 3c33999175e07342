"""Values as a test writes them, in the forms that Slack keeps."""

from datetime import date, datetime, time
from typing import Any

from sandbox.model import Json

OPTION_KINDS = ("static_select", "external_select", "radio_buttons", "checkboxes", "overflow")
_TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def entered(element: Json, given: Any) -> Any:
    """Text, number, date, time or aware moment for this element; AssertionError if it misfits."""
    kind = element["type"]
    if kind == "number_input" and isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    if kind in _TEXTS:
        assert isinstance(given, str), f"A {kind} takes text, not {given!r}"
        return given
    if kind == "datepicker" and isinstance(given, date):
        return given.strftime("%Y-%m-%d")
    if kind == "timepicker" and isinstance(given, time):
        return given.strftime("%H:%M")
    if kind == "datetimepicker":
        aware = isinstance(given, datetime) and given.tzinfo is not None
        assert aware, f"A {kind} takes an aware datetime, not {given!r}"
        return int(given.timestamp())
    assert isinstance(given, str), f"A {kind} does not take {given!r}"
    return given
