"""Reads what the page's forms post back into plain values, as `sandbox.acts` takes them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from sandbox.model import Json, elements_of
from sandbox.page.blockkit import KINDS, field_name
from sandbox.page.rich_text import as_rich_text

Values = dict[str, dict[str, Any]]


def read_values(blocks: list[Json], form: FormData, zone: ZoneInfo) -> Values:
    """Block id -> action id -> value for every field that the form showed.

    A field that the form did not show keeps what it holds: the app may have changed the view
    since the form was drawn.
    """
    shown = set(form.getlist("shown"))
    values: Values = {}
    for block, element in elements_of(blocks):
        name = field_name(block, element)
        if element["type"] in KINDS and name in shown:
            given = [str(value) for value in form.getlist(name)]
            value = read_value(element["type"], given, zone)
            values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def read_value(element_type: str, given: list[str], zone: ZoneInfo) -> Any:
    """One field's value; empty fields are None, or [] where several can be chosen."""
    kind = KINDS[element_type]
    if kind in {"multi", "checkboxes"}:
        return [value for value in given if value]
    first = given[0] if given else ""
    if not first:
        return None
    if kind == "datetime":
        return int(datetime.fromisoformat(first).replace(tzinfo=zone).timestamp())
    typed = first.replace("\r\n", "\n")
    return as_rich_text(typed) if element_type == "rich_text_input" else typed
