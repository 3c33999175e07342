"""Selects, single and multi (slack-platform.md 1.3), and what they share with other elements."""

from typing import Any

from sandbox.rules.checks import Boolean, Check, Integer, ListOf, Report, String
from sandbox.rules.composition import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    VALUES,
)
from sandbox.rules.shapes import Across, Named, Shape, exactly_one

ID: dict[str, Check] = {"action_id": ACTION_ID}
FOCUS: dict[str, Check] = {"focus_on_load": Boolean()}
WRITTEN: dict[str, Check] = {"placeholder": PLACEHOLDER}
ASKING: dict[str, Check] = {"confirm": CONFIRM}
AN_ID = String(None, 1)
MOST_SELECTED = Named("max_selected_items", "1.3 multi_*", Integer(1, 100))


def _same_option(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same_text = one["text"].get("text") == other["text"].get("text")
    return bool(same_text and one["value"] == other["value"])


def _initial_among_options(value: dict[str, Any], report: Report) -> str | None:
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options.extend(group["options"])
    single = value.get("initial_option")
    initial = [*([single] if single else []), *(value.get("initial_options") or [])]
    if all(any(_same_option(one, known) for known in options) for one in initial):
        return None
    return "initial option must match one of the options"


INITIAL = Across("initial", "what is chosen at first is among the options", _initial_among_options)


def _initial_once(value: dict[str, Any], report: Report) -> str | None:
    for name, chosen in value.items():
        if not name.startswith("initial_") or not isinstance(chosen, list):
            continue
        if len(chosen) > (value.get("max_selected_items") or len(chosen)):
            return f"{name} must not be more than max_selected_items"
        if any(one in chosen[:number] for number, one in enumerate(chosen)):
            return f"{name} must be unique"
    return None


ONCE = Across(
    "initial_count", "at first nothing twice, nor more than max_selected_items", _initial_once
)


def _answers_only_from_modals(value: dict[str, Any], report: Report) -> str | None:
    if not value.get("response_url_enabled") or (
        report.parent == "input" and report.surface == "modal"
    ):
        return None
    return "response_url_enabled works only in input blocks of modals"


_ANSWERS = Across(
    "response_url", "response_url_enabled only in input blocks of modals", _answers_only_from_modals
)


def _select(
    kind: str,
    initial: tuple[str, Check],
    fields: dict[str, Check],
    *across: Across,
    answers: bool = False,
) -> dict[str, Shape]:
    """A kind of select, single and multi; `initial` names what is chosen, with its check.

    With `answers` the single one may ask for a response_url.
    """
    word, check = initial
    shared = {**ID, **FOCUS, **WRITTEN, **ASKING, **fields}
    single = {**shared, f"initial_{word}": check}
    multi = {**shared, f"initial_{word}s": ListOf(check, 1), "max_selected_items": MOST_SELECTED}
    asking: dict[str, Check] = {"response_url_enabled": Boolean()} if answers else {}
    only_single = (_ANSWERS,) if answers else ()
    return {
        kind: Shape(kind, f"1.3 {kind}", {}, {**single, **asking}, (*across, *only_single)),
        f"multi_{kind}": Shape(f"multi_{kind}", f"1.3 multi_{kind}", {}, multi, (*across, ONCE)),
    }


SELECTS: dict[str, Shape] = {
    **_select(
        "static_select",
        ("option", OPTION),
        {"options": ListOf(OPTION, 1, 100), "option_groups": ListOf(OPTION_GROUP, 1, 100)},
        exactly_one("options", "option_groups"),
        VALUES,
        INITIAL,
    ),
    **_select("external_select", ("option", OPTION), {"min_query_length": Integer(0, 3000)}),
    **_select("users_select", ("user", AN_ID), {}),
    **_select("channels_select", ("channel", AN_ID), {}, answers=True),
    **_select(
        "conversations_select",
        ("conversation", AN_ID),
        {"default_to_current_conversation": Boolean(), "filter": CONVERSATION_FILTER},
        answers=True,
    ),
}
