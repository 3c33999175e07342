"""Block elements (slack-platform.md 1.3)."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sandbox.rules.checks import Boolean, Check, Form, Integer, ListOf, OneOf, Report, String, url
from sandbox.rules.composition import (
    CHOICE,
    DISPATCH_ACTION_CONFIG,
    LINK_SCHEMES,
    OVERFLOW_OPTION,
    SLACK_FILE,
    VALUES,
    plain_text,
)
from sandbox.rules.rich_text import RICH_VALUE
from sandbox.rules.selects import ASKING, FOCUS, ID, INITIAL, ONCE, SELECTS, WRITTEN
from sandbox.rules.shapes import Across, Kinds, Shape, exactly_one

_TYPED: dict[str, Check] = {
    **ID,
    **FOCUS,
    **WRITTEN,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
NUMBER = String(None, 0, r"-?[0-9]+(\.[0-9]+)?", "a number")
_LINES = Integer(1, 100)
_zones = cache(available_timezones)


def _is_date(value: Any) -> bool:
    try:
        # Python reads weeks, too: 2026-W10-1.
        written = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
        return bool(written and date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _in_order(least: str, most: str, last: float) -> Across:
    def broken(value: dict[str, Any], report: Report) -> str | None:
        low, high = value.get(least), value.get(most)
        given = low is not None
        if given and float(low or 0) > (last if high is None else float(high)):
            return f"{least} must not be greater than {most}"
        return None

    return Across("order", f"{least} not greater than {most}", broken)


def _initial_text_fits(value: dict[str, Any], report: Report) -> str | None:
    length = len(value.get("initial_value") or "")
    if length > (value.get("max_length") or 3000):
        return "initial_value must not be longer than max_length"
    if 0 < length < (value.get("min_length") or 0):
        return "initial_value must not be shorter than min_length"
    return None


def _initial_number_fits(value: dict[str, Any], report: Report) -> str | None:
    if value.get("initial_value") is None:
        return None
    initial = Decimal(value["initial_value"])
    if not value.get("is_decimal_allowed", True) and initial != initial.to_integral_value():
        return "initial_value must be a whole number"
    low, high = value.get("min_value"), value.get("max_value")
    if (low is not None and initial < Decimal(low)) or (
        high is not None and initial > Decimal(high)
    ):
        return "initial_value must be from min_value to max_value"
    return None


def _choices(kind: str, initial: str, check: Check, *across: Across) -> Shape:
    return Shape(
        kind,
        f"1.3 {kind}",
        {"options": ListOf(CHOICE, 1, 10)},
        {**ID, **FOCUS, **ASKING, initial: check},
        (INITIAL, VALUES, *across),
    )


def _picker(kind: str, **fields: Check) -> Shape:
    optional = {**ID, **FOCUS, **WRITTEN, **ASKING, **fields}
    return Shape(kind, f"1.3 {kind}", {}, optional)


def _address_input(kind: str) -> Shape:
    return Shape(
        kind,
        f"1.3 {kind}",
        {},
        {**_TYPED, "initial_value": String()},
        surfaces=("modal",),
        parents=("input",),
    )


IMAGE = Shape(
    "image_element",
    "1.3 image",
    {"alt_text": String(2000, 1)},
    {"image_url": url(), "slack_file": SLACK_FILE},
    (exactly_one("image_url", "slack_file"),),
    parents=("section", "context"),
)
BUTTON = Shape(
    "button",
    "1.3 button",
    {"text": plain_text(75)},
    {
        **ID,
        **ASKING,
        "value": String(2000),
        "url": url(3000, LINK_SCHEMES),
        "style": OneOf("primary", "danger"),
        "accessibility_label": String(75),
    },
    parents=("section", "actions", "card"),
)
ELEMENTS: dict[str, Shape] = {
    "button": BUTTON,
    "image": IMAGE,
    "checkboxes": _choices("checkboxes", "initial_options", ListOf(CHOICE, 1, 10), ONCE),
    "radio_buttons": _choices("radio_buttons", "initial_option", CHOICE),
    "datepicker": _picker(
        "datepicker", initial_date=Form(_is_date, "a date in the form YYYY-MM-DD")
    ),
    "timepicker": _picker(
        "timepicker",
        initial_time=String(None, 0, r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time in the form HH:mm"),
        timezone=Form(
            lambda zone: isinstance(zone, str) and zone in _zones(), "a valid IANA time zone"
        ),
    ),
    "datetimepicker": Shape(
        "datetimepicker",
        "1.3 datetimepicker",
        {},
        {**ID, **FOCUS, **ASKING, "initial_date_time": Integer(1_000_000_000, 9_999_999_999)},
        surfaces=("message", "modal"),
        parents=("actions", "input"),
    ),
    **SELECTS,
    "overflow": Shape(
        "overflow",
        "1.3 overflow",
        {"options": ListOf(OVERFLOW_OPTION, 1, 5)},
        {**ID, **ASKING},
        parents=("section", "actions"),
    ),
    "plain_text_input": Shape(
        "plain_text_input",
        "1.3 plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": String(),
            "multiline": Boolean(),
            "min_length": Integer(0, 3000),
            "max_length": Integer(1, 3000),
        },
        (
            _in_order("min_length", "max_length", 3000),
            Across(
                "initial",
                "a text at first that it would take",
                _initial_text_fits,
            ),
        ),
        parents=("input",),
    ),
    "rich_text_input": Shape(
        "rich_text_input",
        "1.3 rich_text_input",
        {},
        {**_TYPED, "initial_value": RICH_VALUE, "min_lines": _LINES, "max_lines": _LINES},
        surfaces=("modal", "home"),
        parents=("input",),
    ),
    "email_text_input": _address_input("email_text_input"),
    "url_text_input": _address_input("url_text_input"),
    "number_input": Shape(
        "number_input",
        "1.3 number_input",
        {"is_decimal_allowed": Boolean()},
        {**_TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        (
            _in_order("min_value", "max_value", float("inf")),
            Across("initial", "a number at first that it would take", _initial_number_fits),
        ),
        surfaces=("modal",),
        parents=("input",),
    ),
    "file_input": Shape(
        "file_input",
        "1.3 file_input",
        {},
        {**ID, "max_files": Integer(1, 10), "filetypes": ListOf(String(None, 1), 1)},
        surfaces=("modal",),
        parents=("input",),
    ),
}


def element_of(parent: str) -> Kinds:
    """Any element that may stand in this kind of block, on the surface at hand."""
    return Kinds("element", "1.3 elements", ELEMENTS, parent)
