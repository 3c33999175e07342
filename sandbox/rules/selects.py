"""Selects, single and multi (slack-platform.md 1.3), and what they share with other elements."""

from typing import Any

from sandbox.rules.checks import (
    Check,
    Report,
    Rule,
    Shape,
    boolean,
    exactly_one,
    integer,
    list_of,
    string,
)
from sandbox.rules.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    OPTION,
    OPTION_GROUP,
    plain_text,
)

SOURCE = "1.3"
ANYWHERE = ("section", "actions", "input")
ID: dict[str, Check] = {"action_id": string(255, 1)}
FOCUS: dict[str, Check] = {"focus_on_load": boolean}
PLACEHOLDER: dict[str, Check] = {"placeholder": plain_text(150)}
ASKING: dict[str, Check] = {"confirm": CONFIRM}


def _same_option(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same_text = one["text"].get("text") == other["text"].get("text")
    return bool(same_text and one["value"] == other["value"])


def initial_among_options(value: dict[str, Any], pointer: str, report: Report) -> None:
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options.extend(group["options"])
    single = value.get("initial_option")
    for initial in [*([single] if single else []), *(value.get("initial_options") or [])]:
        if not any(_same_option(initial, known) for known in options):
            report.add("initial option must match one of the options", pointer)


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


def selects() -> dict[str, Shape]:
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
            rules=(exactly_one("options", "option_groups"), initial_among_options),
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
