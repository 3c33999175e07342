"""Block elements (slack-platform.md 1.3)."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sandbox.rules.checks import (
    Check,
    Report,
    Shape,
    boolean,
    exactly_one,
    integer,
    list_of,
    one_of,
    string,
    url,
)
from sandbox.rules.composition import (
    BUTTON_SCHEMES,
    DISPATCH_ACTION_CONFIG,
    SLACK_FILE,
    option,
    plain_text,
)
from sandbox.rules.selects import (
    ANYWHERE,
    ASKING,
    FOCUS,
    ID,
    PLACEHOLDER,
    SOURCE,
    initial_among_options,
    selects,
)

_TEXT_FIELDS: dict[str, Check] = {
    **ID,
    **FOCUS,
    **PLACEHOLDER,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_CHOICE_OPTION = option("any")
NUMBER = string(255, 1, r"-?\d+(\.\d+)?", "a number")


def _date(value: Any, pointer: str, report: Report) -> None:
    try:
        good = len(value) == 10 and date.fromisoformat(value)
    except (TypeError, ValueError):
        good = False
    if not good:
        report.add("must be a date in the form YYYY-MM-DD", pointer)


def _zone(value: Any, pointer: str, report: Report) -> None:
    if value not in available_timezones():
        report.add("must be a valid IANA time zone", pointer)


def _length_order(value: dict[str, Any], pointer: str, report: Report) -> None:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        report.add("min_length must not be greater than max_length", pointer)


def _number_order(value: dict[str, Any], pointer: str, report: Report) -> None:
    least, most = value.get("min_value"), value.get("max_value")
    if least is not None and most is not None and float(least) > float(most):
        report.add("min_value must not be greater than max_value", pointer)


def _choices(initial: dict[str, Check]) -> Shape:
    return Shape(
        SOURCE,
        {"options": list_of(_CHOICE_OPTION, 1, 10)},
        {**ID, **FOCUS, **ASKING, **initial},
        (initial_among_options,),
        parents=ANYWHERE,
    )


IMAGE = Shape(
    SOURCE,
    {"alt_text": string(2000, 1)},
    {"image_url": url(3000), "slack_file": SLACK_FILE},
    (exactly_one("image_url", "slack_file"),),
    parents=("section", "context"),
)
BUTTON = Shape(
    SOURCE,
    {"text": plain_text(75)},
    {
        **ID,
        **ASKING,
        "value": string(2000),
        "url": url(3000, BUTTON_SCHEMES),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
    parents=("section", "actions", "card"),
)
ELEMENTS: dict[str, Shape] = {
    "button": BUTTON,
    "image": IMAGE,
    "checkboxes": _choices({"initial_options": list_of(_CHOICE_OPTION, 1, 10)}),
    "radio_buttons": _choices({"initial_option": _CHOICE_OPTION}),
    "datepicker": Shape(
        SOURCE,
        {},
        {**ID, **FOCUS, **PLACEHOLDER, **ASKING, "initial_date": _date},
        parents=ANYWHERE,
    ),
    "timepicker": Shape(
        SOURCE,
        {},
        {
            **ID,
            **FOCUS,
            **PLACEHOLDER,
            **ASKING,
            "initial_time": string(5, 5, r"([01]\d|2[0-3]):[0-5]\d", "a time in the form HH:mm"),
            "timezone": _zone,
        },
        parents=ANYWHERE,
    ),
    "datetimepicker": Shape(
        SOURCE,
        {},
        {**ID, **FOCUS, **ASKING, "initial_date_time": integer(1_000_000_000, 9_999_999_999)},
        surfaces=("message", "modal"),
        parents=("actions", "input"),
    ),
    **selects(),
    "overflow": Shape(
        SOURCE,
        {"options": list_of(option(with_url=True), 1, 5)},
        {**ID, **ASKING},
        parents=("section", "actions"),
    ),
    "plain_text_input": Shape(
        SOURCE,
        {},
        {
            **_TEXT_FIELDS,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        (_length_order,),
        parents=("input",),
    ),
    "email_text_input": Shape(
        SOURCE,
        {},
        {**_TEXT_FIELDS, "initial_value": string(3000)},
        surfaces=("modal",),
        parents=("input",),
    ),
    "url_text_input": Shape(
        SOURCE,
        {},
        {**_TEXT_FIELDS, "initial_value": string(3000)},
        surfaces=("modal",),
        parents=("input",),
    ),
    "number_input": Shape(
        SOURCE,
        {"is_decimal_allowed": boolean},
        {**_TEXT_FIELDS, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        (_number_order,),
        surfaces=("modal",),
        parents=("input",),
    ),
}


def element_of(parent: str) -> Check:
    """Any element that may stand in this kind of block, on the surface at hand."""

    def check(value: Any, pointer: str, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        shape = ELEMENTS.get(str(kind))
        if shape is None:
            report.add(f"unsupported type: {kind}", f"{pointer}/type")
        elif parent not in shape.parents:
            report.add(f"{kind} is not allowed in {parent}", f"{pointer}/type")
        elif report.surface not in shape.surfaces:
            report.add(f"{kind} is not supported in {report.surface} views", f"{pointer}/type")
        else:
            report.parent = parent
            shape(value, pointer, report)

    return check
