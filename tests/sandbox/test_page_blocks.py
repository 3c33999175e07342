"""Block Kit as the page draws it: every block, escaped, in the reader's zone."""

import pytest

from sandbox.model import Json
from sandbox.page.environment import image_link, image_source
from tests.sandbox.browsing import Tags
from tests.sandbox.drawing import drawn, entry, option, plain

HOSTILE = '"><script>alert(1)</script>&lt;'

SHOWN = [
    ({"type": "header", "text": plain("Today")}, "Today</h3>"),
    ({"type": "divider"}, "<hr>"),
    ({"type": "section", "text": {"type": "mrkdwn", "text": "*now*"}}, "<strong>now</strong>"),
    ({"type": "section", "fields": [plain("one"), plain("two")]}, "two"),
    ({"type": "context", "elements": [{"type": "mrkdwn", "text": "<@U0BEN>"}]}, "@Ben Okafor"),
    ({"type": "markdown", "text": "# as typed"}, "# as typed"),
    ({"type": "alert", "text": plain("Mind"), "level": "warning"}, "alert--warning"),
    ({"type": "card", "title": plain("Grace"), "body": plain("CTO")}, "CTO"),
    ({"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}, "A chart"),
    ({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A chart"}, "/page/files/F1"),
    ({"type": "table", "rows": []}, "does not draw"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), SHOWN)
def test_blocks_that_only_show_something(block: Json, expected: str) -> None:
    assert expected in drawn({"block_id": "b", **block})


def test_pictures_elsewhere_are_named_but_never_loaded() -> None:
    html = drawn({"type": "image", "block_id": "b", "image_url": "https://example.com/a.png",
                  "alt_text": "A chart"})  # fmt: skip
    assert "<img" not in html and 'href="https://example.com/a.png"' in html
    assert image_link({"image_url": "javascript:alert(1)"}) == "#"
    assert image_source({"image_url": "https://example.com/a.png"}) == ""


def test_rich_text_is_drawn() -> None:
    section = {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "bold <b>", "style": {"bold": True}},
        {"type": "link", "url": "javascript:alert(1)", "text": "press"},
        {"type": "link", "url": "https://example.com", "text": "go"},
        {"type": "user", "user_id": "U0BEN"}, {"type": "emoji", "name": "wave"},
        {"type": "date", "timestamp": 1780300800, "format": "{time}"},
    ]}  # fmt: skip
    listed = {"type": "rich_text_list", "style": "ordered", "elements": [section]}
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]}
    fixed = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]}
    html = drawn(
        {"type": "rich_text", "block_id": "b", "elements": [section, listed, quoted, fixed]}
    )
    assert "<strong>bold &lt;b&gt;</strong>press<a " in html
    for expected in ("@Ben Okafor", "👋", "9:00 AM", "<ol", "<blockquote>said", "<pre><code>x = 1"):
        assert expected in html


def test_buttons_overflows_and_confirmations() -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"),
               "deny": plain("No")}  # fmt: skip
    button = {"type": "button", "action_id": "a", "text": plain("Rest"), "confirm": confirm}
    overflow = {"type": "overflow", "action_id": "o", "options": [option("Later")]}
    html = drawn({"type": "actions", "block_id": "b", "elements": [button, overflow]})
    assert Tags(html).having(data_action="a", data_confirm_title="Sure?", data_confirm_no="No")
    assert Tags(html).having(role="menuitem", data_choose="later")


def test_an_element_beside_text_is_named_by_it() -> None:
    select = {"type": "static_select", "action_id": "a", "options": [option("Peer")]}
    text = {"type": "mrkdwn", "text": "*Which* one?"}
    html = drawn({"type": "section", "block_id": "b", "text": text, "accessory": select})
    assert Tags(html).having(role="combobox", aria_label="Which one?")
    assert 'data-dispatch="change"' in html


def test_hostile_words_stay_words_in_every_place() -> None:
    hostile = option(HOSTILE)
    html = drawn(
        entry({"type": "plain_text_input", "initial_value": HOSTILE, "placeholder": plain(HOSTILE)},
              label=HOSTILE, block_id=HOSTILE, hint=plain(HOSTILE)),
        entry({"type": "plain_text_input", "multiline": True,
               "initial_value": "</textarea>" + HOSTILE}),
        entry({"type": "static_select", "options": [hostile], "initial_option": hostile},
              block_id="c"),
        entry({"type": "multi_static_select", "options": [hostile], "initial_options": [hostile]},
              block_id="d"),
        entry({"type": "radio_buttons", "options": [hostile]}, block_id="e"),
        {"type": "header", "block_id": "f", "text": plain(HOSTILE)},
        {"type": "section", "block_id": "g", "text": {"type": "mrkdwn", "text": HOSTILE},
         "accessory": {"type": "button", "action_id": HOSTILE, "text": plain(HOSTILE),
                       "url": HOSTILE, "accessibility_label": HOSTILE}},
        errors={"c": HOSTILE},
    )  # fmt: skip
    assert "<script" not in html
    assert not [tag for tag, _ in Tags(html).found if tag == "script"]
