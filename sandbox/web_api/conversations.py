"""conversations.*: direct conversations and channels (slack-platform.md 4.2, 9)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.model import FAMILIES, Channel, Json, Message
from sandbox.objects import message_object
from sandbox.rules.methods import broken
from sandbox.web_api.method import Method, arguments
from sandbox.web_api.paging import page
from sandbox.workspace import BOT_USER_ID, SLACKBOT

if TYPE_CHECKING:
    from sandbox.server import Sandbox


MOST_USERS, FEWEST_IN_GROUP = 8, 2


def open_dm(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.open: the direct conversation with one user, or with several."""
    workspace = sandbox.workspace
    if asked.get("channel"):
        channel = _readable(sandbox, asked["channel"], None)
        if channel.kind not in ("im", "mpim"):
            raise broken("conversations.open.kind")
        return {"no_op": True, "already_open": True, "channel": _opened(channel, asked)}
    users = asked.get("users") or []
    if not users:
        raise broken("conversations.open.users")
    if len(users) > MOST_USERS:
        raise broken("conversations.open.most")
    for user_id in users:
        _check_may_open(sandbox, user_id)
    if len(users) > 1:
        return {"channel": _opened(_group(sandbox, users), asked)}
    if "im:write" not in sandbox.manifest.scopes:
        raise broken("conversations.open.scope", needed="im:write", provided=_provided(sandbox))
    before = workspace.has_dm(users[0])
    answer: Json = {"channel": _opened(workspace.dm(users[0]), asked)}
    return answer | ({"no_op": True, "already_open": True} if before else {})


def _opened(channel: Channel, asked: Json) -> Json:
    """No more than its id, unless `return_im` asks for all of it."""
    return _shown(channel, asked) if asked.get("return_im") else {"id": channel.id}


def _check_may_open(sandbox: "Sandbox", user_id: str) -> None:
    user = sandbox.workspace.users.get(user_id)
    if user is None:
        raise broken("conversations.open.known")
    if not user.is_visible:
        raise broken("conversations.open.visible")
    if user.is_bot or user.id == SLACKBOT:
        raise broken("conversations.open.person")
    if user.deleted:
        raise broken("conversations.open.active")


def _group(sandbox: "Sandbox", user_ids: list[str]) -> Channel:
    """The direct conversation of several, if Slack would open it."""
    if "mpim:write" not in sandbox.manifest.scopes:
        raise broken("conversations.open.one", needed="mpim:write", provided=_provided(sandbox))
    workspace = sandbox.workspace
    if len(set(user_ids)) < FEWEST_IN_GROUP:
        raise broken("conversations.open.fewest")
    strangers = {user_id for user_id in user_ids if workspace.users[user_id].is_stranger}
    if not any(strangers <= set(channel.members) for channel in workspace.channels.values()):
        raise broken("conversations.open.together")
    return workspace.group_dm(user_ids)


def _provided(sandbox: "Sandbox") -> str:
    return ",".join(sandbox.manifest.scopes)


def _readable(sandbox: "Sandbox", channel_id: str, right: str | None) -> Channel:
    """A conversation, if the scope for its kind (e.g. "im:history") was granted."""
    channel = sandbox.workspace.channels.get(channel_id)
    if channel is None or (channel.is_hidden and BOT_USER_ID not in channel.members):
        raise broken("conversations.channel")
    scope = f"{FAMILIES[channel.kind]}:{right}"
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
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.is_hidden,
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
    wanted = _asked_for(asked)
    # What was written in a thread is in conversations.replies alone.
    top = [one for one in channel.messages if one.thread_ts in (None, one.ts)]
    found = [message for message in reversed(top) if wanted(message)]
    return _page_of(found, asked) | {"channel_actions_ts": None, "channel_actions_count": 0}


def replies(sandbox: "Sandbox", asked: Json) -> Json:
    """conversations.replies: a thread, its first message and the replies, oldest first."""
    channel = _readable(sandbox, asked["channel"], "history")
    if BOT_USER_ID not in channel.members:
        raise broken("conversations.member")
    first = channel.find(asked["ts"])
    if first is None or first.is_ephemeral:
        raise broken("chat.thread")
    return _page_of([first, *filter(_asked_for(asked), first.replies)], asked)


def _asked_for(asked: Json) -> Callable[[Message], bool]:
    """Tell which messages are of the time that is asked for."""
    oldest = _moment(asked.get("oldest") or "0", "conversations.oldest")
    latest = _moment(asked.get("latest") or "inf", "conversations.latest")
    inclusive = asked.get("inclusive", False)

    def wanted(message: Message) -> bool:
        ts = float(message.ts)
        return oldest < ts < latest or (inclusive and ts in (oldest, latest))

    return wanted


def _page_of(found: list[Message], asked: Json) -> Json:
    shown, cursor = page(found, asked)
    messages = []
    for message in shown:
        item = message_object(message)
        if asked.get("include_all_metadata") and message.metadata:
            item["metadata"] = message.metadata
        messages.append(item)
    answer: Json = {"messages": messages, "has_more": bool(cursor), "pin_count": 0}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _moment(ts: str, rule: str) -> float:
    try:
        return float(ts)
    except ValueError:
        raise broken(rule) from None


_HISTORY = ("im:history", "channels:history", "groups:history", "mpim:history")
_READ = ("im:read", "channels:read", "groups:read", "mpim:read")
METHODS = {
    "conversations.open": Method(
        open_dm,
        arguments("", "channel", users="list", return_im="boolean"),
        ("im:write", "mpim:write"),
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
    "conversations.replies": Method(
        replies,
        arguments(
            "channel ts",
            "cursor latest oldest",
            inclusive="boolean",
            include_all_metadata="boolean",
            limit="integer",
        ),
        _HISTORY,
    ),
}
