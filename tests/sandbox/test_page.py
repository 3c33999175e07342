"""The page as a browser gets it: whole, in fragments, and through its acts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from sandbox.clock import VirtualClock
from sandbox.model import File, Message
from sandbox.server import Sandbox
from tests.sandbox.browsing import Browser, Tags, browsing
from tests.sandbox.conftest import Rig
from tests.sandbox.sample_app import MANIFEST

HOSTILE = "<script>alert(1)</script> <!channel> &lt; \"quoted\" '{{ 7 * 7 }}' </textarea>"


@pytest.fixture
async def browser(rig: Rig) -> AsyncIterator[Browser]:
    """Ada's window, with the sample app connected."""
    async with browsing(rig.sandbox) as opened:
        yield opened


async def open_form(browser: Browser, text: str = "/contact") -> None:
    assert await browser.act("say", text=text) == ""
    await browser.sandbox.until(lambda: browser.sandbox.workspace.modal(browser.me) is not None)


async def test_the_page_shows_members_conversations_and_commands(browser: Browser) -> None:
    html = await browser.page()
    tags = Tags(html.partition("<body")[2].join(["<body", ""]).partition("</html>")[0])
    assert [link["href"] for link in tags.having(aria_current="true")] == [
        f"/?as={browser.me}&at=messages"
    ]
    for name in ("Ada Brook", "Ben Okafor", "general", "Sample", "/contact", "[TEXT]"):
        assert name in html
    assert tags.having(role="combobox", aria_label="Message Sample")
    assert tags.having(role="tab", aria_selected="true", id="tab-messages")


async def test_nothing_is_loaded_from_outside(browser: Browser) -> None:
    async with browser.session.get(browser.sandbox.url) as response:
        assert "default-src 'self'" in response.headers["content-security-policy"]
        tags = Tags((await response.text()).partition("<head>")[2].partition("</head>")[0])
    sources = [own.get("src") or own.get("href") for tag, own in tags.found if tag != "meta"]
    assert [s for s in sources if s] and all(s.startswith("/page/") for s in sources if s)
    for source in filter(None, sources):
        async with browser.session.get(browser.sandbox.url + source) as response:
            assert response.status == 200


async def test_an_unknown_member_or_place_shows_the_first(browser: Browser) -> None:
    browser.me, browser.at = "U0NOBODY", "C0NOWHERE"
    state = (await browser.fragments())["state"]
    assert state["me"] == browser.sandbox.workspace.user_named("Ada").id
    assert state["at"] == "messages"


async def test_hostile_text_is_shown_as_typed_everywhere(browser: Browser) -> None:
    await browser.act("say", text=HOSTILE)
    browser.at = browser.sandbox.workspace.channel_named("general").id
    await browser.act("say", text=HOSTILE)
    for at in ("messages", browser.at):
        browser.at = at
        html = await browser.page()
        assert "<script>alert" not in html and "</textarea> " not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "&amp;lt; &#34;quoted&#34; &#39;{{ 7 * 7 }}&#39;" in html


async def test_a_message_is_answered_and_counts_as_unread_elsewhere(browser: Browser) -> None:
    await browser.act("say", text="Hello & <hi>")
    conversation = browser.sandbox.member("Ada").dms
    await browser.sandbox.until(lambda: len(conversation) == 2)
    async with browsing(browser.sandbox, "Ben") as ben:
        sidebar = await ben.region("sidebar")
        assert 'class="badge"' in sidebar
        notice = (await ben.fragments())["state"]["notices"][0]
        assert (notice["name"], notice["text"]) == ("Ada Brook", "I heard Hello & <hi>")
    assert "I heard Hello &amp; &lt;hi&gt;" in await browser.region("main")
    async with browsing(browser.sandbox, "Ben") as ben:
        assert 'class="badge"' not in await ben.region("sidebar")


async def test_lines_arrive_as_they_were_typed(browser: Browser) -> None:
    """A browser posts a line's end as two characters; Slack's clients send one."""
    await browser.act("say", text="One\r\ntwo")
    assert browser.sandbox.member("Ada").dms.messages[0].fallback == "One\ntwo"


async def test_what_only_one_member_sees_does_not_count_as_unread(browser: Browser) -> None:
    general = browser.sandbox.workspace.channel_named("general")
    app = browser.sandbox.workspace.app.id
    for only_for in (browser.me, None):
        ts = browser.sandbox.workspace.ids.ts()
        browser.sandbox.workspace.add_message(
            Message(ts, general.id, app, "Hello", only_for=only_for)
        )
        assert ('class="badge"' in await browser.region("sidebar")) == (only_for is None)


async def test_nobody_changes_anothers_message(browser: Browser) -> None:
    general = browser.sandbox.workspace.channel_named("general")
    message = await browser.sandbox.member("Ben").post("#general", "Hello")
    place = {"channel": general.id, "ts": message.ts}
    told = "You can only change your own messages."
    assert await browser.act("edit", **place, text="Goodbye") == told
    assert await browser.act("delete", **place) == told
    assert general.messages[-1].text == "Hello"


async def test_looking_away_leaves_messages_unread(browser: Browser) -> None:
    await browser.act("say", text="Hello")
    await browser.sandbox.until(lambda: len(browser.sandbox.member("Ada").dms) == 2)
    browser.at = "home"
    assert 'class="badge"' in (await browser.fragments(looking=False))["regions"]["sidebar"]


async def test_a_command_opens_a_modal_that_shows_its_errors_and_saves(browser: Browser) -> None:
    await open_form(browser)
    modal = await browser.region("modal")
    assert "New contact" in modal and ">Name</label>" in modal and "optional" in modal
    await browser.submit(email="nobody")
    modal = await browser.region("modal")
    assert "Please complete this required field." in modal
    assert "Please enter a valid email address." in modal
    await browser.submit(name="wrong")
    assert "Who is that?" in await browser.region("modal")
    await browser.submit(name=HOSTILE, stage="asked", when="2026-03-02")
    await browser.sandbox.until(lambda: len(browser.sandbox.member("Ada").dms) == 1)
    assert (await browser.region("modal")).strip() == ""


async def test_what_was_typed_stays_when_the_app_changes_the_modal(browser: Browser) -> None:
    await open_form(browser)
    view = browser.sandbox.workspace.modal(browser.me)
    assert view is not None
    fields = [("view", view.id), ("block", "more"), ("action", "grow")]
    fields += [("shown", "name/typed"), ("name/typed", 'Grace "G" <Lindqvist>')]
    status, answer = await browser.post("acts/press", fields)
    assert (status, answer) == (200, {"ok": True})
    await browser.sandbox.until(lambda: "Nickname" in browser.sandbox.member("Ada").modal.labels)
    name = Tags(await browser.region("modal")).having(name="name/typed")[0]
    assert name["value"] == 'Grace "G" <Lindqvist>'


async def test_modals_are_stacked_and_closed_one_by_one_or_all(browser: Browser) -> None:
    await open_form(browser)
    await browser.submit(name="pushed")
    stack = browser.sandbox.workspace.stacks[browser.me]
    assert len(stack) == 2
    assert Tags(await browser.region("modal")).having(aria_label="Back")
    await browser.act("close", view=stack[-1].id)
    assert not Tags(await browser.region("modal")).having(aria_label="Back")
    await browser.submit(name="pushed")
    await browser.act("close", view=stack[-1].id, whole="yes")
    assert not browser.sandbox.member("Ada").has_modal


async def test_the_app_suggests_options_while_one_types(browser: Browser) -> None:
    await open_form(browser)
    view = browser.sandbox.workspace.modal(browser.me)
    assert view is not None
    fields = [("view", view.id), ("block", "company"), ("action", "typed"), ("typed", "ac")]
    action_id = view.blocks[2]["element"]["action_id"]
    fields[2] = ("action", action_id)
    _, answer = await browser.post("suggest", fields)
    labels = [choice["label"] for choice in answer["groups"][0]["choices"]]
    assert labels == ["Acme", "Acorn"]
    await browser.submit(name="Grace", company="acorn")
    await browser.sandbox.until(lambda: len(browser.sandbox.member("Ada").dms) == 1)


async def test_buttons_and_menus_of_a_message_work(browser: Browser) -> None:
    await open_form(browser)
    await browser.submit(name="Grace")
    dms = browser.sandbox.member("Ada").dms
    await browser.sandbox.until(lambda: len(dms) == 1)
    main = Tags(await browser.region("main"))
    button = main.having(data_block="nudge", data_action="later")[0]
    assert "data-press" in button
    place = {"channel": browser.sandbox.workspace.dm(browser.me).id, "ts": dms.last.ts}
    await browser.act("choose", **place, block="nudge", action="menu", value="skip")
    await browser.sandbox.until(lambda: "Chosen: skip" in dms.texts)
    assert "Only visible to you" in await browser.region("main")
    await browser.act("press", **place, block="nudge", action="later")
    await browser.sandbox.until(lambda: "Later, then" in dms.texts)
    gone = await browser.act("press", **place, block="nudge", action="later")
    assert gone == "This is not there any more."


async def test_the_home_tab_is_drawn_when_visited(browser: Browser) -> None:
    browser.at = "home"
    assert "Nothing here yet" in await browser.region("main")
    await browser.act("visit")
    await browser.sandbox.until(lambda: browser.me in browser.sandbox.workspace.homes)
    main = await browser.region("main")
    assert '<span class="mention mention--me">@Ada Brook</span>' in main
    assert "Press me" in main


async def test_shortcuts_open_their_modals(browser: Browser) -> None:
    await browser.act("shortcut", callback_id="log_talk")
    await browser.sandbox.until(lambda: browser.sandbox.member("Ada").has_modal)
    view = browser.sandbox.workspace.modal(browser.me)
    assert view is not None
    await browser.act("close", view=view.id)
    general = browser.sandbox.workspace.channel_named("general")
    browser.at = general.id
    await browser.act("say", text="Grace knows SQL")
    assert "Save as contact" in await browser.region("main")
    ts = general.messages[-1].ts
    await browser.act("shortcut", callback_id="save_contact", channel=general.id, ts=ts)
    await browser.sandbox.until(lambda: browser.sandbox.member("Ada").has_modal)
    assert "Grace knows SQL" in await browser.region("modal")


async def test_failures_are_told_as_slack_tells_them(browser: Browser) -> None:
    await browser.act("say", text="/silent")
    told = '/silent failed with the error "operation_timeout"'
    assert (await browser.fragments())["state"]["troubles"] == [told]
    assert "Slackbot" in await browser.region("main")
    assert (await browser.act("say", text="/nope")).startswith("/nope is not a valid command")
    await open_form(browser)
    await browser.submit(name="silent")
    assert "We had some trouble connecting. Try again?" in await browser.region("modal")


async def test_only_the_page_itself_may_act(browser: Browser) -> None:
    status, _ = await browser.post("acts/say", [("text", "forged")], headers={})
    assert status == 403
    status, answer = await browser.post("suggest", [], headers={})
    assert (status, answer) == (403, {"groups": []})
    assert browser.sandbox.member("Ada").dms.texts == []
    status, _ = await browser.post("acts/nothing", [])
    assert status == 404


async def test_the_clock_moves_on_the_members_own_clock() -> None:
    clock = VirtualClock(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), running=False)
    sandbox = Sandbox(MANIFEST, clock=clock)
    await sandbox.start()
    async with browsing(sandbox, "Ben") as ben:
        assert "Mon" in await ben.region("topbar") and "6:30 PM" in await ben.region("topbar")
        await ben.act("clock", to="hour")
        assert "7:30 PM" in await ben.region("topbar")
        await ben.act("clock", to="tomorrow")
        assert clock.now() == datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
        await ben.act("clock", to="2026-03-10T09:15")
        assert clock.now() == datetime(2026, 3, 10, 13, 15, tzinfo=UTC)
        assert "only moves forward" in await ben.act("clock", to="2026-03-10T09:00")
        assert "not a day and time" in await ben.act("clock", to="soon")
    await sandbox.stop()


async def test_the_stream_tells_of_changes_and_ends_with_the_sandbox() -> None:
    sandbox = Sandbox(MANIFEST)
    await sandbox.start()
    async with (
        asyncio.timeout(5),
        browsing(sandbox) as ada,
        ada.session.get(f"{sandbox.url}/page/stream") as response,
    ):
        assert response.content_type == "text/event-stream"
        first = await response.content.readline()
        await response.content.readline()
        sandbox.workspace.add_channel("news")
        assert await response.content.readline() != first
        await sandbox.stop()
        assert b"data" in await response.content.read() or response.content.at_eof()


async def test_no_app_on_the_line_is_said_with_what_to_do(sandbox: Sandbox) -> None:
    async with browsing(sandbox) as ada:
        main = await ada.region("main")
        assert "No app is connected" in main and sandbox.api_url in main
        assert "SLACK_SIGNING_SECRET=sandbox" in main
        assert f"RAPPORT_CLOCK_URL={sandbox.url}/clock" in main
        assert "not connected" in await ada.region("sidebar")


async def test_files_are_offered_and_only_pictures_are_shown(sandbox: Sandbox) -> None:
    workspace = sandbox.workspace
    async with browsing(sandbox) as ada:
        for name in ("talk.ics", "chart.png", "page.html"):
            file = File(f"F{name[:4]}", name, 3, title=name, content=b"abc")
            workspace.files[file.id] = file
            channel = workspace.dm(ada.me)
            message = Message(workspace.ids.ts(), channel.id, workspace.app.id, "", files=[file])
            workspace.add_message(message)
        main = Tags(await ada.region("main"))
        assert [tag["alt"] for tag in main.having(src="/page/files/Fchar")] == ["chart.png"]
        for file_id, kept in (("Ftalk", True), ("Fpage", True), ("Fchar", False)):
            async with ada.session.get(f"{sandbox.url}/page/files/{file_id}") as response:
                assert await response.read() == b"abc"
                assert ("attachment" in response.headers.get("content-disposition", "")) == kept
        async with ada.session.get(f"{sandbox.url}/page/files/Fnone") as response:
            assert response.status == 404
