"""Inputs as the page draws and reads them: labelled, with their values and errors."""

from typing import Any

import pytest
from starlette.datastructures import FormData

from sandbox.model import Json
from sandbox.page.forms import read_value, read_values
from tests.sandbox.browsing import Tags
from tests.sandbox.drawing import LONDON, drawn, entry, option, plain
from tests.sandbox.naming import unspoken

TYPED = [
    ({"type": "plain_text_input", "initial_value": "as typed"}, "text", "as typed"),
    ({"type": "email_text_input", "initial_value": "ada@example.com"}, "email", "ada@example.com"),
    (
        {"type": "url_text_input", "initial_value": "https://example.com"},
        "url",
        "https://example.com",
    ),
    ({"type": "number_input", "is_decimal_allowed": True, "initial_value": "2.5"}, "text", "2.5"),
    ({"type": "datepicker", "initial_date": "2026-06-02"}, "date", "2026-06-02"),
    ({"type": "timepicker", "initial_time": "16:30"}, "time", "16:30"),
    (
        {"type": "datetimepicker", "initial_date_time": 1780300800},
        "datetime-local",
        "2026-06-01T09:00",
    ),
]


@pytest.mark.parametrize(("element", "kind", "value"), TYPED)
def test_typed_inputs_show_their_value_under_their_label(
    element: Json, kind: str, value: str
) -> None:
    tags = Tags(drawn(entry(element)))
    shown = tags.having(name="b/a", type=kind, value=value)[0]
    assert tags.having(**{"for": shown["id"] or ""})


@pytest.mark.parametrize("kind", ["plain_text_input", "rich_text_input"])
def test_long_texts_get_room(kind: str) -> None:
    html = drawn(entry({"type": kind, "multiline": True}))
    assert Tags(html).having(name="b/a", rows="4")


SELECTS = [
    (
        {"type": "static_select", "options": [option("Peer")], "initial_option": option("Peer")},
        "Peer",
    ),
    ({"type": "external_select", "initial_option": option("Grace")}, "Grace"),
    ({"type": "users_select", "initial_user": "U0BEN"}, "Ben Okafor"),
    ({"type": "channels_select", "initial_channel": "C0GENERAL"}, "#general"),
    ({"type": "conversations_select", "initial_conversation": "C0GENERAL"}, "#general"),
]


@pytest.mark.parametrize(("element", "shown"), SELECTS)
def test_selects_show_what_is_chosen(element: Json, shown: str) -> None:
    tags = Tags(drawn(entry(element)))
    field = tags.having(role="combobox", value=shown)[0]
    assert tags.having(**{"for": field["id"] or ""})
    assert tags.having(role="listbox", id=f"{field['id']}-list")


@pytest.mark.parametrize("kind", ["multi_static_select", "multi_external_select"])
def test_several_choices_stand_as_chips(kind: str) -> None:
    chosen = [option("SQL"), option("Figma")]
    options = {"options": chosen} if "static" in kind else {}
    tags = Tags(drawn(entry({"type": kind, "initial_options": chosen, **options})))
    assert [t["value"] for t in tags.having(name="b/a", type="hidden")] == ["sql", "figma"]
    assert tags.having(aria_label="Remove SQL")


def test_groups_of_options_have_their_headings() -> None:
    groups = [{"label": plain("At Acme"), "options": [option("Grace")]}]
    html = drawn(entry({"type": "static_select", "option_groups": groups}))
    assert "At Acme" in html and 'data-label="Grace"' in html


@pytest.mark.parametrize(
    ("kind", "initial", "drawn_as"),
    [
        ("radio_buttons", {"initial_option": option("Yes")}, "radio"),
        ("checkboxes", {"initial_options": [option("Yes")]}, "checkbox"),
    ],
)
def test_buttons_to_tick_belong_to_a_named_group(kind: str, initial: Json, drawn_as: str) -> None:
    options = [option("No"), option("Yes", description=plain("I want to see more"))]
    html = drawn(entry({"type": kind, "options": options, **initial}))
    ticked = [tag["value"] for tag in Tags(html).having(type=drawn_as) if "checked" in tag]
    assert ticked == ["yes"]
    group = next(tag for tag in Tags(html).having() if tag.get("aria-labelledby"))
    assert Tags(html).having(id=group["aria-labelledby"] or "")
    assert "I want to see more" in html


def test_an_error_stands_under_its_field_and_is_read_with_it() -> None:
    html = drawn(entry({"type": "plain_text_input"}), errors={"b": "Who is <that>?"})
    field = Tags(html).having(name="b/a")[0]
    assert field["aria-invalid"] == "true"
    assert Tags(html).having(id=field["aria-describedby"] or "", role="alert")
    assert "Who is &lt;that&gt;?" in html


@pytest.mark.parametrize(("typed", "left"), [("", "120"), ("x" * 100, "20"), ("x" * 130, "-10")])
def test_what_is_left_of_a_limit_is_counted(typed: str, left: str) -> None:
    element = {"type": "plain_text_input", "max_length": 120, "initial_value": typed}
    html = drawn(entry(element))
    assert f"<b>{left}</b>" in html
    own = Tags(html).having(data_most="120")[0]
    assert ("data-near" in own, "data-over" in own) == (bool(typed), left == "-10")


def test_ids_stay_while_block_and_action_ids_stay() -> None:
    before = Tags(drawn(entry({"type": "plain_text_input"}))).having(name="b/a")[0]["id"]
    later = drawn({"type": "divider", "block_id": "d"}, entry({"type": "plain_text_input"}))
    assert Tags(later).having(name="b/a")[0]["id"] == before
    other = drawn(entry({"type": "plain_text_input"}, block_id="c"))
    assert Tags(other).having(name="c/a")[0]["id"] != before


def test_forms_are_read_as_plain_values() -> None:
    blocks = [
        entry({"type": "plain_text_input"}, block_id="a/b &"),
        entry({"type": "checkboxes", "options": [option("Yes")]}, block_id="ticks"),
        entry({"type": "datetimepicker"}, block_id="when"),
        entry({"type": "plain_text_input"}, block_id="new"),
    ]
    form = FormData([
        ("shown", "a%2Fb%20%26/a"), ("a%2Fb%20%26/a", "two\r\nlines"),
        ("shown", "ticks/a"), ("shown", "when/a"), ("when/a", "2026-06-01T09:00"),
    ])  # fmt: skip
    assert read_values(blocks, form, LONDON) == {
        "a/b &": {"a": "two\nlines"},
        "ticks": {"a": []},
        "when": {"a": 1780300800},
    }


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("plain_text_input", [""], None),
        ("multi_users_select", ["U1", "", "U2"], ["U1", "U2"]),
        ("external_select", ["acme"], "acme"),
        ("number_input", ["30"], "30"),
        ("datepicker", [], None),
    ],
)
def test_empty_fields_are_none_or_an_empty_list(kind: str, given: list[str], value: Any) -> None:
    assert read_value(kind, given, LONDON) == value


def test_rich_text_inputs_carry_plain_words_both_ways() -> None:
    sent = read_value("rich_text_input", ["Some words"], LONDON)
    html = drawn(entry({"type": "rich_text_input", "initial_value": sent}))
    assert "Some words</textarea>" in html


SPOKEN: list[tuple[Json, str, list[str]]] = [
    ({"type": "plain_text_input", "max_length": 20}, "", ["error", "hint", "left"]),
    ({"type": "multi_static_select", "options": [option("SQL")]}, "combobox", ["error", "hint"]),
    ({"type": "radio_buttons", "options": [option("SQL")]}, "radiogroup", ["error", "hint"]),
    ({"type": "checkboxes", "options": [option("SQL")]}, "group", ["error", "hint"]),
]


@pytest.mark.parametrize(("element", "role", "parts"), SPOKEN)
def test_error_hint_and_letters_left_are_read_aloud_with_their_field(
    element: Json, role: str, parts: list[str]
) -> None:
    html = drawn(entry(element, hint=plain("As on the card")), errors={"b": "Too short"})
    own = {"aria-required": "true", "aria-invalid": "true"} | ({"role": role} if role else {})
    field = Tags(html).having(**own)[0]
    said = (field["aria-describedby"] or "").split()
    assert [name.rpartition("-")[2] for name in said] == parts
    assert unspoken(html) == set()


def test_what_no_field_is_described_by_is_found() -> None:
    html = '<input aria-describedby="a-hint b-hint"><p id="a-hint"></p><p id="a-error"></p>'
    assert unspoken(html) == {"b-hint", "a-error"}


def test_an_optional_group_is_not_required() -> None:
    html = drawn(entry({"type": "checkboxes", "options": [option("SQL")]}, optional=True))
    assert not Tags(html).having(**{"aria-required": "true"})
    assert "aria-describedby" not in html
