"""What a person sees of message text, and whom it notifies."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.mrkdwn import Viewer, escape, notified, seen, stored, typed
from sandbox.server import Sandbox

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TALK = int(datetime(2026, 3, 2, 15, 5, tzinfo=UTC).timestamp())
ROME = Viewer(ZoneInfo("Europe/Rome"), NOW, {"U1": "Ada Brook"}, {"C1": "general"})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("&lt;b&gt; &amp; &amp;lt;", "<b> & &lt;"),
        ("<@U1> and <@U9> and <@U9|ben>", "@Ada Brook and @U9 and @ben"),
        ("<#C1> <#C1|other> <#C9|named>", "#general #general #named"),
        ("<!channel> <!here|here> <!everyone>", "@channel @here @everyone"),
        ("<!subteam^S1|@mentors>", "@mentors"),
        ("<https://example.com|our page>", "our page"),
        ("<https://example.com>", "https://example.com"),
        ("<mailto:ada@example.com|write>", "write"),
        ("<mailto:ada@example.com>", "ada@example.com"),
        ("<script>", "<script>"),
        ("*bold* _italic_ ~gone~ *_both_* _*too*_", "bold italic gone both too"),
        ("snake_case_name 2*3*4 * a * b", "snake_case_name 2*3*4 * a * b"),
        ("`*code* &amp;` and ```a\n*b*```", "*code* & and a\n*b*"),
        (f"<!date^{TALK}^{{date_num}} {{time_secs}}|x>", "2026-03-02 4:05:00 PM"),
        (f"<!date^{TALK}^{{date_short_pretty}} at {{time}}|x>", "Today at 4:05 PM"),
        (f"<!date^{TALK}^on {{date_long}}|x>", "on Monday, March 2nd, 2026"),
        (f"<!date^{TALK}^{{ago}}^https://example.com|x>", "In 6 hours"),
        ("<!date^soon^{date}|on Monday>", "on Monday"),
        (":wave: hi", ":wave: hi"),
    ],
)
def test_a_person_reads(text: str, read: str) -> None:
    assert seen(text, ROME) == read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hello @channel", set()),
        ("&lt;!channel&gt;", set()),
        ("<!channel> <!here|here> <@U1> <!subteam^S1>", {"channel", "here", "U1", "subteam^S1"}),
    ],
)
def test_only_real_tokens_notify(text: str, names: set[str]) -> None:
    assert notified(text) == names


HOSTILE = [
    "<!channel> <@U0ADABROOK> &lt;b&gt;",
    "'; DROP TABLE contacts; -- {{ 7 * 7 }} {% raw %}",
    "שלום عليكم 😀👩‍👩‍👧",
    "a\u202eb",
    "&amp;lt;",
    "x" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_read_as_typed_and_pings_nobody(text: str) -> None:
    assert seen(escape(text), ROME) == text
    assert notified(escape(text)) == set()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_types_is_read_as_typed(text: str) -> None:
    assert seen(typed(text, {}, {}), ROME) == text


def test_slack_keeps_a_bare_ampersand_as_an_entity() -> None:
    assert stored("R&D &lt; &amp;") == "R&amp;D &lt; &amp;"


async def test_a_date_is_read_in_each_members_zone(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    text = f"<!date^{TALK}^{{date_num}} {{time}}|later>"
    await client.chat_postMessage(channel="#general", text=text)
    read = {name: sandbox.member(name).channel("general").last.text for name in ("Ada", "Devi")}
    assert read == {"Ada": "2026-03-02 3:05 PM", "Devi": "2026-03-02 8:35 PM"}


async def test_blocks_are_read_line_by_line(sandbox: Sandbox, client: AsyncWebClient) -> None:
    button = {
        "type": "button",
        "action_id": "b",
        "text": {"type": "plain_text", "text": "Do <it> &amp; *so*"},
    }
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]}
    ping = {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Today"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Ask* <@U0BENOKAFOR>"},
            "accessory": button,
        },
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "R&amp;D"}]},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": t} for t in ("one", "two")]},
        {"type": "rich_text", "elements": [quote, ping]},
    ]
    await client.chat_postMessage(channel="#general", text="fallback", blocks=blocks)
    message = sandbox.member("Ada").channel("general").last
    assert message.text.split("\n") == [
        "Today",
        "Ask @Ben Okafor · Do <it> &amp; *so*",
        "R&D",
        "one",
        "two",
        "quoted",
        "@here",
    ]
    assert message.fallback == "fallback"
    assert message.notifies == {"U0BENOKAFOR", "here"}
