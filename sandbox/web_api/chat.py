"""chat.*: messages that the app posts, changes and deletes (slack-platform.md 4.2)."""

from typing import TYPE_CHECKING

from sandbox.errors import SlackError
from sandbox.model import Channel, Json, Message
from sandbox.objects import message_object
from sandbox.web_api.method import Method, arguments
from sandbox.workspace import BOT_USER_ID, SLACKBOT, TEAM_DOMAIN

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LONGEST_UPDATE = 4_000
LONGEST_MESSAGE = 40_000
LONGEST_MARKDOWN = 12_000


def channel_to_post(sandbox: "Sandbox", target: str) -> Channel:
    """The conversation named by an id, by "#name", or by a user id (which opens the DM)."""
    workspace = sandbox.workspace
    if target in workspace.users:
        user = workspace.users[target]
        if user.is_bot or user.id == SLACKBOT:
            raise SlackError("cannot_dm_bot" if user.is_bot else "channel_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
        channel = workspace.dm(target)
    elif target in workspace.channels:
        channel = workspace.channels[target]
    else:
        try:
            channel = workspace.channel_named(target)
        except LookupError:
            raise SlackError("channel_not_found") from None
    _check_may_post(sandbox, channel)
    return channel


def _check_may_post(sandbox: "Sandbox", channel: Channel) -> None:
    if channel.is_im:
        if not sandbox.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        if any(sandbox.workspace.users[user_id].deleted for user_id in channel.members):
            raise SlackError("is_archived")
    elif BOT_USER_ID not in channel.members and "chat:write.public" not in sandbox.manifest.scopes:
        raise SlackError("not_in_channel")


def own_message(sandbox: "Sandbox", asked: Json, otherwise: str) -> Message:
    """The app's own message named by channel and ts; SlackError `otherwise` for another's."""
    channel = sandbox.workspace.channels.get(asked["channel"])
    if channel is None:
        raise SlackError("channel_not_found")
    message = channel.find(asked["ts"])
    if message is None or message.is_ephemeral:
        raise SlackError("message_not_found")
    if message.user_id != BOT_USER_ID:
        raise SlackError(otherwise)
    return message


def _with_markdown(asked: Json) -> Json:
    markdown = asked.get("markdown_text")
    if not markdown:
        return asked
    if asked.get("text") or asked.get("blocks"):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise SlackError("msg_too_long")
    return {**asked, "text": markdown}


def _check_metadata(asked: Json) -> None:
    metadata = asked.get("metadata")
    if metadata is None:
        return
    good = isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    if not good or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")


def post_message(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.postMessage."""
    channel = channel_to_post(sandbox, asked["channel"])
    asked = _with_markdown(asked)
    _check_metadata(asked)
    thread_ts = asked.get("thread_ts")
    if thread_ts and channel.find(thread_ts) is None:
        raise SlackError("thread_not_found")
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
        raise SlackError("user_not_in_channel")
    asked = _with_markdown(asked)
    if len((asked.get("text") or "").encode()) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    message = sandbox.posting.post(channel.id, asked, only_for=asked["user"])
    return {"message_ts": message.ts}


def update(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.update."""
    message = own_message(sandbox, asked, "cant_update_message")
    asked = _with_markdown(asked)
    _check_metadata(asked)
    if len(asked.get("text") or "") > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    sandbox.posting.change(message, asked, keep_text=True)
    return {
        "channel": message.channel_id,
        "ts": message.ts,
        "text": message.text,
        "message": message_object(message),
    }


def delete(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.delete."""
    message = own_message(sandbox, asked, "cant_delete_message")
    sandbox.workspace.remove_message(message)
    return {"channel": message.channel_id, "ts": message.ts}


def permalink(sandbox: "Sandbox", asked: Json) -> Json:
    """chat.getPermalink."""
    channel = sandbox.workspace.channels.get(asked["channel"])
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.find(asked["message_ts"]) is None:
        raise SlackError("message_not_found")
    number = asked["message_ts"].replace(".", "")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{number}"
    return {"channel": channel.id, "permalink": link}


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
