"""conversations.*: direct conversations and channels (slack-platform.md 4.2, 9)."""

from typing import TYPE_CHECKING

from sandbox.model import Channel, Json
from sandbox.objects import message_object
from sandbox.rules.methods import broken
from sandbox.web_api.method import Method, arguments
from sandbox.web_api.paging import page
from sandbox.workspace import BOT_USER_ID, SLACKBOT

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def open_dm(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.open: the direct conversation with one user."""
    workspace = sandbox.workspace
    if asked.get("channel"):
        channel = _readable(sandbox, asked["channel"], None)
        if not channel.is_im:
            raise broken("conversations.open.kind")
        return {"no_op": True, "already_open": True, "channel": _shown(channel, asked)}
    users = asked.get("users") or []
    if not users:
        raise broken("conversations.open.users")
    if len(users) > 1:
        raise broken("conversations.open.one", needed="mpim:write", provided=_provided(sandbox))
    user = workspace.users.get(users[0])
    if user is None:
        raise broken("conversations.open.known")
    if user.is_bot or user.id == SLACKBOT:
        raise broken("conversations.open.person")
    if user.deleted:
        raise broken("conversations.open.active")
    before = workspace.has_dm(user.id)
    answer: Json = {"channel": _shown(workspace.dm(user.id), asked)}
    return answer | ({"no_op": True, "already_open": True} if before else {})


def _provided(sandbox: "Sandbox") -> str:
    return ",".join(sandbox.manifest.scopes)


def _readable(sandbox: "Sandbox", channel_id: str, right: str | None) -> Channel:
    """A conversation, if the scope for its kind (e.g. "im:history") was granted."""
    channel = sandbox.workspace.channels.get(channel_id)
    if channel is None:
        raise broken("conversations.channel")
    scope = f"{'im' if channel.is_im else 'channels'}:{right}"
    if right and scope not in sandbox.manifest.scopes:
        raise broken("conversations.scope", needed=scope, provided=_provided(sandbox))
    return channel


def _shown(channel: Channel, asked: Json) -> Json:
    shown: Json = {"id": channel.id, "created": channel.created, "is_archived": False}
    if channel.is_im:
        person = next(user_id for user_id in channel.members if user_id != BOT_USER_ID)
        return shown | {"is_im": True, "user": person, "is_org_shared": False}
    shown |= {
        "name": channel.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_general": channel.name == "general",
        "is_member": BOT_USER_ID in channel.members,
    }
    if asked.get("include_num_members"):
        shown["num_members"] = len(channel.members)
    return shown


def info(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.info."""
    return {"channel": _shown(_readable(sandbox, asked["channel"], "read"), asked)}


def members(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.members."""
    channel = _readable(sandbox, asked["channel"], "read")
    ids, cursor = page(channel.members, asked)
    return {"members": ids, "response_metadata": {"next_cursor": cursor}}


def history(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.history: newest first; metadata only with include_all_metadata."""
    channel = _readable(sandbox, asked["channel"], "history")
    if BOT_USER_ID not in channel.members:
        raise broken("conversations.member")
    try:
        oldest, latest = float(asked.get("oldest") or 0), float(asked.get("latest") or "inf")
    except ValueError:
        raise broken("conversations.ts") from None
    inclusive = asked.get("inclusive", False)

    def wanted(ts: float) -> bool:
        return oldest < ts < latest or (inclusive and ts in (oldest, latest))

    found = [message for message in reversed(channel.messages) if wanted(float(message.ts))]
    shown, cursor = page(found, asked)
    messages = []
    for message in shown:
        item = message_object(message)
        if asked.get("include_all_metadata") and message.metadata:
            item["metadata"] = message.metadata
        messages.append(item)
    answer: Json = {"messages": messages, "has_more": bool(cursor), "pin_count": 0}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


_HISTORY = ("im:history", "channels:history", "groups:history", "mpim:history")
_READ = ("im:read", "channels:read", "groups:read", "mpim:read")
METHODS = {
    "conversations.open": Method(
        open_dm,
        arguments("", "channel", users="list", return_im="boolean"),
        ("im:write",),
    ),
    "conversations.info": Method(
        info,
        arguments("channel", include_locale="boolean", include_num_members="boolean"),
        _READ,
    ),
    "conversations.members": Method(
        members, arguments("channel", "cursor", limit="integer"), _READ
    ),
    "conversations.history": Method(
        history,
        arguments(
            "channel",
            "cursor latest oldest",
            inclusive="boolean",
            include_all_metadata="boolean",
            limit="integer",
        ),
        _HISTORY,
    ),
}
