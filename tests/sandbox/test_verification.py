"""The sandbox is held against slack_sdk and Bolt: same methods, same arguments, same payloads."""

import inspect
import typing
from types import ModuleType
from typing import Any

import pytest
from slack_bolt.request import payload_utils
from slack_sdk.models.blocks import block_elements, blocks
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import File
from sandbox.rules import message_problems
from sandbox.rules.blocks import BLOCKS
from sandbox.rules.elements import ELEMENTS
from sandbox.rules.shapes import Shape
from sandbox.web_api import METHODS
from tests.sandbox.conftest import Rig
from tests.sandbox.sample_app import plain

# The SDK's own name for an argument that Slack calls differently, or that is not sent at all.
NOT_SENT = {"app_token"}
KINDS = {
    "boolean": (bool,),
    "integer": (int,),
    "string": (str,),
    "object": (dict,),
    "array": (list, str),
    "list": (list, str),
}


def _sdk_method(name: str) -> Any:
    return getattr(AsyncWebClient, name.replace(".", "_"))


def _plain_types(annotation: Any) -> set[type]:
    """The plain types in an annotation such as Optional[Union[str, Sequence[str]]]."""
    if typing.get_origin(annotation) is typing.Union:
        return set().union(*(_plain_types(inner) for inner in typing.get_args(annotation)))
    origin = typing.get_origin(annotation) or annotation
    known = {str: str, bool: bool, int: int, dict: dict, list: list}
    name = getattr(origin, "__name__", "")
    if name in ("Sequence", "List"):
        return {list}
    return {known[origin]} if origin in known else set()


@pytest.mark.parametrize("name", METHODS)
def test_a_method_takes_the_arguments_that_the_sdk_sends(name: str) -> None:
    parameters = inspect.signature(_sdk_method(name)).parameters
    sent = {p for p in parameters if p not in ("self", "kwargs")} - NOT_SENT
    assert {argument.name for argument in METHODS[name].arguments} == sent


@pytest.mark.parametrize("name", METHODS)
def test_a_methods_argument_types_are_the_sdks(name: str) -> None:
    parameters = inspect.signature(_sdk_method(name)).parameters
    for argument in METHODS[name].arguments:
        types = _plain_types(parameters[argument.name].annotation)
        assert types & set(KINDS[argument.type]), f"{argument} is {types} in the SDK"


@pytest.mark.parametrize("name", METHODS)
def test_what_the_sdk_requires_is_required_here(name: str) -> None:
    parameters = inspect.signature(_sdk_method(name)).parameters
    for argument in METHODS[name].arguments:
        if argument.required:
            assert parameters[argument.name].default is inspect.Parameter.empty
    needed = {
        p.name
        for p in parameters.values()
        if p.default is inspect.Parameter.empty and p.name not in ("self", "kwargs", *NOT_SENT)
    }
    assert needed == {argument.name for argument in METHODS[name].arguments if argument.required}


# Fields of slack_sdk's classes that neither Slack's documentation nor its types know there.
ONLY_IN_SDK = {
    "button": {"agent_prompt", "agent_prompt_display", "alt_text", "visible_to_user_ids"},
    "overflow": {"alt_text"},
    "file_input": {"confirm", "focus_on_load", "placeholder"},
    **{kind: {"placeholder"} for kind in ("checkboxes", "radio_buttons", "datetimepicker")},
    **{
        f"{kind}_input": {"confirm"}
        for kind in ("plain_text", "rich_text", "email_text", "url_text", "number")
    },
}


def _sdk_fields(module: ModuleType) -> dict[str, set[str]]:
    """By type, the fields that the SDK's classes have; abstract and helper classes have no type."""
    found: dict[str, set[str]] = {}
    for _, one in inspect.getmembers(module, inspect.isclass):
        kind = getattr(one, "type", None)
        if isinstance(kind, str) and one.__module__ == module.__name__:
            known: Any = one.__new__(one)  # made without what its constructor insists on
            found.setdefault(kind, set()).update(known.attributes - {"type"})
    return found


@pytest.mark.parametrize(
    ("shapes", "module"), [(BLOCKS, blocks), (ELEMENTS, block_elements)], ids=["blocks", "elements"]
)
def test_blocks_and_elements_have_the_sdks_fields(
    shapes: dict[str, Shape], module: ModuleType
) -> None:
    """None is there because the bot happens to send it, and none is missing."""
    sdk = _sdk_fields(module)
    for kind, shape in shapes.items():
        fields = {*shape.required, *shape.optional}
        assert fields == sdk[kind] - ONLY_IN_SDK.get(kind, set()), kind


# slack-platform.md section 2: the fields that each payload has.
COMMAND = {
    "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name",
    "command", "text", "response_url", "trigger_id", "api_app_id", "is_enterprise_install",
}  # fmt: skip
ACTIONS = {
    "type", "user", "api_app_id", "token", "team", "enterprise", "is_enterprise_install",
    "trigger_id", "container", "actions",
}  # fmt: skip
IN_MESSAGE = {"channel", "response_url", "state"}
SUBMISSION = {
    "type", "team", "user", "api_app_id", "token", "trigger_id", "view", "response_urls",
    "is_enterprise_install", "enterprise",
}  # fmt: skip
CLOSED = {
    "type", "team", "user", "view", "api_app_id", "token", "is_cleared",
    "is_enterprise_install", "enterprise",
}  # fmt: skip
SUGGESTION = {
    "type", "user", "team", "enterprise", "container", "api_app_id", "token", "action_id",
    "block_id", "value", "is_enterprise_install",
}  # fmt: skip
SHORTCUT = {
    "type", "token", "action_ts", "team", "user", "is_enterprise_install", "enterprise",
    "callback_id", "trigger_id",
}  # fmt: skip
MESSAGE_ACTION = SHORTCUT | {"channel", "message_ts", "message", "response_url"}
VIEW = {
    "id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash",
    "title", "clear_on_close", "notify_on_close", "close", "submit", "previous_view_id",
    "root_view_id", "app_id", "external_id", "app_installed_team_id", "bot_id",
}  # fmt: skip
EVENT = {
    "token", "team_id", "context_team_id", "context_enterprise_id", "api_app_id", "event",
    "type", "event_id", "event_time", "authorizations", "is_ext_shared_channel",
    "event_context",
}  # fmt: skip


def _last(rig: Rig, kind: str) -> dict[str, Any]:
    return [body for body in rig.seen if body.get("type") == kind][-1]


async def _open_form(rig: Rig) -> None:
    await rig.ada.command("/contact x")
    await rig.sandbox.until(lambda: rig.ada.has_modal)


async def test_a_slash_command_is_one_to_bolt(rig: Rig) -> None:
    await rig.ada.command("/echo R&D with @Ben Okafor in #general https://example.com/?a=1&b=2")
    body = rig.seen[-1]
    assert payload_utils.is_slash_command(body)
    assert set(body) == COMMAND
    assert body["text"] == "R&D with @Ben Okafor in #general https://example.com/?a=1&b=2"
    assert body["is_enterprise_install"] == "false"


async def test_a_command_comes_as_it_was_typed(rig: Rig) -> None:
    for typed, sent in (("/echo  two \n", " two \n"), ("/echo", ""), ("/echo\nthree", "three")):
        await rig.ada.command(typed)
        assert rig.seen[-1]["text"] == sent


async def test_should_escape_marks_people_channels_and_links(rig: Rig) -> None:
    await rig.ada.command("/contact @Ben Okafor #general https://example.com", channel="dm")
    general = rig.sandbox.workspace.channel_named("general").id
    body = rig.seen[-1]
    assert body["text"] == f"<@U0BENOKAFOR> <#{general}|general> <https://example.com>"
    assert body["channel_name"] == "directmessage"


async def test_should_escape_tells_no_name_of_a_private_channel(rig: Rig) -> None:
    secret = rig.sandbox.workspace.add_channel("salaries", kind="group")
    await rig.ada.command("/contact #salaries", channel="dm")
    assert rig.seen[-1]["text"] == f"<#{secret.id}|>"


async def test_a_press_in_a_message_is_an_action_to_bolt(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "Devi"}).submit()
    await rig.sandbox.until(lambda: len(rig.ada.dms) == 1)
    ts = rig.ada.dms.last.ts
    await rig.ada.dms.last.press("Later")
    body = _last(rig, "block_actions")
    assert payload_utils.is_block_actions(body)
    assert set(body) == ACTIONS | IN_MESSAGE | {"message"}
    assert body["container"]["message_ts"] == body["message"]["ts"] == ts
    assert body["container"]["is_ephemeral"] is False
    action = payload_utils.to_action(body)
    assert action is not None
    keys = {"type", "block_id", "action_id", "action_ts", "text"}
    assert set(action) == keys


async def test_a_press_in_a_private_message_comes_without_the_message(
    rig: Rig, client: AsyncWebClient
) -> None:
    button = {"type": "button", "action_id": "hello", "text": plain("Hello")}
    blocks = [{"type": "actions", "elements": [button]}]
    await client.chat_postEphemeral(channel="#general", user=rig.ada.id, text="x", blocks=blocks)
    await rig.ada.answer.press("Hello")
    body = _last(rig, "block_actions")
    assert set(body) == ACTIONS | IN_MESSAGE
    assert body["container"]["is_ephemeral"] is True


async def test_a_press_in_a_modal_has_the_view_and_no_channel(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.press("More")
    body = _last(rig, "block_actions")
    assert set(body) == ACTIONS | {"view"}
    assert set(body["view"]) == VIEW
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert body["view"]["state"]["values"]["name"]["typed"] == {
        "type": "plain_text_input",
        "value": None,
    }


async def test_a_press_at_home_has_the_view(rig: Rig) -> None:
    await rig.ada.open_home()
    await rig.sandbox.until(lambda: rig.ada.has_home)
    await rig.ada.home.press("Press me")
    assert _last(rig, "block_actions")["view"]["type"] == "home"


async def test_a_submission_is_one_to_bolt(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "Devi"}).submit()
    body = _last(rig, "view_submission")
    assert payload_utils.to_view(body) == body["view"]
    assert payload_utils.is_view_submission(body)
    assert set(body) == SUBMISSION
    values = body["view"]["state"]["values"]
    assert values["name"]["typed"] == {"type": "plain_text_input", "value": "Devi"}
    assert values["company"]["company"] == {"type": "external_select", "selected_option": None}
    assert values["when"]["when"] == {"type": "datepicker", "selected_date": None}


async def test_a_closed_modal_is_one_to_bolt(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.close()
    body = _last(rig, "view_closed")
    assert payload_utils.is_view_closed(body)
    assert set(body) == CLOSED
    assert body["view"]["state"]["values"] == {}


async def test_a_suggestion_is_one_to_bolt(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.type_ahead("Company", "ac")
    body = _last(rig, "block_suggestion")
    assert payload_utils.is_block_suggestion(body)
    assert set(body) == SUGGESTION | {"view"}
    assert body["value"] == "ac"


async def test_shortcuts_are_shortcuts_to_bolt(rig: Rig) -> None:
    await rig.ada.shortcut("Log a talk")
    assert payload_utils.is_global_shortcut(_last(rig, "shortcut"))
    assert set(_last(rig, "shortcut")) == SHORTCUT
    message = await rig.ada.post("#general", "hello")
    await rig.ada.message_shortcut("Save as contact", message)
    assert payload_utils.is_message_shortcut(_last(rig, "message_action"))
    assert set(_last(rig, "message_action")) == MESSAGE_ACTION


async def test_events_are_events_to_bolt(rig: Rig) -> None:
    await rig.ada.open_home()
    await rig.sandbox.until(lambda: rig.ada.has_home)
    first = _last(rig, "event_callback")
    assert payload_utils.is_event(first)
    assert set(first) == EVENT
    assert set(first["event"]) == {"type", "user", "channel", "event_ts", "tab"}
    await rig.ada.open_home()
    assert set(_last(rig, "event_callback")["event"]["view"]) == VIEW
    await rig.ada.say("hello")
    message = next(b for b in rig.seen if b.get("event", {}).get("type") == "message")
    assert payload_utils.is_im_message_event(message)


async def test_edits_and_deletions_by_a_person_are_events(rig: Rig) -> None:
    await rig.ada.say("helo")
    await rig.sandbox.until(lambda: len(rig.ada.dms) == 2)
    mine = next(message for message in rig.ada.dms if message.fallback == "helo")
    await rig.ada.edit(mine, "hello")
    await rig.ada.delete(mine)
    subtypes = [body["event"].get("subtype") for body in rig.seen if "event" in body]
    assert subtypes == [None, "message_changed", "message_deleted"]


async def test_a_reply_in_a_thread_and_a_shared_file_are_events(rig: Rig) -> None:
    first = await rig.ada.say("hello")
    await rig.ada.say("and a board", under=first, file=("board.png", b"..."))
    events = [body["event"] for body in rig.seen if body.get("event", {}).get("ts")]
    shared = next(event for event in events if event.get("subtype") == "file_share")
    assert (shared["text"], shared["thread_ts"]) == ("and a board", first.ts)
    [file] = shared["files"]
    assert (file["name"], file["mimetype"], file["size"]) == ("board.png", "image/png", 3)


async def test_files_stand_in_the_message_wherever_it_is_told(
    rig: Rig, client: AsyncWebClient
) -> None:
    first = await rig.ada.say("hello", file=("board.png", b"..."))
    history = await client.conversations_history(
        channel=first.channel_id, oldest=first.ts, inclusive=True
    )
    await rig.ada.message_shortcut("Save as contact", first)
    await rig.ada.edit(first, "Hello!")
    await rig.ada.delete(first)
    events = [body["event"] for body in rig.seen if "event" in body]
    edited = next(event for event in events if event.get("subtype") == "message_changed")
    deleted = next(event for event in events if event.get("subtype") == "message_deleted")
    places = (
        history["messages"][-1],
        _last(rig, "message_action")["message"],
        edited["message"],
        edited["previous_message"],
        deleted["previous_message"],
    )
    assert [[file["name"] for file in place["files"]] for place in places] == [["board.png"]] * 5


async def test_the_app_hears_of_all_that_it_shows_to_everybody(rig: Rig) -> None:
    """Whichever way it shows it: a file, and what a response_url brings, changes and deletes."""
    sandbox = rig.sandbox
    dm = sandbox.workspace.dm(rig.ada.id)
    file = File("F1", "talk.ics", 1, content=b"x")
    sandbox.posting.post(dm.id, {}, files=[file])
    shown = sandbox.posting.post(dm.id, {"text": "for all"})
    for answer in ({"text": "changed", "replace_original": True}, {"delete_original": True}):
        url = sandbox.response_urls.issue("actions", rig.ada.id, dm.id, shown.ts)
        await sandbox.response_urls.use(url.partition("/hooks/")[2], answer)
    private = sandbox.posting.post(dm.id, {"text": "psst"}, only_for=rig.ada.id)
    sandbox.posting.change(private, {"text": "changed"}, keep_text=False)
    sandbox.posting.remove(private)

    def heard() -> list[str]:
        told = (entry.payload.get("event", {}) for entry in sandbox.workspace.traffic)
        return sorted(str(event.get("subtype")) for event in told if event)

    await sandbox.until(lambda: len(heard()) == 4)
    assert heard() == ["None", "file_share", "message_changed", "message_deleted"]


async def test_what_a_person_writes_comes_as_rich_text_too(rig: Rig) -> None:
    await rig.ada.say("R&D: ask @Ben Okafor in #general, or @here https://example.com/?a=1")
    [event] = [body["event"] for body in rig.seen if body.get("event", {}).get("ts")]
    [block] = event["blocks"]
    [section] = block["elements"]
    ben, general = rig.sandbox.member("Ben").id, rig.sandbox.workspace.channel_named("general").id
    assert section["elements"] == [
        {"type": "text", "text": "R&D: ask "},
        {"type": "user", "user_id": ben},
        {"type": "text", "text": " in "},
        {"type": "channel", "channel_id": general},
        {"type": "text", "text": ", or "},
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://example.com/?a=1"},
    ]
    assert message_problems([block]) == [] and event["client_msg_id"]
