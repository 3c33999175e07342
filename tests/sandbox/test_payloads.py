"""What Slack sends, field by field, above all where one would not expect it (2.1 to 2.7)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox import acts, pace, payloads
from sandbox.clock import VirtualClock
from sandbox.model import Channel, Message, Place, View
from sandbox.server import Sandbox
from sandbox.state import LEAVES, as_sent, initial_held, typed_leaf
from tests.sandbox.sample_app import MANIFEST, option, plain
from tests.sandbox.samples import actions, asking, button, element, modal, rich, section

Json = dict[str, Any]
ADA = "U0ADABROOK"
ONE, TWO = option("One"), option("Two")
SENT_ONE = {"text": {"type": "plain_text", "text": "One", "emoji": True}, "value": "one"}
FILE = {"id": "F1", "name": "plan.pdf", "mimetype": "application/pdf", "size": 3}
CHOOSING = {"options": [ONE, TWO]}
# By element: what it is drawn with, and its leaf when something is entered (2.3).
ENTERED: dict[str, tuple[Json, Json]] = {
    "plain_text_input": ({"initial_value": "a"}, {"value": "a"}),
    "email_text_input": ({"initial_value": "a@b.example"}, {"value": "a@b.example"}),
    "url_text_input": ({"initial_value": "https://a.b"}, {"value": "https://a.b"}),
    "number_input": ({"initial_value": "12345"}, {"value": "12345"}),
    "static_select": ({**CHOOSING, "initial_option": ONE}, {"selected_option": SENT_ONE}),
    "external_select": ({"initial_option": ONE}, {"selected_option": SENT_ONE}),
    "radio_buttons": ({**CHOOSING, "initial_option": ONE}, {"selected_option": SENT_ONE}),
    "multi_static_select": (
        {**CHOOSING, "initial_options": [ONE]},
        {"selected_options": [SENT_ONE]},
    ),
    "multi_external_select": ({"initial_options": [ONE]}, {"selected_options": [SENT_ONE]}),
    "checkboxes": ({**CHOOSING, "initial_options": [ONE]}, {"selected_options": [SENT_ONE]}),
    "users_select": ({"initial_user": ADA}, {"selected_user": ADA}),
    "multi_users_select": ({"initial_users": [ADA]}, {"selected_users": [ADA]}),
    "conversations_select": ({"initial_conversation": "C1"}, {"selected_conversation": "C1"}),
    "multi_conversations_select": (
        {"initial_conversations": ["C1"]},
        {"selected_conversations": ["C1"]},
    ),
    "channels_select": ({"initial_channel": "C1"}, {"selected_channel": "C1"}),
    "multi_channels_select": ({"initial_channels": ["C1"]}, {"selected_channels": ["C1"]}),
    "datepicker": ({"initial_date": "2026-03-02"}, {"selected_date": "2026-03-02"}),
    "timepicker": (
        {"initial_time": "01:00", "timezone": "Europe/Rome"},
        {"selected_time": "01:00", "timezone": "Europe/Rome"},
    ),
    "datetimepicker": (
        {"initial_date_time": 1_666_869_900},
        {"selected_date_time": 1_666_869_900},
    ),
    "rich_text_input": ({"initial_value": rich()}, {"rich_text_value": rich()}),
    "file_input": ({}, {"files": [FILE]}),
}
# The same when nothing is entered: null, an empty list, or not there at all.
NOTHING: dict[str, Json] = {
    "plain_text_input": {"value": None},
    "email_text_input": {"value": None},
    "url_text_input": {"value": None},
    "number_input": {"value": None},
    "static_select": {"selected_option": None},
    "external_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "multi_static_select": {"selected_options": []},
    "multi_external_select": {"selected_options": []},
    "checkboxes": {"selected_options": []},
    "users_select": {"selected_user": None},
    "multi_users_select": {"selected_users": []},
    "conversations_select": {"selected_conversation": None},
    "multi_conversations_select": {"selected_conversations": []},
    "channels_select": {"selected_channel": None},
    "multi_channels_select": {"selected_channels": []},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "datetimepicker": {"selected_date_time": None},
    "rich_text_input": {},
    "file_input": {"files": []},
}


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox that nobody is connected to."""
    return Sandbox(MANIFEST, clock=VirtualClock(datetime(2026, 3, 2, 9, tzinfo=UTC), running=False))


def held_in(drawn: Json, **given: Any) -> Json:
    """The leaf of the one element in a block, as `state.values` have it."""
    held = initial_held([{**drawn, "block_id": "b"}])
    if "entered" in given:
        inside = drawn.get("element") or drawn.get("accessory") or drawn["elements"][0]
        held["b"]["a"] = typed_leaf(inside, given["entered"], [])
    return as_sent(held)["b"]["a"]


def shown(*blocks: Json, **more: Any) -> View:
    """A modal of Ada's as the sandbox keeps it."""
    view = View("V1", "modal", ADA, list(blocks), root_view_id="V1", **more)
    view.held = initial_held(view.blocks)
    return view


def test_every_input_is_here() -> None:
    assert set(ENTERED) == set(NOTHING) == set(LEAVES)


@pytest.mark.parametrize("kind", ENTERED)
def test_what_is_entered(kind: str) -> None:
    drawn, leaf = ENTERED[kind]
    block = asking({"type": kind, "action_id": "a", **drawn})
    entered = {"entered": leaf["files"]} if kind == "file_input" else {}
    assert held_in(block, **entered) == {"type": kind, **leaf}


def test_a_modal_knows_the_conversation_that_it_was_opened_in() -> None:
    chosen = {"default_to_current_conversation": True, "action_id": "a"}
    one = element("conversations_select", **chosen, initial_conversation="C0OTHER")
    several = element("multi_conversations_select", **chosen)
    for drawn, key, known in (
        (one, "selected_conversation", "C1"),
        (several, "selected_conversations", ["C1"]),
    ):
        blocks = [{**asking(drawn), "block_id": "b"}]
        assert initial_held(blocks, "C1")["b"]["a"][key] == known
    unknown = initial_held([{**asking(one), "block_id": "b"}])["b"]["a"]
    assert unknown["selected_conversation"] == "C0OTHER"


@pytest.mark.parametrize("kind", NOTHING)
def test_nothing_entered_and_what_was_entered_cleared(kind: str) -> None:
    drawn, _ = ENTERED[kind]
    empty = asking(element(kind, action_id="a"))
    assert held_in(empty) == {"type": kind, **NOTHING[kind]}
    zone = {"timezone": "Europe/Rome"} if kind == "timepicker" else {}
    filled = asking({"type": kind, "action_id": "a", **drawn})
    assert held_in(filled, entered=None) == {"type": kind, **NOTHING[kind], **zone}


def test_what_stands_in_sections_and_actions_is_state_too() -> None:
    chosen = element("static_select", action_id="a", initial_option=ONE)
    for block in (section(accessory=chosen), actions(chosen)):
        assert held_in(block) == {"type": "static_select", "selected_option": SENT_ONE}
    assert initial_held([{**actions(button()), "block_id": "b"}]) == {}


# By element: what its action has besides type and ids (2.2).
ACTED: dict[str, set[str]] = {
    "button": {"text", "value", "url", "style", "confirm"},
    "overflow": {"selected_option"},
    **{
        kind: {*leaf} - {"timezone"}
        | (set() if kind.endswith("_input") else {*drawn} - {"options", "timezone"})
        for kind, (drawn, leaf) in ENTERED.items()
        if kind not in ("file_input",)
    },
}


@pytest.mark.parametrize("kind", [kind for kind in ACTED if kind not in ("button", "overflow")])
def test_an_action_has_what_was_chosen_and_what_was_chosen_at_first(kind: str) -> None:
    drawn, leaf = ENTERED[kind]
    block = {**asking({"type": kind, "action_id": "a", **drawn}), "block_id": "b"}
    item = payloads.action(block, block["element"], {"type": kind, **leaf}, "1.1")
    ids = {"type", "block_id", "action_id", "action_ts"}
    assert {*item} - {"timezone"} == ids | ACTED[kind]
    cleared = payloads.action(block, block["element"], {"type": kind, **NOTHING[kind]}, "1.1")
    assert {key: cleared[key] for key in NOTHING[kind]} == NOTHING[kind]


async def test_what_is_chosen_in_a_menu_comes_as_slack_keeps_it(sandbox: Sandbox) -> None:
    told: list[Json] = []

    async def ask(kind: str, payload: Json, *, answers: bool) -> Json:
        told.append(payload)
        return {}

    sandbox.link.ask = ask  # type: ignore[method-assign]
    menu = actions({"type": "overflow", "action_id": "a", "options": [ONE, TWO]})
    channel = sandbox.workspace.dm(ADA).id
    message = sandbox.posting.post(channel, {"text": "x", "blocks": [{**menu, "block_id": "b"}]})
    await acts.choose(sandbox, ADA, Place(channel_id=channel, ts=message.ts), "b", "a", "one")
    assert told[0]["actions"][0]["selected_option"] == SENT_ONE


def test_a_pressed_button_has_only_what_it_was_drawn_with() -> None:
    bare = {**actions(button()), "block_id": "b"}
    item = payloads.action(bare, bare["elements"][0], None, "1.1")
    assert {*item} == {"type", "block_id", "action_id", "action_ts", "text"}
    full = button(value="7", url="https://a.b", style="danger", confirm={"title": {}})
    item = payloads.action(bare, full, None, "1.1")
    assert {*item} == {"type", "block_id", "action_id", "action_ts", *ACTED["button"]}


def test_a_press_in_a_thread_names_it_and_a_private_message_is_not_there(sandbox: Sandbox) -> None:
    channel = sandbox.workspace.dm(ADA)
    message = Message("2.1", channel.id, "U0RAPPORT", "x", thread_ts="1.1")
    place = payloads.message_place(message, channel)
    assert place["container"] == {
        "type": "message",
        "message_ts": "2.1",
        "channel_id": channel.id,
        "is_ephemeral": False,
        "thread_ts": "1.1",
    }
    assert place["channel"] == {"id": channel.id, "name": "directmessage"}
    assert place["message"]["ts"] == "2.1"
    private = Message("2.2", channel.id, "U0RAPPORT", "x", only_for=ADA)
    place = payloads.message_place(private, channel)
    assert place["container"]["is_ephemeral"] is True
    assert {*place} == {"container", "channel"}


async def pressed(sandbox: Sandbox, label: str) -> Json:
    """What the app hears of a press on Ada's last message."""
    heard: list[Json] = []

    async def ask(kind: str, payload: Json, *, answers: bool) -> Json:
        heard.append(payload)
        return {}

    sandbox.link.ask = ask  # type: ignore[method-assign]
    await sandbox.member("Ada").dms.last.press(label)
    return heard[0]


async def test_a_press_in_an_attachment_names_it(sandbox: Sandbox) -> None:
    channel = sandbox.workspace.dm(ADA)
    inside = [{"text": "old"}, {"blocks": [actions(button(text=plain("Go"), action_id="go"))]}]
    given = {"text": "x", "blocks": [actions(button(text=plain("Stay")))], "attachments": inside}
    message = sandbox.posting.post(channel.id, given)
    body = await pressed(sandbox, "Go")
    assert body["container"] == {
        "type": "message_attachment",
        "message_ts": message.ts,
        "attachment_id": 2,
        "channel_id": channel.id,
        "is_ephemeral": False,
        "is_app_unfurl": False,
    }
    assert [action["action_id"] for action in body["actions"]] == ["go"]
    assert [one["id"] for one in body["message"]["attachments"]] == [1, 2]
    assert body["channel"] and body["response_url"]
    assert (await pressed(sandbox, "Stay"))["container"]["type"] == "message"


class Heard:
    """In the place of a line to the app: keeps what would go over it."""

    def __init__(self) -> None:
        self.payloads: list[Json] = []

    async def deliver(self, kind: str, payload: Json, **_: Any) -> Json:
        """Keep a payload."""
        self.payloads.append(payload)
        return {}


def conversation_of(sandbox: Sandbox, kind: str) -> Channel:
    """A conversation of this kind in which Ada and the app are."""
    if kind == "im":
        return sandbox.workspace.dm(ADA)
    if kind == "mpim":
        return sandbox.workspace.group_dm([ADA, "U0BENOKAFOR"])
    return sandbox.workspace.add_channel("new", kind=kind)


@pytest.mark.parametrize(
    ("kind", "family"),
    [("channel", "channels"), ("group", "groups"), ("mpim", "mpim"), ("im", "im")],
)
async def test_a_message_says_in_what_kind_of_conversation_it_is(kind: str, family: str) -> None:
    """And comes by the subscription and scope for that kind alone."""
    for event in (f"message.{family}", "message.other"):
        settings = {"event_subscriptions": {"bot_events": [event]}}
        scopes = {"scopes": {"bot": [f"{family}:history"]}}
        manifest = {**MANIFEST, "settings": settings, "oauth_config": scopes}
        sandbox, heard = Sandbox(manifest), Heard()
        sandbox.delivery = heard  # type: ignore[assignment]
        conversation = conversation_of(sandbox, kind)
        await acts.post(sandbox, ADA, conversation.id, "hello")
        types = [payload["event"]["channel_type"] for payload in heard.payloads]
        assert types == ([kind] if event == f"message.{family}" else [])


async def test_an_event_names_its_context(sandbox: Sandbox) -> None:
    heard = Heard()
    sandbox.delivery = heard  # type: ignore[assignment]
    await sandbox.member("Ada").open_home()
    await sandbox.member("Ada").open_home()
    contexts = [payload["event_context"] for payload in heard.payloads]
    assert [context[:3] for context in contexts] == ["EC0", "EC0"]
    assert len(set(contexts)) == 2


async def test_beyond_an_hours_events_the_app_hears_once_a_minute_that_some_are_left_out(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "EVENTS_AN_HOUR", 2)
    heard, ada = Heard(), sandbox.member("Ada")
    sandbox.delivery = heard  # type: ignore[assignment]
    for _ in range(4):
        await ada.open_home()
    sandbox.clock.advance(seconds=61)
    await ada.open_home()
    start = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
    limited = {
        "token": "sandbox-verification",
        "type": "app_rate_limited",
        "team_id": "T0SANDBOX",
        "api_app_id": "A0RAPPORT",
    }
    assert [payload["type"] for payload in heard.payloads[:2]] == ["event_callback"] * 2
    assert heard.payloads[2:] == [
        limited | {"minute_rate_limited": start},
        limited | {"minute_rate_limited": start + 60},
    ]
    sandbox.clock.advance(hours=1)
    await ada.open_home()
    assert heard.payloads[-1]["type"] == "event_callback"


def test_a_submission_has_no_channel_and_response_urls_only_where_asked(sandbox: Sandbox) -> None:
    user = sandbox.workspace.users[ADA]
    plainly = payloads.view_submission(user, shown(), "1.2.3")
    assert plainly["response_urls"] == []
    assert not {"channel", "response_url", "message", "container"} & {*plainly}
    where = {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}
    block = {**asking({**where, "initial_conversation": "C1"}), "block_id": "b"}
    [url] = sandbox.response_urls.of_view(shown(block))
    assert {key: url[key] for key in url if key != "response_url"} == {
        "block_id": "b",
        "action_id": "a",
        "channel_id": "C1",
    }
    assert sandbox.response_urls.of_view(shown({**asking(where), "block_id": "b"})) == []


def test_a_closed_modal_keeps_no_inputs_and_has_no_trigger(sandbox: Sandbox) -> None:
    typed = {**asking({"type": "plain_text_input", "action_id": "a"}), "block_id": "typed"}
    chosen = element("static_select", action_id="a", initial_option=ONE)
    view = shown(typed, {**actions(chosen), "block_id": "chosen"})
    body = payloads.view_closed(sandbox.workspace.users[ADA], view, is_cleared=True)
    assert {*body["view"]["state"]["values"]} == {"chosen"}
    assert body["is_cleared"] is True
    assert "trigger_id" not in body


@pytest.mark.parametrize(
    ("whole_stack", "clears", "told"),
    [(False, False, ("top", False)), (True, False, ("root", True)), (False, True, ("root", True))],
    ids=["Cancel", "the x", "Cancel with clear_on_close"],
)
async def test_both_ways_to_close_a_modal(
    sandbox: Sandbox, whole_stack: bool, clears: bool, told: tuple[str, bool]
) -> None:
    heard: list[Json] = []

    async def ask(kind: str, payload: Json, *, answers: bool) -> Json:
        heard.append(payload)
        return {}

    sandbox.link.ask = ask  # type: ignore[method-assign]
    given = modal(notify_on_close=True, clear_on_close=clears)
    silent = sandbox.view_stack.open("U0BENOKAFOR", modal())
    await sandbox.member("Ben").modal.close()
    assert (heard, silent.notify_on_close) == ([], False), "who did not ask is not told"
    root = sandbox.view_stack.open(ADA, given)
    top = sandbox.view_stack.push(ADA, given)
    await sandbox.member("Ada").modal.close(whole_stack=whole_stack)
    [body] = heard
    by_id = {root.id: "root", top.id: "top"}
    assert (by_id[body["view"]["id"]], body["is_cleared"]) == told
    assert len(sandbox.workspace.stacks.get(ADA, [])) == (1 if told[0] == "top" else 0)


def test_an_organisations_install_has_no_team(sandbox: Sandbox) -> None:
    user, channel = sandbox.workspace.users[ADA], sandbox.workspace.dm(ADA)
    message = Message("2.1", channel.id, ADA, "x")
    trigger = {"trigger_id": "1", "action_ts": "1.1"}
    each = [
        payloads.block_actions(user, payloads.view_place(shown()), {}, {}, "1"),
        payloads.view_submission(user, shown(), "1"),
        payloads.view_closed(user, shown(), is_cleared=False),
        payloads.block_suggestion(user, payloads.view_place(shown()), "b", "a", "x"),
        payloads.shortcut(user, "c", "1", "1.1"),
        payloads.message_action(user, channel, message, "c", response_url="u", **trigger),
    ]
    for payload in each:
        assert payload["team"] and payload["enterprise"] is None
        assert payload["is_enterprise_install"] is False
        org = payloads.of_org(payload)
        assert {*org} == {*payload}
        assert (org["team"], org["is_enterprise_install"]) == (None, True)
        assert {*org["enterprise"]} == {"id", "name"}
    command = payloads.of_org(payloads.command(user, channel, "/x", "", "1", "u"))
    assert command["is_enterprise_install"] == "true"
    assert {"enterprise_id", "enterprise_name", "team_id"} < {*command}
    event = payloads.of_org(payloads.event({"type": "app_home_opened"}, "Ev1", 1))
    [authorization] = event["authorizations"]
    assert authorization["team_id"] is None
    assert authorization["enterprise_id"] == event["enterprise_id"]
