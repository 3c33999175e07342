"""chat.*: messages that the app posts, changes and deletes (slack-platform.md 4.2)."""

from typing import TYPE_CHECKING, Any

from sandbox.model import Channel, Json, Message
from sandbox.objects import message_object
from sandbox.posting import check_thread
from sandbox.rules.methods import (
    LONGEST_EPHEMERAL,
    LONGEST_MARKDOWN,
    LONGEST_UPDATE,
    broken,
)
from sandbox.web_api.method import Method, arguments
from sandbox.workspace import BOT_USER_ID, SLACKBOT, TEAM_DOMAIN

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LONGEST_MESSAGE = 40_000
CUSTOMIZE = "chat:write.customize"


def channel_to_post(sandbox: "Sandbox", target: str) -> Channel:
    """The conversation named by an id, by "#name", or by a user id (which opens the DM)."""
    workspace = sandbox.workspace
    if target in workspace.users:
        user = workspace.users[target]
        if user.is_bot or user.id == SLACKBOT:
            raise broken("chat.bot" if user.is_bot else "chat.channel")
        if user.deleted:
            raise broken("chat.deactivated")
        channel = workspace.dm(target)
    elif target in workspace.channels:
        channel = workspace.channels[target]
    elif sandbox.org_wide:
        raise broken("chat.org")
    else:
        try:
            channel = workspace.channel_named(target)
        except LookupError:
            raise broken("chat.channel") from None
    _check_may_post(sandbox, channel)
    return channel


def _check_may_post(sandbox: "Sandbox", channel: Channel) -> None:
    if channel.is_im:
        if not sandbox.manifest.messages_tab:
            raise broken("chat.messages_tab")
        if _has_left(sandbox, channel):
            raise broken("chat.archived")
    elif channel.is_hidden and BOT_USER_ID not in channel.members:
        raise broken("chat.channel")
    elif BOT_USER_ID not in channel.members and "chat:write.public" not in sandbox.manifest.scopes:
        raise broken("chat.member")


def _has_left(sandbox: "Sandbox", channel: Channel) -> bool:
    """Whether this is the direct conversation of somebody who has left."""
    people = [sandbox.workspace.users[user_id] for user_id in channel.members]
    return channel.is_im and any(user.deleted for user in people)


def own_message(sandbox: "Sandbox", asked: Json, otherwise: str) -> Message:
    """The app's own message named by channel and ts; `otherwise` is broken by another's."""
    channel = sandbox.workspace.channels.get(asked["channel"])
    if channel is None:
        raise broken("chat.channel")
    message = channel.find(asked["ts"])
    if message is None or message.is_ephemeral:
        raise broken("chat.message")
    if message.user_id != BOT_USER_ID:
        raise broken(otherwise)
    return message


def _with_markdown(asked: Json) -> Json:
    markdown = asked.get("markdown_text")
    if not markdown:
        return asked
    if asked.get("text") or asked.get("blocks"):
        raise broken("chat.markdown.alone")
    if len(markdown) > LONGEST_MARKDOWN:
        raise broken("chat.markdown.longest")
    return {**asked, "text": markdown}


def _check_body(sandbox: "Sandbox", asked: Json) -> None:
    """What holds for all that is posted or changed through a method, beyond each block's rules."""
    granted = sandbox.manifest.scopes
    if any(asked.get(name) for name in _CUSTOM) and CUSTOMIZE not in granted:
        raise broken("chat.customize", needed=CUSTOMIZE, provided=",".join(granted))


def post_message(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.postMessage."""
    channel = channel_to_post(sandbox, asked["channel"])
    asked = _with_markdown(asked)
    _check_body(sandbox, asked)
    check_thread(channel, asked.get("thread_ts"))
    sandbox.pace.message(channel.id)
    message = sandbox.posting.post(channel.id, asked)
    shown = message_object(message)
    if message.metadata:
        shown["metadata"] = message.metadata
    answer: Json = {"channel": channel.id, "ts": message.ts, "message": shown}
    if len(asked.get("text") or "") > LONGEST_MESSAGE:
        answer["warning"] = "message_truncated"
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


def post_ephemeral(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.postEphemeral."""
    channel = channel_to_post(sandbox, asked["channel"])
    if asked["user"] not in channel.members:
        raise broken("chat.postEphemeral.member")
    if len((asked.get("text") or "").encode()) > LONGEST_EPHEMERAL:
        raise broken("chat.postEphemeral.longest")
    asked = _with_markdown(asked)
    _check_body(sandbox, asked)
    check_thread(channel, asked.get("thread_ts"))
    message = sandbox.posting.post(channel.id, asked, only_for=asked["user"])
    return {"message_ts": message.ts}


def update(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.update."""
    message = own_message(sandbox, asked, "chat.update.own")
    if _has_left(sandbox, sandbox.workspace.channels[message.channel_id]):
        raise broken("chat.update.active")
    if len(asked.get("text") or "") > LONGEST_UPDATE:
        raise broken("chat.update.longest")
    asked = _with_markdown(asked)
    _check_body(sandbox, asked)
    if _is_rich(message.blocks) and asked.get("blocks") and not _is_rich(asked["blocks"]):
        raise broken("chat.update.rich")
    sandbox.posting.change(message, asked, keep_text=True)
    return {
        "channel": message.channel_id,
        "ts": message.ts,
        "text": message.text,
        "message": message_object(message),
    }


def _is_rich(blocks: list[Any]) -> bool:
    return any(isinstance(one, dict) and one.get("type") == "rich_text" for one in blocks)


def delete(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.delete."""
    message = own_message(sandbox, asked, "chat.delete.own")
    sandbox.posting.remove(message)
    return {"channel": message.channel_id, "ts": message.ts}


def permalink(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.getPermalink."""
    channel = sandbox.workspace.channels.get(asked["channel"])
    if channel is None:
        raise broken("chat.channel")
    if channel.find(asked["message_ts"]) is None:
        raise broken("chat.message")
    number = asked["message_ts"].replace(".", "")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{number}"
    return {"channel": channel.id, "permalink": link}


_CUSTOM = ("username", "icon_url", "icon_emoji")
_BODY = {"blocks": "array", "attachments": "array", "link_names": "boolean", "as_user": "boolean"}
_TEXTS = "text parse markdown_text"
METHODS = {
    "chat.postMessage": Method(
        post_message,
        arguments(
            "channel",
            f"{_TEXTS} thread_ts container_id icon_emoji icon_url username",
            **_BODY,
            reply_broadcast="boolean",
            unfurl_links="boolean",
            unfurl_media="boolean",
            mrkdwn="boolean",
            metadata="object",
        ),
        ("chat:write",),
    ),
    "chat.postEphemeral": Method(
        post_ephemeral,
        arguments("channel user", f"{_TEXTS} thread_ts icon_emoji icon_url username", **_BODY),
        ("chat:write",),
    ),
    "chat.update": Method(
        update,
        arguments(
            "channel ts",
            _TEXTS,
            **_BODY,
            reply_broadcast="boolean",
            metadata="object",
            file_ids="list",
        ),
        ("chat:write",),
    ),
    "chat.delete": Method(delete, arguments("channel ts", as_user="boolean"), ("chat:write",)),
    "chat.getPermalink": Method(permalink, arguments("channel message_ts")),
}
