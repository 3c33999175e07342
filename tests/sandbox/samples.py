"""Blocks, elements and views that Slack takes, to be changed in one place by a test."""

from typing import Any

from tests.sandbox.sample_app import option, plain

Json = dict[str, Any]


def md(text: str) -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    """A section with a text, changed by `more`."""
    return {"type": "section", "text": md("x"), **more}


def header(**more: Any) -> Json:
    """A header, changed by `more`."""
    return {"type": "header", "text": plain("x"), **more}


def context(*elements: Json) -> Json:
    """A context block."""
    return {"type": "context", "elements": list(elements)}


def actions(*elements: Json) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def asking(element: Json, **more: Any) -> Json:
    """An input block around an element."""
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def button(**more: Any) -> Json:
    """A button, changed by `more`."""
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def element(kind: str, **more: Any) -> Json:
    """An element of a kind, with what it must have, changed by `more`."""
    must: dict[str, Json] = {
        "checkboxes": {"options": [option("One")]},
        "radio_buttons": {"options": [option("One")]},
        "overflow": {"options": [option("One")]},
        "static_select": {"options": [option("One")]},
        "multi_static_select": {"options": [option("One")]},
        "number_input": {"is_decimal_allowed": False},
    }
    return {"type": kind, **must.get(kind, {}), **more}


def without(whole: Json, name: str) -> Json:
    """The same without one field."""
    return {key: value for key, value in whole.items() if key != name}


def confirm(**more: Any) -> Json:
    """A confirmation, changed by `more`."""
    texts = {name: plain("x") for name in ("title", "text", "confirm", "deny")}
    return {**texts, **more}


def picture(**more: Any) -> Json:
    """An image, block or element, changed by `more`."""
    url = "https://example.com/a.png"
    return {"type": "image", "image_url": url, "alt_text": "a picture", **more}


def filed(**slack_file: str) -> Json:
    """An image that is a file in Slack."""
    return {"type": "image", "alt_text": "a picture", "slack_file": slack_file}


def group(**more: Any) -> Json:
    """An option group, changed by `more`."""
    return {"label": plain("g"), "options": [option("A")], **more}


WORD = {"type": "text", "text": "x"}


def rich(*parts: Json) -> Json:
    """A rich text block of one section, with these parts or one."""
    return rich_block({"type": "rich_text_section", "elements": list(parts) or [WORD]})


def rich_block(*elements: Json) -> Json:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(elements)}


def bullets(**more: Any) -> Json:
    """A rich text list, changed by `more`."""
    item = {"type": "rich_text_section", "elements": [WORD]}
    return {"type": "rich_text_list", "style": "bullet", "elements": [item], **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal with these blocks, or one; changed by `more`."""
    whole = {
        "type": "modal",
        "title": plain("Form"),
        "submit": plain("Save"),
        "blocks": list(blocks) or [{"type": "divider"}],
    }
    return {**whole, **more}


def home(*blocks: Json, **more: Any) -> Json:
    """A Home with these blocks, or one; changed by `more`."""
    return {"type": "home", "blocks": list(blocks) or [{"type": "divider"}], **more}


# Blocks that Slack takes in a message.
GOOD: list[Json] = [
    section(),
    section(text=md("x" * 3000)),
    section(text=plain("😀" * 3000)),
    without(section(fields=[md("x")] * 10), "text"),
    section(accessory=button(style="danger", confirm=confirm(), value="x" * 2000)),
    section(accessory=picture()),
    {"type": "divider", "block_id": "d"},
    header(text=plain("x" * 150)),
    picture(title=plain("t")),
    filed(id="F1"),
    context(md("x"), picture()),
    actions(button(), element("overflow", action_id="o", options=[option("A")] * 5)),
    actions(element("static_select", initial_option=option("One"), placeholder=plain("p"))),
    actions({"type": "users_select", "initial_user": "U1"}),
    actions({"type": "conversations_select", "filter": {"include": ["public"]}}),
    actions({"type": "datetimepicker", "initial_date_time": 1_700_000_000}),
    actions({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Rome"}),
    actions({"type": "datepicker", "initial_date": "2026-02-28"}),
    actions({"type": "radio_buttons", "options": [{"text": md("*A*"), "value": "a"}]}),
    asking({"type": "plain_text_input", "min_length": 2, "max_length": 3000}),
    asking({"type": "external_select", "min_query_length": 0}),
    {"type": "markdown", "text": "# hi"},
    {"type": "card", "title": md("t"), "icon": picture(), "actions": [button()]},
    rich(
        {"type": "text", "text": "hello", "style": {"bold": True}},
        {"type": "user", "user_id": "U0ADABROOK"},
        {"type": "link", "url": "https://example.com"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date}"},
    ),
    rich_block(bullets(indent=8, border=1)),
    rich_block({"type": "rich_text_quote", "elements": [WORD]}),
]
# Inputs that Slack takes in a modal.
GOOD_INPUTS: list[Json] = [
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    element("number_input", initial_value="5", min_value="-1", max_value="10"),
    {"type": "conversations_select", "response_url_enabled": True},
    {"type": "rich_text_input", "max_lines": 100, "initial_value": rich()},
    {"type": "file_input", "max_files": 10, "filetypes": ["pdf"]},
]
