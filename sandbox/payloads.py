"""The payloads that Slack sends, in the shapes of slack-platform.md section 2."""

from collections.abc import Sequence
from typing import Any

from sandbox.model import Channel, Held, Json, Message, User, View
from sandbox.objects import channel_name, message_object, view_object
from sandbox.state import LEAVES, as_sent, initial_leaf
from sandbox.workspace import APP_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID

TOKEN = "sandbox-verification"
ENTERPRISE_ID, ENTERPRISE_NAME = "E0SANDBOX", "Sandbox organisation"
NOT_ORG = {"enterprise": None, "is_enterprise_install": False}


def _common(user: User) -> Json:
    return {
        "token": TOKEN,
        "api_app_id": APP_ID,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": TEAM_ID,
        },
        **NOT_ORG,
    }


def command(
    user: User, channel: Channel, name: str, text: str, trigger_id: str, response_url: str
) -> Json:
    """A slash command (2.1)."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def message_place(message: Message, channel: Channel, attachment: Json | None = None) -> Json:
    """The container, channel and message of an interaction in a message or attachment (2.2)."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.is_ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    if attachment is not None:
        inside = {"attachment_id": attachment["id"], "is_app_unfurl": False}
        container |= {"type": "message_attachment", **inside}
    place: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
    }
    if not message.is_ephemeral:
        place["message"] = message_object(message)
    return place


def view_place(view: View) -> Json:
    """The container and view of an interaction in a modal or Home (2.2)."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(view)}


def action(block: Json, element: Json, leaf: Json | None, action_ts: str) -> Json:
    """The one item of `actions` (2.2)."""
    kind = element["type"]
    item: Json = {
        "type": kind,
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "action_ts": action_ts,
    }
    if kind in LEAVES and not kind.endswith("_input"):
        initial_key = LEAVES[kind][1]
        keep = [initial_key] if initial_leaf(element) and initial_key else []
        item |= {key: element[key] for key in (*keep, "placeholder") if key in element}
    elif kind not in LEAVES:
        keys = ("text", "value", "url", "style")
        item |= {key: element[key] for key in keys if key in element}
    if "confirm" in element:
        item["confirm"] = element["confirm"]
    return item | (leaf or {})


def block_actions(user: User, place: Json, state: Held, item: Json, trigger_id: str) -> Json:
    """A press or choice in a message, modal or Home (2.2)."""
    payload = {"type": "block_actions", **_common(user), "trigger_id": trigger_id, **place}
    if "view" not in place:
        payload["state"] = {"values": as_sent(state)}
    return payload | {"actions": [item]}


def view_submission(
    user: User, view: View, trigger_id: str, response_urls: Sequence[Json] = ()
) -> Json:
    """A submitted modal (2.3); `response_urls` of selects that ask for one."""
    return {
        "type": "view_submission",
        **_common(user),
        "trigger_id": trigger_id,
        "view": view_object(view),
        "response_urls": list(response_urls),
    }


def view_closed(user: User, view: View, *, is_cleared: bool) -> Json:
    """A modal closed without submitting (2.4)."""
    shown = view_object(view)
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    values = {block_id: held for block_id, held in view.held.items() if block_id not in inputs}
    shown["state"] = {"values": as_sent(values)}
    return {"type": "view_closed", **_common(user), "view": shown, "is_cleared": is_cleared}


def block_suggestion(user: User, place: Json, block_id: str, action_id: str, typed: str) -> Json:
    """What was typed in an external select (2.5)."""
    return {
        "type": "block_suggestion",
        **_common(user),
        **place,
        "block_id": block_id,
        "action_id": action_id,
        "value": typed,
    }


def shortcut(user: User, callback_id: str, trigger_id: str, action_ts: str) -> Json:
    """A global shortcut (2.6)."""
    payload = {"type": "shortcut", **_common(user), "action_ts": action_ts}
    del payload["api_app_id"]
    payload["user"] = {k: v for k, v in payload["user"].items() if k != "name"}
    return payload | {"callback_id": callback_id, "trigger_id": trigger_id}


def message_action(
    user: User,
    channel: Channel,
    message: Message,
    callback_id: str,
    *,
    trigger_id: str,
    action_ts: str,
    response_url: str,
) -> Json:
    """A message shortcut (2.6)."""
    payload = {"type": "message_action", **_common(user), "action_ts": action_ts}
    del payload["api_app_id"]
    return payload | {
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "message_ts": message.ts,
        "message": message_object(message),
        "response_url": response_url,
    }


def event(inner: Json, event_id: str, event_time: int) -> Json:
    """An event in its outer envelope (2.7)."""
    authorization: dict[str, Any] = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": event_id.replace("Ev", "EC", 1),
    }


def rate_limited(minute: int) -> Json:
    """That events were left out in this minute (2.7): no event_callback, and without an event."""
    return {
        "token": TOKEN,
        "type": "app_rate_limited",
        "team_id": TEAM_ID,
        "minute_rate_limited": minute,
        "api_app_id": APP_ID,
    }


def of_org(payload: Json) -> Json:
    """The same payload where the app is installed for a whole organisation (2, 2.7): no team."""
    if "event" in payload:
        [authorization] = payload["authorizations"]
        whole = {"enterprise_id": ENTERPRISE_ID, "team_id": None, "is_enterprise_install": True}
        ids = {"enterprise_id": ENTERPRISE_ID, "context_enterprise_id": ENTERPRISE_ID}
        return {**payload, **ids, "authorizations": [authorization | whole]}
    if "command" in payload:
        names = {"enterprise_id": ENTERPRISE_ID, "enterprise_name": ENTERPRISE_NAME}
        return {**payload, **names, "is_enterprise_install": "true"}
    enterprise = {"id": ENTERPRISE_ID, "name": ENTERPRISE_NAME}
    return {**payload, "team": None, "enterprise": enterprise, "is_enterprise_install": True}
