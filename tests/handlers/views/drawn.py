"""What a screen's JSON holds: what a person sees in it, and what Slack would send back of it."""

import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.views import View

Json = dict[str, Any]

# The only markup that the bot itself writes into message text: moments and mentions.
_OWN_MARKUP = re.compile(r"<!date\^\d+\^[^<>]*\^[^<>]*>|<@U[A-Z0-9]+>")


def objects(drawn: Any) -> Iterator[Json]:
    """Every object inside a screen's JSON."""
    if isinstance(drawn, dict):
        yield drawn
        for inner in drawn.values():
            yield from objects(inner)
    elif isinstance(drawn, list):
        for inner in drawn:
            yield from objects(inner)


def shown_as_is(drawn: Any) -> str:
    """All text that Slack shows exactly as it is: rich text, plain text, what fills a box."""
    pieces = []
    for one in objects(drawn):
        if one.get("type") in ("text", "plain_text"):
            pieces.append(one["text"])
        elif isinstance(one.get("initial_value"), str):
            pieces.append(one["initial_value"])
    return "\n".join(pieces)


def next_step(drawn: list[Json]) -> str:
    """What stands on the coloured button of the first row of buttons, or else on its first one."""
    for block in drawn:
        buttons = [one for one in block.get("elements", []) if one.get("type") == "button"]
        if buttons:
            coloured = [one for one in buttons if one.get("style") == "primary"]
            label: str = (coloured or buttons)[0]["text"]["text"]
            return label
    return ""


def marked_up(drawn: Any) -> str:
    """All text in which Slack looks for markup."""
    return "\n".join(one["text"] for one in objects(drawn) if one.get("type") == "mrkdwn")


def without_own_markup(text: str) -> str:
    """Message text without the moments and mentions that the bot wrote itself."""
    return _OWN_MARKUP.sub("", text)


def sent(view: View) -> Json:
    """A drawn form as Slack sends it back when the member changes nothing."""
    drawn: Json = view.to_dict()
    values: Json = {}
    for block in drawn["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            values[block["block_id"]] = {element["action_id"]: leaf(element)}
    return {**drawn, "state": {"values": values}}


def leaf(element: Json) -> Json:
    """What Slack sends for one element that was left as drawn."""
    kind = element["type"]
    match kind:
        case "plain_text_input" | "email_text_input" | "url_text_input" | "number_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "static_select" | "external_select":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            return {"type": kind, "selected_options": element.get("initial_options") or []}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": element.get("initial_date_time")}
    raise AssertionError(f"an element that no form has had so far: {kind}")


def filled(view: Json, **given: Any) -> Json:
    """A form in which the member filled some blocks; each value stands for its element's kind."""
    values = dict(view["state"]["values"])
    for block_id, value in given.items():
        ((action_id, before),) = values[block_id].items()
        key = next(key for key in before if key != "type")
        if key == "selected_option" and value is not None:
            value = {"text": {"type": "plain_text", "text": "…"}, "value": value}
        values[block_id] = {action_id: {**before, key: value}}
    return {**view, "state": {"values": values}}
