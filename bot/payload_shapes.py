"""What Slack's payloads look like (slack-platform.md 2): nothing else is let in over HTTP.

Only what the bot or Bolt reads is named. A shape is a type, a dict of shapes by key, a list of one
shape for each item, or `Maybe`, which may also be missing or null.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shape = Any


@dataclass(frozen=True)
class Maybe:
    """A shape that may be missing, and may be null."""

    shape: Shape


@dataclass(frozen=True)
class Either:
    """One of two shapes."""

    one: Shape
    other: Shape


@dataclass(frozen=True)
class Each:
    """An object each of whose values has this shape, whatever its key."""

    shape: Shape


_TEXT = Maybe(str)
_OPTION = Maybe({"value": str})
_WHO = {
    "user": {"id": str, "team_id": _TEXT},
    "team": Maybe({"id": str}),
    "enterprise": Maybe({"id": str}),
    "response_url": _TEXT,
}
_LEAF = {
    "value": _TEXT,
    "selected_option": _OPTION,
    "selected_options": Maybe([{"value": str}]),
    "selected_date": _TEXT,
    "selected_time": _TEXT,
    "selected_date_time": Maybe(int),
}
_STATE = Maybe({"values": Each(Each(_LEAF))})
_VIEW = {
    "id": str,
    "type": str,
    "callback_id": _TEXT,
    "private_metadata": _TEXT,
    "hash": _TEXT,
    "blocks": [{"type": str, "block_id": str}],
    "state": _STATE,
    "title": Maybe({"text": str}),
    "team_id": _TEXT,
    "app_installed_team_id": _TEXT,
    "root_view_id": _TEXT,
    "previous_view_id": _TEXT,
}
_MESSAGE = {"ts": str, "text": _TEXT, "user": _TEXT, "blocks": Maybe([{"type": str}])}
_CONVERSATION = {"id": str}
_ACTION = {"type": str, "action_id": str, "block_id": str, **_LEAF}

_USER = {"id": str, "team_id": _TEXT, "tz": _TEXT, "name": _TEXT}
_COMMAND = {
    "command": str,
    "text": _TEXT,
    "team_id": str,
    "user_id": str,
    "channel_id": str,
    "trigger_id": str,
    "response_url": str,
}
_EVENT = {
    "team_id": str,
    "event_id": str,
    "authorizations": Maybe([{"team_id": _TEXT, "user_id": _TEXT, "enterprise_id": _TEXT}]),
    "event": {
        "type": str,
        "subtype": _TEXT,
        "user": Maybe(Either(str, _USER)),
        "channel": _TEXT,
        "text": _TEXT,
        "ts": _TEXT,
        "event_ts": _TEXT,
        "thread_ts": _TEXT,
        "deleted_ts": _TEXT,
        "bot_id": _TEXT,
        "tab": _TEXT,
        "view": Maybe(_VIEW),
        "message": Maybe(_MESSAGE),
        "previous_message": Maybe(_MESSAGE),
        "files": Maybe([{"id": str}]),
        "tokens": Maybe({"bot": Maybe([str]), "oauth": Maybe([str])}),
    },
}
_BY_TYPE: dict[str, Shape] = {
    "block_actions": {
        **_WHO,
        "trigger_id": str,
        "actions": [_ACTION],
        "container": {"type": str, "message_ts": _TEXT, "channel_id": _TEXT, "view_id": _TEXT},
        "channel": Maybe(_CONVERSATION),
        "message": Maybe(_MESSAGE),
        "view": Maybe(_VIEW),
        "state": _STATE,
    },
    "view_submission": {**_WHO, "trigger_id": str, "view": _VIEW},
    "view_closed": {**_WHO, "view": _VIEW, "is_cleared": bool},
    "block_suggestion": {
        **_WHO,
        "action_id": str,
        "block_id": str,
        "value": str,
        "view": Maybe(_VIEW),
    },
    "shortcut": {**_WHO, "callback_id": str, "trigger_id": str},
    "message_action": {
        **_WHO,
        "callback_id": str,
        "trigger_id": str,
        "channel": _CONVERSATION,
        "message": _MESSAGE,
    },
    "event_callback": _EVENT,
    "url_verification": {"challenge": str},
    "app_rate_limited": {"team_id": str},
}


def is_of_slack(payload: object) -> bool:
    """Say whether a payload is one that Slack sends, as far as the bot reads it."""
    if not isinstance(payload, Mapping):
        return False
    if "command" in payload:
        return _has(payload, _COMMAND)
    if "ssl_check" in payload:
        return _has(payload, {"ssl_check": str})
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in _BY_TYPE or payload.get("actions") == []:
        return False
    return _has(payload, _BY_TYPE[kind])


def _has(value: object, shape: Shape) -> bool:
    match shape:
        case Maybe(inner):
            return value is None or _has(value, inner)
        case Either(one, other):
            return _has(value, one) or _has(value, other)
        case Each(inner):
            return isinstance(value, Mapping) and all(_has(v, inner) for v in value.values())
        case [inner]:
            return isinstance(value, list) and all(_has(item, inner) for item in value)
        case dict():
            if not isinstance(value, Mapping):
                return False
            return all(_has(value.get(key), inner) for key, inner in shape.items())
        case _:
            return isinstance(value, shape)
