"""Block elements (slack-platform.md 1.3)."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sandbox.rules.checks import (
    Check,
    Report,
    Rule,
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
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    option,
    plain_text,
)

SOURCE = "1.3"
ANYWHERE = ("section", "actions", "input")
ID: dict[str, Check] = {"action_id": string(255, 1)}
FOCUS: dict[str, Check] = {"focus_on_load": boolean}
PLACEHOLDER: dict[str, Check] = {"placeholder": plain_text(150)}
ASKING: dict[str, Check] = {"confirm": CONFIRM}
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


def _same_option(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same_text = one["text"].get("text") == other["text"].get("text")
    return bool(same_text and one["value"] == other["value"])


def _initial_among_options(value: dict[str, Any], pointer: str, report: Report) -> None:
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options.extend(group["options"])
    single = value.get("initial_option")
    for initial in [*([single] if single else []), *(value.get("initial_options") or [])]:
        if not any(_same_option(initial, known) for known in options):
            report.add("initial option must match one of the options", pointer)


def _length_order(value: dict[str, Any], pointer: str, report: Report) -> None:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        report.add("min_length must not be greater than max_length", pointer)


def _number_order(value: dict[str, Any], pointer: str, report: Report) -> None:
    least, most = value.get("min_value"), value.get("max_value")
    if least is not None and most is not None and float(least) > float(most):
        report.add("min_value must not be greater than max_value", pointer)


def _answers_only_from_modals(value: dict[str, Any], pointer: str, report: Report) -> None:
    good = report.parent == "input" and report.surface == "modal"
    if value.get("response_url_enabled") and not good:
        report.add("response_url_enabled works only in input blocks of modals", pointer)


def _select(
    fields: dict[str, Check], *, many: bool, rules: tuple[Rule, ...] = (), **required: Check
) -> Shape:
    several: dict[str, Check] = {"max_selected_items": integer(1, 100)} if many else {}
    optional = {**ID, **FOCUS, **PLACEHOLDER, **ASKING, **several, **fields}
    return Shape(SOURCE, required, optional, rules, parents=ANYWHERE)


def _selects() -> dict[str, Shape]:
    """All kinds of select, single and multi."""
    found: dict[str, Shape] = {}
    an_id = string(255, 1)
    for many in (False, True):
        prefix = "multi_" if many else ""

        def initial(word: str, check: Check, *, several: bool = many) -> dict[str, Check]:
            if several:
                return {f"initial_{word}s": list_of(check, 1, 100)}
            return {f"initial_{word}": check}

        found[f"{prefix}static_select"] = _select(
            {
                "options": list_of(OPTION, 1, 100),
                "option_groups": list_of(OPTION_GROUP, 1, 100),
                **initial("option", OPTION),
            },
            many=many,
            rules=(exactly_one("options", "option_groups"), _initial_among_options),
        )
        found[f"{prefix}external_select"] = _select(
            {"min_query_length": integer(0, 3000), **initial("option", OPTION)}, many=many
        )
        found[f"{prefix}users_select"] = _select(initial("user", an_id), many=many)
        found[f"{prefix}channels_select"] = _select(
            {"response_url_enabled": boolean, **initial("channel", an_id)},
            many=many,
            rules=(_answers_only_from_modals,),
        )
        found[f"{prefix}conversations_select"] = _select(
            {
                "default_to_current_conversation": boolean,
                "response_url_enabled": boolean,
                "filter": CONVERSATION_FILTER,
                **initial("conversation", an_id),
            },
            many=many,
            rules=(_answers_only_from_modals,),
        )
    return found


def _choices(initial: dict[str, Check]) -> Shape:
    return Shape(
        SOURCE,
        {"options": list_of(_CHOICE_OPTION, 1, 10)},
        {**ID, **FOCUS, **ASKING, **initial},
        (_initial_among_options,),
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
    **_selects(),
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
