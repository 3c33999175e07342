"""Blocks (slack-platform.md 1.2). Kinds that no table names are refused as unsupported."""

from typing import Any

from sandbox.rules.checks import (
    Check,
    Report,
    Shape,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    list_of,
    one_of,
    string,
    url,
)
from sandbox.rules.composition import SLACK_FILE, any_text, plain_text
from sandbox.rules.elements import BUTTON, IMAGE, element_of
from sandbox.rules.rich_text import RICH_TEXT

SOURCE = "1.2"
_ID: dict[str, Check] = {"block_id": string(255, 1)}
_CONTEXT_TEXT = any_text(3000)


def _context_element(value: Any, pointer: str, report: Report) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        IMAGE(value, pointer, report)
    else:
        _CONTEXT_TEXT(value, pointer, report)


def _unique_action_ids(value: dict[str, Any], pointer: str, report: Report) -> None:
    """1.3: action_id is unique within its block."""
    seen: set[str] = set()
    for element in value["elements"]:
        action_id = element.get("action_id")
        if action_id in seen:
            report.add(f"action_id {action_id} already exists", f"{pointer}/elements")
        if action_id:
            seen.add(action_id)


def _no_dispatching_file_input(value: dict[str, Any], pointer: str, report: Report) -> None:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        report.add("file_input cannot dispatch actions", pointer)


BLOCKS: dict[str, Shape] = {
    "section": Shape(
        SOURCE,
        {},
        {
            **_ID,
            "text": any_text(3000),
            "fields": list_of(any_text(2000), 1, 10),
            "accessory": element_of("section"),
            "expand": boolean,
        },
        (at_least_one("text", "fields"),),
    ),
    "divider": Shape(SOURCE, {}, _ID),
    "header": Shape(SOURCE, {"text": plain_text(150)}, {**_ID, "level": integer(1, 4)}),
    "image": Shape(
        SOURCE,
        {"alt_text": string(2000, 1)},
        {**_ID, "image_url": url(3000), "slack_file": SLACK_FILE, "title": plain_text(2000)},
        (exactly_one("image_url", "slack_file"),),
    ),
    "context": Shape(SOURCE, {"elements": list_of(_context_element, 1, 10)}, _ID),
    "actions": Shape(
        SOURCE, {"elements": list_of(element_of("actions"), 1, 25)}, _ID, (_unique_action_ids,)
    ),
    "input": Shape(
        SOURCE,
        {"label": plain_text(2000), "element": element_of("input")},
        {**_ID, "hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
        (_no_dispatching_file_input,),
    ),
    "rich_text": Shape(SOURCE, {"elements": list_of(RICH_TEXT, 1, 1000)}, _ID),
    "markdown": Shape(SOURCE, {"text": string(12_000, 1)}, _ID, surfaces=("message",)),
    "alert": Shape(
        SOURCE,
        {"text": any_text(200)},
        {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
        surfaces=("modal",),
    ),
    "card": Shape(
        SOURCE,
        {},
        {
            **_ID,
            "title": any_text(150),
            "subtitle": any_text(150),
            "body": any_text(200),
            "subtext": any_text(200),
            "hero_image": IMAGE,
            "icon": IMAGE,
            "actions": list_of(BUTTON, 1, 3),
        },
        (at_least_one("hero_image", "title", "actions", "body"),),
    ),
}


def block(value: Any, pointer: str, report: Report) -> None:
    """Any block that may stand on the surface at hand."""
    kind = value.get("type") if isinstance(value, dict) else None
    shape = BLOCKS.get(str(kind))
    if shape is None:
        report.add(f"unsupported type: {kind}", f"{pointer}/type")
    elif report.surface not in shape.surfaces:
        report.add(f"{kind} is not supported in {report.surface}s", f"{pointer}/type")
    else:
        shape(value, pointer, report)
