"""What Slack's client itself checks before it sends a modal (slack-platform.md 2.3)."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from sandbox.model import Json, View
from sandbox.state import LEAVES, is_empty

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def problems_of(view: View) -> dict[str, str]:
    """The texts that the client shows under the inputs, by block id."""
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        leaf = view.held[block["block_id"]][element["action_id"]]
        if is_empty(leaf):
            problem = None if block.get("optional") else REQUIRED
        else:
            problem = _problem(element, leaf[LEAVES[element["type"]][0]])
        if problem:
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind in ("plain_text_input", "email_text_input", "url_text_input"):
        too = _length_problem(element, str(value))
        if too:
            return too
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _is_url(value):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number_problem(element, value)
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"Please choose at most {most}."
    return None


def _length_problem(element: Json, value: str) -> str | None:
    shortest = element.get("min_length", 0)
    longest = element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    if len(value) > longest:
        return f"Please enter at most {longest} characters."
    return None


def _is_url(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in value


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
