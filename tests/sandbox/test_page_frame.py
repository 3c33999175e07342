"""The page around the conversation: panes, colours, what is new, threads, names for all of it."""

from collections.abc import AsyncIterator

import pytest

from sandbox.model import Message
from sandbox.server import Sandbox
from tests.sandbox.browsing import Browser, Tags, browsing
from tests.sandbox.conftest import Rig
from tests.sandbox.naming import nameless


@pytest.fixture
async def ada(sandbox: Sandbox) -> AsyncIterator[Browser]:
    """Ada's window, with no app on the line."""
    async with browsing(sandbox) as opened:
        yield opened


def told(browser: Browser, text: str, thread_ts: str | None = None) -> Message:
    """Let the app write to the member whose window this is."""
    workspace = browser.sandbox.workspace
    channel = workspace.dm(browser.me)
    message = Message(workspace.ids.ts(), channel.id, workspace.app.id, text, thread_ts=thread_ts)
    return workspace.add_message(message)


def body(html: str) -> Tags:
    """The tags of the page's body."""
    return Tags("<body" + html.partition("<body")[2].partition("</html>")[0])


async def test_two_members_stand_side_by_side_each_in_a_page_of_their_own(ada: Browser) -> None:
    link = body(await ada.page()).having(**{"class": "button button--small tools__panes"})[0]
    ben = ada.sandbox.workspace.user_named("Ben").id
    assert link["href"] == f"/panes?as={ada.me}&at=messages&beside={ben}"
    frames = body(await ada.page("/panes")).having(**{"class": "pane"})
    assert [frame["title"] for frame in frames] == ["Left pane", "Right pane"]
    assert frames[0]["src"] == f"/?as={ada.me}&at=messages&pane=left"
    assert frames[1]["src"] == f"/?as={ben}&at=messages&pane=right"
    ada.more = {"pane": "left"}
    html = await ada.page()
    assert "Close this pane" in html and "Tomorrow 9:00" not in html


async def test_the_frame_of_two_panes_reads_no_messages(ada: Browser) -> None:
    told(ada, "Hello")
    await ada.page("/panes")
    ada.more = {"regions": "topbar bench", "view": "panes"}
    answer = await ada.fragments()
    assert sorted(answer["regions"]) == ["bench", "topbar"]
    assert "One pane" in answer["regions"]["topbar"]
    assert answer["state"]["unread"] == 1


@pytest.mark.parametrize(
    ("cookie", "drawn"), [("dark", "dark"), ("light", "light"), ("odd", "system"), ("", "system")]
)
async def test_colours_are_as_chosen_from_the_first_moment(
    ada: Browser, cookie: str, drawn: str
) -> None:
    cookies = {"sandbox-colours": cookie} if cookie else {}
    async with ada.session.get(ada.sandbox.url, cookies=cookies) as response:
        assert f'<html lang="en" data-colours="{drawn}">' in await response.text()


async def test_nobody_elses_page_frames_this_one(ada: Browser) -> None:
    async with ada.session.get(ada.sandbox.url) as response:
        policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'self'" in policy


async def test_what_came_since_the_last_visit_is_marked_while_this_one_lasts(
    ada: Browser,
) -> None:
    told(ada, "read")
    await ada.page()
    ada.at = "home"
    first = told(ada, "new")
    told(ada, "newer")
    assert (await ada.fragments())["state"]["unread"] == 2
    ada.at, ada.more = "messages", {"begin": "yes"}
    mark = f"day-{first.channel_id}-{first.ts}"
    assert Tags(await ada.region("main")).having(**{"class": "day day--news"}, id=mark)
    ada.more = {}
    told(ada, "while looking")
    marks = (await ada.region("main")).count("<strong>New</strong>")
    assert marks == 1 and (await ada.fragments())["state"]["unread"] == 0
    await ada.page()
    assert "<strong>New</strong>" not in await ada.region("main")


async def test_replies_stand_under_what_they_answer(rig: Rig) -> None:
    async with browsing(rig.sandbox) as ada:
        first, other = told(ada, "Which day?"), told(ada, "Another thing")
        assert await ada.act("say", text="Tuesday", thread=first.ts) == ""
        assert "not supported in threads" in await ada.act("say", text="/echo x", thread=first.ts)
        reply = rig.sandbox.workspace.dm(ada.me).messages[2]
        assert (reply.text, reply.thread_ts) == ("Tuesday", first.ts)
        main = await ada.region("main")
        order = [tag["data-ts"] for tag in Tags(main).having() if tag.get("data-ts", "")]
        articles = [tag for tag in order if tag in (first.ts, reply.ts, other.ts)]
        assert list(dict.fromkeys(articles)) == [first.ts, reply.ts, other.ts]
        assert "1 reply" in main and "Reply in this thread" in main
        assert rig.seen[-1]["event"]["thread_ts"] == first.ts
        told(ada, "Noted", first.ts)
        main = await ada.region("main")
        assert "2 replies" in main and main.count("Reply in this thread") == 1


async def test_others_messages_are_not_mine_to_change(rig: Rig) -> None:
    async with browsing(rig.sandbox) as ada:
        ada.at = rig.sandbox.workspace.channel_named("general").id
        await rig.sandbox.member("Ben").post("#general", "Hello")
        main = await ada.region("main")
        assert "Save as contact" in main and "Edit message" not in main
        await ada.act("say", text="Hello, Ben")
        assert (await ada.region("main")).count("Edit message") == 1


async def test_a_zone_that_nobody_knows_leaves_the_page_standing(ada: Browser) -> None:
    ada.sandbox.workspace.user_named("Ada").tz = "Mars/Olympus_Mons"
    ada.more = {"bench": "faults"}
    html = await ada.page()
    assert "Olympus Mons" in html and "Mars/Olympus_Mons" in html


async def test_everything_that_can_be_used_has_a_name(rig: Rig) -> None:
    async with browsing(rig.sandbox) as ada:
        await ada.act("say", text="Hello")
        await ada.act("say", text="/contact")
        await rig.sandbox.until(lambda: rig.sandbox.member("Ada").has_modal)
        for more in ({}, {"bench": "traffic"}, {"bench": "faults"}, {"pane": "left"}):
            ada.more = dict(more)
            assert nameless(await ada.page()) == [], more
        assert nameless(await ada.page("/panes")) == []
        await ada.submit(name="Grace")
        ada.at = "home"
        await ada.act("visit")
        await rig.sandbox.until(lambda: ada.me in rig.sandbox.workspace.homes)
        assert nameless(await ada.page()) == []


def test_what_has_no_name_is_found() -> None:
    html = (
        '<nav></nav><button><svg></svg></button><input id="a"><select><option>x</option></select>'
    )
    assert len(nameless(html)) == 4
    assert nameless('<label for="a">Name</label><input id="a"><button>Go</button>') == []
