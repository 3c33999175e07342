"""What stands in the inputs of a view or message, in the shapes of `state.values`."""

from typing import Any

from sandbox.errors import ClientRefused
from sandbox.model import Held, Json, elements_of

# Element type -> (key of its leaf in state.values, key of its initial value, holds several).
# Source: slack-platform.md 2.3.
LEAVES: dict[str, tuple[str, str, bool]] = {
    "plain_text_input": ("value", "initial_value", False),
    "email_text_input": ("value", "initial_value", False),
    "url_text_input": ("value", "initial_value", False),
    "number_input": ("value", "initial_value", False),
    "static_select": ("selected_option", "initial_option", False),
    "external_select": ("selected_option", "initial_option", False),
    "radio_buttons": ("selected_option", "initial_option", False),
    "multi_static_select": ("selected_options", "initial_options", True),
    "multi_external_select": ("selected_options", "initial_options", True),
    "checkboxes": ("selected_options", "initial_options", True),
    "users_select": ("selected_user", "initial_user", False),
    "multi_users_select": ("selected_users", "initial_users", True),
    "conversations_select": ("selected_conversation", "initial_conversation", False),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", True),
    "channels_select": ("selected_channel", "initial_channel", False),
    "multi_channels_select": ("selected_channels", "initial_channels", True),
    "datepicker": ("selected_date", "initial_date", False),
    "timepicker": ("selected_time", "initial_time", False),
    "datetimepicker": ("selected_date_time", "initial_date_time", False),
    "rich_text_input": ("rich_text_value", "initial_value", False),
    "file_input": ("files", "", True),
}


def options_of(element: Json) -> list[Json]:
    """The options that an element lists itself, groups flattened."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group.get("options", []))
    return options


def flatten_options(answered: list[Json]) -> list[Json]:
    """Options out of a list of options or of option groups."""
    flat: list[Json] = []
    for item in answered:
        flat.extend(item.get("options", [item]))
    return flat


def option_as_sent(option: Json) -> Json:
    """An option as Slack sends it back: its plain text says of emoji that they are shown."""
    text = dict(option["text"])
    if text.get("type") == "plain_text":
        text.setdefault("emoji", True)
    return {**option, "text": text}


def _pick(offered: list[Json], value: Any) -> Json:
    for option in offered:
        if option.get("value") == value:
            return option_as_sent(option)
    raise ClientRefused(f"{value!r} is not among the options")


def _leaf(element: Json, value: Any) -> Json:
    key, _, _ = LEAVES[element["type"]]
    leaf = {"type": element["type"], key: value}
    if element["type"] == "timepicker" and "timezone" in element:
        leaf["timezone"] = element["timezone"]
    return leaf


def initial_leaf(element: Json, opened_in: str | None = None) -> Json | None:
    """The leaf of an element as the app sent it; None for one that holds no value.

    `opened_in`: the conversation that `default_to_current_conversation` fills in, if it is known.
    """
    if element.get("type") not in LEAVES:
        return None
    _, initial_key, many = LEAVES[element["type"]]
    value = element.get(initial_key)
    if element.get("default_to_current_conversation") and opened_in:
        value = [opened_in] if many else opened_in
    if value is None:
        return _leaf(element, [] if many else None)
    if "option" in initial_key:
        value = [option_as_sent(o) for o in value] if many else option_as_sent(value)
    return _leaf(element, value)


def typed_leaf(element: Json, value: Any, suggested: list[Json]) -> Json:
    """The leaf for what a person typed or chose; ClientRefused if it is not offered."""
    key, _, many = LEAVES[element["type"]]
    if value in (None, "", []):
        return _leaf(element, [] if many else None)
    if "option" in key:
        initial = element.get(LEAVES[element["type"]][1]) or []
        known = initial if isinstance(initial, list) else [initial]
        offered = [*options_of(element), *suggested, *known]
        value = [_pick(offered, one) for one in value] if many else _pick(offered, value)
    return _leaf(element, value)


def initial_held(blocks: list[Json], opened_in: str | None = None) -> Held:
    """What stands in the elements before anybody typed."""
    held: Held = {}
    for block, element in elements_of(blocks):
        leaf = initial_leaf(element, opened_in)
        if leaf is not None:
            held.setdefault(block["block_id"], {})[element["action_id"]] = leaf
    return held


def carried_over(blocks: list[Json], before: Held, opened_in: str | None = None) -> Held:
    """The held values of updated blocks: kept where block_id and action_id (and type) are the same.

    A chosen option that is not offered any more gives way to the initial one.
    """
    held = initial_held(blocks, opened_in)
    for block, element in elements_of(blocks):
        block_id, action_id = block["block_id"], element.get("action_id", "")
        old = before.get(block_id, {}).get(action_id)
        if old is not None and old["type"] == element["type"] and _still_offered(element, old):
            held[block_id][action_id] = old
    return held


def _still_offered(element: Json, leaf: Json) -> bool:
    key = LEAVES[element["type"]][0]
    offered = {option.get("value") for option in options_of(element)}
    if "option" not in key or "external" in element["type"] or not leaf[key]:
        return True
    chosen = leaf[key] if isinstance(leaf[key], list) else [leaf[key]]
    return all(option.get("value") in offered for option in chosen)


def as_sent(held: Held) -> Held:
    """What is held as `state.values` have it: of rich text that is empty nothing but its type."""
    return {
        block_id: {
            action_id: {k: v for k, v in leaf.items() if (k, v) != ("rich_text_value", None)}
            for action_id, leaf in leaves.items()
        }
        for block_id, leaves in held.items()
    }


def is_empty(leaf: Json) -> bool:
    """Whether nothing is entered."""
    return leaf[LEAVES[leaf["type"]][0]] in (None, "", [])


def value_of(leaf: Json) -> Any:
    """What is entered, in the plain form that `fill` takes: text, option values, ids."""
    value = leaf[LEAVES[leaf["type"]][0]]
    if isinstance(value, dict) and "value" in value:
        return value["value"]
    if isinstance(value, list):
        return [one["value"] if isinstance(one, dict) and "value" in one else one for one in value]
    return value
