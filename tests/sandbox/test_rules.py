"""Each rule of the tables, broken once, as slack-platform.md section 1 has it."""

from typing import Any

import pytest

from sandbox.rules import message_problems, suggestion_problems, view_problems
from sandbox.rules.blocks import BLOCKS
from sandbox.rules.elements import ELEMENTS
from tests.sandbox.sample_app import contact_form, option, plain

Json = dict[str, Any]


def md(text: str) -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    """A section with a text, changed by `more`."""
    return {"type": "section", "text": md("x"), **more}


def actions(*elements: Json) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def given_input(element: Json, **more: Any) -> Json:
    """An input block around an element."""
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def button(**more: Any) -> Json:
    """A button, changed by `more`."""
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def select(**more: Any) -> Json:
    """A static select, changed by `more`."""
    return {"type": "static_select", "options": [option("One")], **more}


CONFIRM = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n")}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a picture"}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "hello", "style": {"bold": True}},
                {"type": "user", "user_id": "U0ADABROOK"},
                {"type": "link", "url": "https://example.com"},
                {"type": "date", "timestamp": 1_700_000_000, "format": "{date}"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
    ],
}
NUMBER = {"type": "number_input", "is_decimal_allowed": False}
TOO_LONG = {n: "x" * (n + 1) for n in (24, 30, 75, 100, 150, 200, 255, 300, 2000, 3000, 12_000)}

# Blocks that Slack takes in a message.
GOOD: list[Json] = [
    section(),
    section(text=md("x" * 3000)),
    section(text=plain("😀" * 3000)),
    {"type": "section", "fields": [md("x")] * 10},
    section(accessory=button(style="danger", confirm=CONFIRM, value="x" * 2000)),
    section(accessory=IMAGE),
    {"type": "divider", "block_id": "d"},
    {"type": "header", "text": plain("x" * 150), "level": 2},
    {**IMAGE, "title": plain("t")},
    {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
    {"type": "context", "elements": [md("x"), IMAGE]},
    actions(button(), {"type": "overflow", "action_id": "o", "options": [option("A")] * 5}),
    actions(select(initial_option=option("One"), placeholder=plain("p"))),
    actions({"type": "users_select", "initial_user": "U1"}),
    actions({"type": "conversations_select", "filter": {"include": ["public"]}}),
    actions({"type": "datetimepicker", "initial_date_time": 1_700_000_000}),
    actions({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Rome"}),
    actions({"type": "datepicker", "initial_date": "2026-02-28"}),
    actions({"type": "radio_buttons", "options": [{"text": md("*A*"), "value": "a"}]}),
    given_input({"type": "plain_text_input", "min_length": 2, "max_length": 3000}),
    given_input({"type": "external_select", "min_query_length": 0}),
    {"type": "markdown", "text": "# hi"},
    {"type": "card", "title": md("t"), "actions": [button()]},
    RICH,
]


@pytest.mark.parametrize("block", GOOD, ids=str)
def test_slack_takes_this_in_a_message(block: Json) -> None:
    assert message_problems([block]) == []


# Blocks that Slack refuses in a message: (block, where, what).
BAD: list[tuple[Json, str, str]] = [
    ({"type": "blok"}, "/blocks/0/type", "unsupported type: blok"),
    ({"type": "file", "external_id": "x"}, "/blocks/0/type", "unsupported type: file"),
    ({"type": "alert", "text": md("x")}, "/blocks/0/type", "alert is not supported"),
    (section(block_id=TOO_LONG[255]), "/blocks/0/block_id", "less than 256"),
    ({"type": "section"}, "/blocks/0", "at least one of: text, fields"),
    (section(text=md("")), "/blocks/0/text/text", "more than 0"),
    (section(text=md(TOO_LONG[3000])), "/blocks/0/text/text", "less than 3001"),
    (section(text="bare"), "/blocks/0/text", "must provide an object"),
    (section(text={"type": "html", "text": "x"}), "/blocks/0/text", "text object"),
    (section(text=md("x") | {"emoji": True}), "/blocks/0/text", "additional property: emoji"),
    (section(text=plain("x") | {"verbatim": True}), "/blocks/0/text", "property: verbatim"),
    (section(text={"type": "mrkdwn", "text": 5}), "/blocks/0/text/text", "provide a string"),
    (section(fields=[md("x")] * 11), "/blocks/0/fields", "no more than 10"),
    (section(fields=[md(TOO_LONG[2000])]), "/blocks/0/fields/0/text", "less than 2001"),
    (section(fields="x"), "/blocks/0/fields", "must provide an array"),
    (section(expand="yes"), "/blocks/0/expand", "must provide a boolean"),
    (section(colour="red"), "/blocks/0", "invalid additional property: colour"),
    (section(accessory={"type": "plain_text_input"}), "/blocks/0/accessory/type", "not allowed in"),
    (section(accessory={"type": "datetimepicker"}), "/blocks/0/accessory/type", "not allowed in"),
    ({"type": "divider", "text": "x"}, "/blocks/0", "additional property: text"),
    ({"type": "header"}, "/blocks/0", "missing required field: text"),
    ({"type": "header", "text": md("x")}, "/blocks/0/text", "of type plain_text"),
    ({"type": "header", "text": plain(TOO_LONG[150])}, "/blocks/0/text/text", "less than 151"),
    ({"type": "header", "text": plain("x"), "level": 5}, "/blocks/0/level", "between 1 and 4"),
    ({**IMAGE, "alt_text": None}, "/blocks/0", "missing required field: alt_text"),
    ({**IMAGE, "alt_text": TOO_LONG[2000]}, "/blocks/0/alt_text", "less than 2001"),
    ({**IMAGE, "image_url": "javascript:x"}, "/blocks/0/image_url", "a valid URL"),
    ({**IMAGE, "slack_file": {"id": "F1"}}, "/blocks/0", "exactly one of: image_url, slack_file"),
    ({"type": "image", "alt_text": "a"}, "/blocks/0", "exactly one of: image_url, slack_file"),
    (
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F1", "url": "https://a.b"}},
        "/blocks/0/slack_file",
        "exactly one of: id, url",
    ),
    ({**IMAGE, "title": plain(TOO_LONG[2000])}, "/blocks/0/title/text", "less than 2001"),
    ({"type": "context", "elements": []}, "/blocks/0/elements", "no fewer than 1"),
    ({"type": "context", "elements": [md("x")] * 11}, "/blocks/0/elements", "no more than 10"),
    ({"type": "context", "elements": [button()]}, "/blocks/0/elements/0", "text object"),
    (actions(), "/blocks/0/elements", "no fewer than 1"),
    (actions(*[button(action_id=f"{n}") for n in range(26)]), "/blocks/0/elements", "than 25"),
    (actions(button(), button()), "/blocks/0/elements", "action_id go already exists"),
    (actions(IMAGE), "/blocks/0/elements/0/type", "image is not allowed in actions"),
    (actions(button(action_id=TOO_LONG[255])), "/blocks/0/elements/0/action_id", "less than 256"),
    (actions(button(text=plain(TOO_LONG[75]))), "/blocks/0/elements/0/text/text", "less than 76"),
    (actions(button(text=md("x"))), "/blocks/0/elements/0/text", "of type plain_text"),
    (actions(button(value=TOO_LONG[2000])), "/blocks/0/elements/0/value", "less than 2001"),
    (actions(button(url="not a link")), "/blocks/0/elements/0/url", "a valid URL"),
    (actions(button(style="green")), "/blocks/0/elements/0/style", "enum value: primary, danger"),
    (
        actions(button(accessibility_label=TOO_LONG[75])),
        "/blocks/0/elements/0/accessibility_label",
        "less than 76",
    ),
    (
        actions(button(confirm={"title": plain("t")})),
        "/blocks/0/elements/0/confirm",
        "missing required field: deny",
    ),
    (
        actions(button(confirm=CONFIRM | {"title": plain(TOO_LONG[100])})),
        "/blocks/0/elements/0/confirm/title/text",
        "less than 101",
    ),
    (
        actions(button(confirm=CONFIRM | {"text": plain(TOO_LONG[300])})),
        "/blocks/0/elements/0/confirm/text/text",
        "less than 301",
    ),
    (
        actions(button(confirm=CONFIRM | {"deny": plain(TOO_LONG[30])})),
        "/blocks/0/elements/0/confirm/deny/text",
        "less than 31",
    ),
    (
        actions({"type": "overflow", "options": [option("A")] * 6}),
        "/blocks/0/elements/0/options",
        "no more than 5",
    ),
    (
        actions({"type": "checkboxes", "options": [option("A")] * 11}),
        "/blocks/0/elements/0/options",
        "no more than 10",
    ),
    (
        actions({"type": "radio_buttons", "options": []}),
        "/blocks/0/elements/0/options",
        "no fewer than 1",
    ),
    (actions({"type": "static_select"}), "/blocks/0/elements/0", "exactly one of: options"),
    (
        actions(select(options=[option("A")] * 101)),
        "/blocks/0/elements/0/options",
        "no more than 100",
    ),
    (
        actions(select(option_groups=[{"label": plain("g"), "options": [option("A")]}])),
        "/blocks/0/elements/0",
        "exactly one of: options, option_groups",
    ),
    (
        actions(
            {
                "type": "static_select",
                "option_groups": [{"label": plain(TOO_LONG[75]), "options": [option("A")]}],
            }
        ),
        "/blocks/0/elements/0/option_groups/0/label/text",
        "less than 76",
    ),
    (
        actions({"type": "static_select", "option_groups": [{"label": plain("g"), "options": []}]}),
        "/blocks/0/elements/0/option_groups/0/options",
        "no fewer than 1",
    ),
    (
        actions(select(initial_option=option("Two"))),
        "/blocks/0/elements/0",
        "initial option must match one of the options",
    ),
    (
        actions(select(placeholder=plain(TOO_LONG[150]))),
        "/blocks/0/elements/0/placeholder/text",
        "less than 151",
    ),
    (
        actions(select(options=[{"text": plain(TOO_LONG[75]), "value": "a"}])),
        "/blocks/0/elements/0/options/0/text/text",
        "less than 76",
    ),
    (
        actions(select(options=[{"text": plain("a"), "value": TOO_LONG[150]}])),
        "/blocks/0/elements/0/options/0/value",
        "less than 151",
    ),
    (
        actions(select(options=[option("a") | {"description": plain(TOO_LONG[75])}])),
        "/blocks/0/elements/0/options/0/description/text",
        "less than 76",
    ),
    (
        actions(select(options=[option("a") | {"url": "https://example.com"}])),
        "/blocks/0/elements/0/options/0",
        "invalid additional property: url",
    ),
    (
        actions(select(options=[{"text": md("a"), "value": "a"}])),
        "/blocks/0/elements/0/options/0/text",
        "of type plain_text",
    ),
    (
        actions({"type": "multi_static_select", "options": [option("a")], "max_selected_items": 0}),
        "/blocks/0/elements/0/max_selected_items",
        "between 1 and 100",
    ),
    (
        actions({"type": "conversations_select", "filter": {}}),
        "/blocks/0/elements/0/filter",
        "at least one filter",
    ),
    (
        actions({"type": "conversations_select", "filter": {"include": []}}),
        "/blocks/0/elements/0/filter/include",
        "no fewer than 1",
    ),
    (
        actions({"type": "conversations_select", "response_url_enabled": True}),
        "/blocks/0/elements/0",
        "only in input blocks of modals",
    ),
    (
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "/blocks/0/elements/0/initial_date",
        "YYYY-MM-DD",
    ),
    (
        actions({"type": "timepicker", "initial_time": "9:00"}),
        "/blocks/0/elements/0/initial_time",
        "more than 4",
    ),
    (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "/blocks/0/elements/0/initial_time",
        "HH:mm",
    ),
    (
        actions({"type": "timepicker", "timezone": "Rome"}),
        "/blocks/0/elements/0/timezone",
        "IANA",
    ),
    (
        actions({"type": "datetimepicker", "initial_date_time": 1}),
        "/blocks/0/elements/0/initial_date_time",
        "between",
    ),
    (given_input(button()), "/blocks/0/element/type", "button is not allowed in input"),
    (given_input({"type": "email_text_input"}), "/blocks/0/element/type", "not supported"),
    (
        {"type": "input", "element": {"type": "plain_text_input"}},
        "/blocks/0",
        "missing required field: label",
    ),
    (
        given_input({"type": "plain_text_input"}, label=plain(TOO_LONG[2000])),
        "/blocks/0/label/text",
        "less than 2001",
    ),
    (
        given_input({"type": "plain_text_input"}, hint=md("x")),
        "/blocks/0/hint",
        "of type plain_text",
    ),
    (
        given_input({"type": "plain_text_input", "max_length": 3001}),
        "/blocks/0/element/max_length",
        "between 1 and 3000",
    ),
    (
        given_input({"type": "plain_text_input", "min_length": 9, "max_length": 3}),
        "/blocks/0/element",
        "min_length must not be greater",
    ),
    (
        given_input(
            {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["x"]}}
        ),
        "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
        "enum value",
    ),
    ({"type": "markdown", "text": TOO_LONG[12_000]}, "/blocks/0/text", "less than 12001"),
    ({"type": "card"}, "/blocks/0", "at least one of: hero_image"),
    ({"type": "card", "title": "bare"}, "/blocks/0/title", "must provide an object"),
    (
        {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
        "/blocks/0/elements/0/type",
        "unsupported type: text",
    ),
    (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text"}]}],
        },
        "/blocks/0/elements/0/elements/0",
        "missing required field: text",
    ),
]


@pytest.mark.parametrize(("block", "where", "what"), BAD, ids=[f"{w} {t}" for _, w, t in BAD])
def test_slack_refuses_this_in_a_message(block: Json, where: str, what: str) -> None:
    problems = message_problems([block])
    assert any(p.endswith(f"[json-pointer:{where}]") and what in p for p in problems), problems


def test_a_message_has_at_most_fifty_blocks() -> None:
    assert message_problems([{"type": "divider"}] * 50) == []
    problem = "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    assert message_problems([{"type": "divider"}] * 51) == [problem]


def test_block_ids_are_unique() -> None:
    twice = [{"type": "divider", "block_id": "b"}] * 2
    assert message_problems(twice) == ["[ERROR] block_id b already exists [json-pointer:/blocks]"]


def test_markdown_blocks_are_counted_together() -> None:
    assert message_problems([{"type": "markdown", "text": "x" * 6001}] * 2) != []


MODAL_INPUTS = [
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {**NUMBER, "initial_value": "5", "min_value": "-1", "max_value": "10"},
    {"type": "conversations_select", "response_url_enabled": True},
]


@pytest.mark.parametrize("element", MODAL_INPUTS, ids=str)
def test_slack_takes_this_in_a_modal(element: Json) -> None:
    assert view_problems(contact_form() | {"blocks": [given_input(element)]}, "modal") == []


BAD_MODALS: list[tuple[Json, str, str]] = [
    ({"title": None}, "/view", "missing required field: title"),
    ({"title": plain(TOO_LONG[24])}, "/view/title/text", "less than 25"),
    ({"title": plain("")}, "/view/title/text", "more than 0"),
    ({"submit": plain(TOO_LONG[24])}, "/view/submit/text", "less than 25"),
    ({"submit": None}, "/view", "missing required field: submit"),
    ({"close": md("x")}, "/view/close", "of type plain_text"),
    ({"private_metadata": TOO_LONG[3000]}, "/view/private_metadata", "less than 3001"),
    ({"callback_id": TOO_LONG[255]}, "/view/callback_id", "less than 256"),
    ({"external_id": TOO_LONG[255]}, "/view/external_id", "less than 256"),
    ({"notify_on_close": "yes"}, "/view/notify_on_close", "must provide a boolean"),
    ({"id": "V1"}, "/view", "invalid additional property: id"),
    ({"type": "dialog"}, "/view/type", "enum value"),
    ({"type": "home"}, "/view/type", "must be a modal view"),
    ({"blocks": None}, "/view", "missing required field: blocks"),
    ({"blocks": [{"type": "divider"}] * 101}, "/view/blocks", "no more than 100 items allowed"),
    ({"blocks": [{"type": "markdown", "text": "x"}]}, "/view/blocks/0/type", "not supported"),
    ({"blocks": [{"type": "divider", "block_id": "b"}] * 2}, "/view/blocks", "already exists"),
    (
        {"blocks": [{"type": "alert", "text": md(TOO_LONG[200])}]},
        "/view/blocks/0/text/text",
        "less than 201",
    ),
    (
        {"blocks": [given_input({"type": "plain_text_input", "focus_on_load": True})] * 2},
        "/view/blocks",
        "only one element may have focus_on_load",
    ),
    (
        {"blocks": [given_input({"type": "number_input"})]},
        "/view/blocks/0/element",
        "missing required field: is_decimal_allowed",
    ),
    (
        {"blocks": [given_input(NUMBER | {"min_value": 5})]},
        "/view/blocks/0/element/min_value",
        "must provide a string",
    ),
    (
        {"blocks": [given_input(NUMBER | {"min_value": "5", "max_value": "1"})]},
        "/view/blocks/0/element",
        "min_value must not be greater",
    ),
]


@pytest.mark.parametrize(("change", "where", "what"), BAD_MODALS, ids=[t for *_, t in BAD_MODALS])
def test_slack_refuses_this_modal(change: Json, where: str, what: str) -> None:
    problems = view_problems(contact_form() | change, "modal")
    assert any(p.endswith(f"[json-pointer:{where}]") and what in p for p in problems), problems


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"title": plain("Home")}, "invalid additional property: title"),
        ({"submit": plain("Go")}, "invalid additional property: submit"),
        ({"blocks": [given_input({"type": "email_text_input"})]}, "not supported in home"),
        ({"blocks": [actions({"type": "datetimepicker"})]}, "not supported in home"),
        ({"blocks": [given_input(NUMBER)]}, "not supported in home"),
    ],
)
def test_slack_refuses_this_home(change: Json, what: str) -> None:
    problems = view_problems({"type": "home", "blocks": []} | change, "home")
    assert any(what in problem for problem in problems), problems


@pytest.mark.parametrize("answer", [{"options": []}, {"options": [option("A")]}])
def test_slack_takes_these_suggestions(answer: Json) -> None:
    assert suggestion_problems(answer) == []


@pytest.mark.parametrize("answer", [{}, {"options": [option("A")] * 101}, {"options": ["A"]}])
def test_slack_refuses_these_suggestions(answer: Json) -> None:
    assert suggestion_problems(answer) != []


def test_every_rule_names_its_source() -> None:
    assert {shape.source for shape in BLOCKS.values()} == {"1.2"}
    assert {shape.source for shape in ELEMENTS.values()} == {"1.3"}
