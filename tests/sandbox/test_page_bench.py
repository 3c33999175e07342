"""The workbench on the page: what went to and fro, and what is ordered to go wrong."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.page.secrets import HIDDEN
from sandbox.page.traffic import as_text
from sandbox.server import APP_TOKEN, BOT_TOKEN, Sandbox
from sandbox.workspace import TRAFFIC_KEPT
from tests.sandbox.browsing import Browser, Tags, browsing
from tests.sandbox.conftest import Rig


@pytest.fixture
async def browser(rig: Rig) -> AsyncIterator[Browser]:
    """Ada's window, with the sample app connected."""
    async with browsing(rig.sandbox) as opened:
        yield opened


@pytest.fixture
async def alone(sandbox: Sandbox) -> AsyncIterator[Browser]:
    """Ada's window, with no app on the line."""
    async with browsing(sandbox) as opened:
        yield opened


@pytest.fixture
def once(sandbox: Sandbox) -> AsyncWebClient:
    """A client that tries only once."""
    return AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[])


async def bench(browser: Browser, tab: str, **where: str) -> str:
    """What the workbench shows."""
    browser.more = {"bench": tab, **where}
    return await browser.region("bench")


def names(html: str) -> list[str]:
    """The names of the exchanges, from the top."""
    return [piece.partition("</b>")[0] for piece in html.split("<b>")[1:]]


async def opened(browser: Browser, name: str, kind: str = "") -> str:
    """The newest exchange of this name, opened."""
    traffic = browser.sandbox.workspace.traffic
    number = max(entry.number for entry in traffic if entry.kind.endswith(name))
    html = await bench(browser, "traffic", kind=kind, entry=str(number))
    return html.partition(f'id="exchange-body-{number}"')[2].partition("</li>")[0]


async def test_nothing_is_shown_until_it_is_asked_for(alone: Browser) -> None:
    assert (await alone.region("bench")).strip() == ""
    assert "Nothing of this kind yet" in await bench(alone, "traffic")
    assert "a good day" in await bench(alone, "faults")


async def test_every_exchange_is_shown_newest_first_with_how_long_it_took(
    browser: Browser,
) -> None:
    browser.sandbox.echoes = False  # nobody can say when an echo comes
    await browser.act("say", text="Hello")
    await browser.sandbox.until(lambda: len(browser.sandbox.member("Ada").dms) == 2)
    html = await bench(browser, "traffic")
    assert names(html)[:2] == ["chat.postMessage", "message"]
    assert "acknowledged in" in html and " ms" in html
    assert "&#34;text&#34;: &#34;Hello&#34;" in await opened(browser, "message")
    answer = await opened(browser, "chat.postMessage")
    assert "&#34;ok&#34;: true" in answer.partition("Answer")[2]


async def test_traffic_is_filtered_by_kind(browser: Browser) -> None:
    await browser.act("say", text="Hello")
    await browser.act("say", text="/contact")
    await browser.sandbox.until(lambda: browser.sandbox.member("Ada").has_modal)
    await browser.submit(name="Grace")
    traffic = browser.sandbox.workspace.traffic
    # What Ada said; and two messages of the app's own, of which Slack tells it as well.
    await browser.sandbox.until(
        lambda: sum(entry.kind == "events_api: message" for entry in traffic) == 3
    )
    assert names(await bench(browser, "traffic", kind="events")) == ["message"] * 3
    assert names(await bench(browser, "traffic", kind="commands")) == ["/contact"]
    assert names(await bench(browser, "traffic", kind="interactions")) == ["view_submission"]
    assert "views.open" in names(await bench(browser, "traffic", kind="calls"))
    assert names(await bench(browser, "traffic", kind="trouble")) == []


async def test_a_refusal_shows_the_rule_the_place_and_what_stands_there(
    alone: Browser, once: AsyncWebClient
) -> None:
    header = {"type": "header", "text": {"type": "mrkdwn", "text": "<b>No</b>"}}
    with pytest.raises(SlackApiError):
        await once.chat_postMessage(channel="#general", text="x", blocks=[header])
    assert names(await bench(alone, "traffic", kind="trouble")) == ["chat.postMessage"]
    shown = await opened(alone, "chat.postMessage", "trouble")
    broken = shown.partition('class="broken"')[2].partition("<h3>")[0]
    assert "invalid_blocks" in broken and "plain_text" in broken
    assert "Slack insists on: plain_text only" in broken and "Rule header.text.kind" in broken
    assert "/blocks/0/text" in broken
    assert "&#34;&lt;b&gt;No&lt;/b&gt;&#34;" in broken


async def test_a_refusal_without_words_shows_its_rule(alone: Browser, once: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError):
        await once.chat_postMessage(channel="C0NOWHERE", text="x")
    shown = await opened(alone, "chat.postMessage", "trouble")
    assert "Slack insists on: a conversation that there is" in shown
    assert "Rule chat.channel, source 4.2 chat.postMessage" in shown


async def test_an_answer_that_slack_would_not_take_is_a_refusal(browser: Browser) -> None:
    await browser.act("say", text="/broken")
    shown = await opened(browser, "answer to /broken", "trouble")
    assert "/blocks/0/text" in shown and "*No*" in shown


async def test_a_call_that_is_no_json_is_shown(alone: Browser) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {BOT_TOKEN}"}
    for path in ("api/auth.test", "hooks/commands/T0/1/x"):
        await alone.session.post(f"{alone.sandbox.url}/{path}", data="{", headers=headers)
    wrong = await bench(alone, "traffic", kind="trouble")
    assert names(wrong) == ["response_url", "auth.test"] and wrong.count("invalid_json") == 2


async def test_silence_is_shown_with_how_long_it_lasted(browser: Browser) -> None:
    await browser.act("say", text="/silent")
    assert "operation_timeout after 1.0 s" in await bench(browser, "traffic", kind="trouble")


async def test_secrets_are_never_shown(browser: Browser, once: AsyncWebClient) -> None:
    await once.api_call("auth.test", params={"token": BOT_TOKEN})
    await AsyncWebClient(token=APP_TOKEN, base_url=browser.sandbox.api_url).apps_connections_open(
        app_token=APP_TOKEN
    )
    await browser.act("say", text=f"/echo {BOT_TOKEN} and {APP_TOKEN}")
    assert "ticket=" + HIDDEN in await opened(browser, "apps.connections.open")
    assert f"Ada Brook · {HIDDEN} and {HIDDEN}" in await bench(browser, "traffic")
    shown = await opened(browser, "/echo")
    assert f"/hooks/{HIDDEN}" in shown and f"{HIDDEN} and {HIDDEN}" in shown
    for name in ("auth.test", "apps.connections.open", "/echo", "response_url"):
        shown = await opened(browser, name)
        for secret in (BOT_TOKEN, APP_TOKEN, "sandbox-verification", "/hooks/commands"):
            assert secret not in shown, (name, secret)


async def test_traffic_is_bounded(alone: Browser) -> None:
    for _ in range(TRAFFIC_KEPT + 1):
        alone.sandbox.record("to Slack", "auth.test", {}, {"ok": True}, None)
    assert len(alone.sandbox.workspace.traffic) == TRAFFIC_KEPT
    assert len(names(await bench(alone, "traffic"))) == 100
    assert as_text({"text": "x" * 100_000}).endswith("characters more")


CALLS = [
    ("429", {"seconds": "7"}, "429, to come back in 7 s"),
    ("500", {}, "HTTP status 500"),
    ("503", {}, "HTTP status 503"),
    ("slow", {"seconds": "3"}, "answered 3 s late"),
    ("lost", {}, "taken, and the answer is lost"),
    ("drop", {}, "the line breaks before it is taken"),
    ("error", {"error": "fatal_error"}, "refused with fatal_error"),
]


@pytest.mark.parametrize(("how", "more", "words"), CALLS)
async def test_what_is_ordered_is_shown_and_taken_back(
    alone: Browser, how: str, more: dict[str, str], words: str
) -> None:
    order = {"method": "auth.test", "how": how, "times": "2", **more}
    assert await alone.act("fault", **order) == ""
    shown = await bench(alone, "faults")
    assert f"auth.test: {words} (2 times)" in shown
    assert "ordered: </span>1" in await alone.region("topbar")
    taken = Tags(shown).having(name="order")[0]["value"] or ""
    await alone.act("take-back", order=taken)
    assert alone.sandbox.faults.orders == []
    assert "a good day" in await bench(alone, "faults")


async def test_what_is_ordered_on_the_page_goes_wrong(alone: Browser, once: AsyncWebClient) -> None:
    await alone.act("fault", method="any", how="429", seconds="7", times="1")
    with pytest.raises(SlackApiError) as refused:
        await once.auth_test()
    assert refused.value.response.headers["Retry-After"] == "7"
    assert (await once.auth_test())["ok"]
    assert "ordered: 429, to come back in 7 s" in await bench(alone, "traffic", kind="trouble")


REFUSED = [
    ("fault", {"method": "auth.test", "how": "429", "seconds": "soon", "times": "1"}, "Seconds"),
    ("fault", {"method": "auth.test", "how": "500", "times": "0"}, "How often"),
    ("fault", {"method": "auth.test", "how": "error", "error": "two words", "times": "1"}, "word"),
    ("fault", {"method": "nothing", "how": "500", "times": "1"}, "no such method"),
    ("fault", {"method": "auth.test", "how": "odd", "times": "1"}, "Nothing is known"),
    ("delivery", {"kind": "events_api", "what": "odd", "times": "1"}, "Nothing is known"),
    ("strike", {"what": "odd"}, "Nothing is known"),
    ("member", {"user": "U0NOBODY"}, "no such member"),
    ("member", {"user": "U0ADABROOK", "zone": "Mars/Base"}, "no such time zone"),
]


@pytest.mark.parametrize(("act", "fields", "told"), REFUSED)
async def test_what_makes_no_sense_is_told(
    alone: Browser, act: str, fields: dict[str, str], told: str
) -> None:
    assert told in await alone.act(act, **fields)
    assert "a good day" in await bench(alone, "faults")


async def test_deliveries_are_ordered_and_taken_back(browser: Browser) -> None:
    await browser.act("delivery", kind="events_api", what="twice", times="1")
    await browser.act("delivery", kind="any", what="overtaken", times="3")
    shown = await bench(browser, "faults")
    assert "Events: comes twice (once)" in shown
    assert "Whatever comes next: comes after the one that follows (3 times)" in shown
    await browser.act("take-back", order="waiting")
    assert browser.sandbox.disorder.orders == []


async def test_sockets_are_cut_and_come_back(browser: Browser) -> None:
    before = browser.sandbox.sockets.connections[0]
    await browser.act("strike", what="refresh")
    await browser.sandbox.until(lambda: before not in browser.sandbox.sockets.connections)
    assert "Open sockets: 1" in await bench(browser, "faults")
    last = browser.sandbox.sockets.connections[0]
    await browser.act("strike", what="cut")
    await browser.sandbox.until(last.gone.is_set)


async def test_over_http_there_are_no_sockets_to_cut(alone: Browser) -> None:
    alone.sandbox.manifest = alone.sandbox.manifest.over_http("http://127.0.0.1:9/")
    shown = await bench(alone, "faults")
    assert "there are no sockets to cut" in shown and "Cut the sockets" not in shown


@pytest.mark.parametrize(
    ("what", "told", "error"),
    [
        ("revoke", "token is revoked", "token_revoked"),
        ("uninstall", "app is removed", "account_inactive"),
    ],
)
async def test_an_app_without_a_token_gets_it_back(
    alone: Browser, once: AsyncWebClient, what: str, told: str, error: str
) -> None:
    await alone.act("strike", what=what)
    assert told in await bench(alone, "faults")
    with pytest.raises(SlackApiError, match=error):
        await once.auth_test()
    await alone.act("take-back", order="app")
    assert (await once.auth_test())["ok"]


async def test_members_move_and_go_and_come_back(browser: Browser) -> None:
    ben = browser.sandbox.workspace.user_named("Ben")
    await browser.act("member", user=ben.id, zone="Asia/Tokyo")
    await browser.act("member", user=ben.id)
    shown = await bench(browser, "faults")
    assert "Ben Okafor lives in Asia/Tokyo" in shown and "Back to America/New_York" in shown
    assert "Ben Okafor is deactivated" in shown
    await browser.act("take-back", order=f"zone-{ben.id}")
    await browser.act("take-back", order=f"member-{ben.id}")
    assert (ben.tz, ben.deleted) == ("America/New_York", False)
    assert "a good day" in await bench(browser, "faults")


async def test_who_is_deactivated_can_do_nothing_but_be_let_back_in(browser: Browser) -> None:
    await browser.act("member", user=browser.me)
    assert "is deactivated" in await browser.act("say", text="Hello")
    assert await browser.act("clock", to="hour") == ""
    await browser.act("take-back", order=f"member-{browser.me}")
    assert await browser.act("say", text="Hello") == ""
    assert browser.sandbox.member("Ada").dms.texts[0] == "Hello"


async def test_nothing_is_ordered_from_another_page(alone: Browser) -> None:
    status, _ = await alone.post("acts/strike", [("what", "uninstall")], headers={})
    assert status == 403 and alone.sandbox.installed
