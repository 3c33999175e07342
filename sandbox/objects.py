"""How people, messages and views look in answers, events and interactions."""

from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from sandbox.model import Channel, File, Json, Message, User, View
from sandbox.mrkdwn import rich_text
from sandbox.state import as_sent
from sandbox.workspace import APP_ID, BOT_ID, SLACKBOT, TEAM_DOMAIN, TEAM_ID, Workspace

# The picture of those who have chosen none.
PORTRAIT = "https://secure.gravatar.com/avatar/0.png"


def user_object(user: User, workspace: Workspace, *, email: bool = False) -> Json:
    """A user as users.info and the user events show it (2.7); the deleted have no time zone."""
    profile: Json = {
        "real_name": user.real_name,
        "display_name": user.display_name,
        "real_name_normalized": user.real_name,
        "display_name_normalized": user.display_name,
        "team": TEAM_ID,
        "avatar_hash": "",
        **{f"image_{size}": PORTRAIT for size in (24, 32, 48, 72, 192, 512)},
        "status_text": "",
        "status_emoji": "",
    }
    if email:
        profile["email"] = f"{user.name}@example.com"
    shown: Json = {
        "id": user.id,
        "team_id": TEAM_ID,
        "name": user.name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
        "profile": profile,
    }
    if user.is_stranger:
        shown["is_stranger"] = True
    if user.deleted:
        return shown
    offset = workspace.clock.now().astimezone(user.zone)
    delta = offset.utcoffset()
    return shown | {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": offset.tzname() or user.tz,
        "tz_offset": int(delta.total_seconds()) if delta else 0,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "who_can_share_contact_card": "EVERYONE",
    }


def message_object(message: Message) -> Json:
    """A message as the history, events and interactions show it."""
    shown: Json = {
        "type": "message",
        "user": message.user_id,
        "text": message.text,
        "ts": message.ts,
        "team": TEAM_ID,
    }
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": APP_ID}
    if message.blocks:
        shown["blocks"] = message.blocks
    else:
        shown |= _as_written(message)
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.files:
        shown["files"] = [file_object(file) for file in message.files]
    shown |= _in_thread(message)
    if message.edited:
        shown["edited"] = {"user": message.user_id, "ts": message.ts}
    return shown


def _as_written(message: Message) -> Json:
    """What a person's client says of a message: its own id for it, and the words as rich text."""
    if message.bot_id or message.user_id == SLACKBOT:
        return {}
    own: Json = {"client_msg_id": str(uuid5(NAMESPACE_URL, f"{message.channel_id}/{message.ts}"))}
    if message.text:
        own["blocks"] = [{**rich_text(message.text), "block_id": message.ts.replace(".", "")[-5:]}]
    return own


def _in_thread(message: Message) -> Json:
    """What stands in a thread's first message, and in each reply."""
    if message.replies:
        people = list(dict.fromkeys(reply.user_id for reply in message.replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(message.replies),
            "reply_users_count": len(people),
            "latest_reply": message.replies[-1].ts,
            "reply_users": people,
            "is_locked": False,
            "subscribed": False,
        }
    if message.parent_user_id:
        return {"thread_ts": message.thread_ts, "parent_user_id": message.parent_user_id}
    return {"thread_ts": message.thread_ts} if message.thread_ts else {}


def private_url(file: File) -> str:
    """Where a file lies, for those who may see it."""
    return f"https://files.slack.com/files-pri/{TEAM_ID}-{file.id}/{quote(file.name)}"


def file_object(file: File) -> Json:
    """A file as the event about a message shows it (2.3)."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "size": file.size,
        "user": file.user_id,
        "user_team": TEAM_ID,
        "url_private": private_url(file),
        "url_private_download": private_url(file).replace("-pri/", "-pri/download/"),
        "permalink": f"https://{TEAM_DOMAIN}.slack.com/files/{file.user_id}/{file.id}",
        "created": file.created,
        "timestamp": file.created,
    }


def view_object(view: View) -> Json:
    """A view as Web API answers and interactions show it (2.2)."""
    return {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": as_sent(view.held)},
        "hash": view.hash,
        "title": view.title or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": view.close,
        "submit": view.submit,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": APP_ID,
        "external_id": view.external_id,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }


def channel_name(channel: Channel) -> str:
    """A conversation's name in payloads."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
