"""Blocks (slack-platform.md 1.2). Kinds that no table names are refused as unsupported."""

from collections import Counter
from typing import Any

from sandbox.rules.checks import Boolean, Check, ListOf, OneOf, Report, String, url
from sandbox.rules.composition import BLOCK_ID, SLACK_FILE, any_text, plain_text
from sandbox.rules.elements import BUTTON, IMAGE, element_of
from sandbox.rules.rich_text import RICH_TEXT
from sandbox.rules.shapes import Across, Kinds, Shape, at_least_one, exactly_one

_ID: dict[str, Check] = {"block_id": BLOCK_ID}
_CONTEXT = Kinds("context_element", "1.2 context", {"image": IMAGE}, "context", any_text(3000))
_PICTURE = Kinds("card_image", "1.2 card", {"image": IMAGE})
_BUTTON = Kinds("card_action", "1.2 card", {"button": BUTTON}, "card")


def _unique_in(name: str) -> Across:
    """Each element of this field with an action_id of its own."""

    def broken(value: dict[str, Any], report: Report) -> str | None:
        ids = (one["action_id"] for one in value.get(name) or [] if one.get("action_id"))
        twice = [action_id for action_id, count in Counter(ids).items() if count > 1]
        return f"action_id {twice[0]} already exists" if twice else None

    return Across("action_id", "action_id unique in its block", broken, name)


def _dispatching_files(value: dict[str, Any], report: Report) -> str | None:
    files = value["element"]["type"] == "file_input"
    return "file_input cannot dispatch actions" if files and value.get("dispatch_action") else None


BLOCKS: dict[str, Shape] = {
    "section": Shape(
        "section",
        "1.2 section",
        {},
        {
            **_ID,
            "text": any_text(3000),
            "fields": ListOf(any_text(2000), 1, 10),
            "accessory": element_of("section"),
            "expand": Boolean(),
        },
        (at_least_one("text", "fields"),),
    ),
    "divider": Shape("divider", "1.2 divider", {}, _ID),
    "header": Shape("header", "1.2 header", {"text": plain_text(150)}, _ID),
    "image": Shape(
        "image",
        "1.2 image",
        {"alt_text": String(2000, 1)},
        {**_ID, "image_url": url(), "slack_file": SLACK_FILE, "title": plain_text(2000)},
        (exactly_one("image_url", "slack_file"),),
    ),
    "context": Shape(
        "context",
        "1.2 context",
        {"elements": ListOf(_CONTEXT, 1, 10)},
        _ID,
    ),
    "actions": Shape(
        "actions",
        "1.2 actions",
        {"elements": ListOf(element_of("actions"), 1, 25)},
        _ID,
        (_unique_in("elements"),),
    ),
    "input": Shape(
        "input",
        "1.2 input",
        {"label": plain_text(2000), "element": element_of("input")},
        {**_ID, "hint": plain_text(2000), "optional": Boolean(), "dispatch_action": Boolean()},
        (Across("file_input", "no dispatch_action with a file_input", _dispatching_files),),
    ),
    "rich_text": RICH_TEXT,
    "markdown": Shape(
        "markdown", "1.2 markdown", {"text": String(12_000, 1)}, _ID, surfaces=("message",)
    ),
    "alert": Shape(
        "alert",
        "1.2 alert",
        {"text": any_text(200)},
        {**_ID, "level": OneOf("default", "info", "warning", "error", "success")},
        surfaces=("modal",),
    ),
    "card": Shape(
        "card",
        "1.2 card",
        {},
        {
            **_ID,
            "title": any_text(150),
            "subtitle": any_text(150),
            "body": any_text(200),
            "hero_image": _PICTURE,
            "icon": _PICTURE,
            "actions": ListOf(_BUTTON, 1, 3),
        },
        (at_least_one("hero_image", "title", "actions", "body"), _unique_in("actions")),
    ),
}
BLOCK = Kinds("block", "1.2 blocks", BLOCKS)
