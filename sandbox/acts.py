"""What a person does in the workspace: the page and the test driver both come through here.

Each act returns when the app has acknowledged it, or when Slack would have given up waiting; what
Slack shows on failure is then in `workspace.troubles`. What Slack's own client would not let a
person do raises ClientRefused.
"""

from mimetypes import guess_type
from typing import TYPE_CHECKING

from sandbox import payloads
from sandbox.acts_in_blocks import choose, close, fill, press, submit, suggest
from sandbox.answers import check_answer
from sandbox.app_manifest import Shortcut, SlashCommand
from sandbox.errors import ClientRefused, NoAnswer, SlackError
from sandbox.model import Channel, File, Json, Message
from sandbox.mrkdwn import typed
from sandbox.objects import message_object
from sandbox.seen import notifications

if TYPE_CHECKING:
    from sandbox.server import Sandbox

__all__ = [
    "choose",
    "close",
    "delete",
    "edit",
    "fill",
    "message_shortcut",
    "open_home",
    "post",
    "press",
    "run_command",
    "shortcut",
    "submit",
    "suggest",
]


def _as_sent(sandbox: "Sandbox", text: str) -> str:
    """Typed text as Slack's client sends it; people are mentioned by handle or name."""
    workspace = sandbox.workspace
    users = [user for user in workspace.users.values() if not user.deleted]
    names = {user.name: user.id for user in users} | {user.real_name: user.id for user in users}
    rooms = [room for room in workspace.channels.values() if not room.is_im]
    # Of a private channel the app is not told the name (slack-platform.md 2.1).
    channels = {c.name: f"{c.id}|{'' if c.is_hidden else c.name}" for c in rooms}
    return typed(text, names, channels)


def _command(sandbox: "Sandbox", name: str) -> SlashCommand:
    for command in sandbox.manifest.commands:
        if command.command == name:
            return command
    raise ClientRefused(
        f"{name} is not a valid command. In Slack, all messages that start with the "
        '"/" character are interpreted as commands.'
    )


async def run_command(sandbox: "Sandbox", user_id: str, channel_id: str, text: str) -> None:
    """Send a slash command as typed, e.g. "/contact Ada Brook"."""
    text = text.lstrip()
    name = text.split(maxsplit=1)[0] if text else ""
    # The rest goes out as it was typed: who reads it trims it (2.1).
    rest = text[len(name) + 1 :]
    command = _command(sandbox, name)
    user, channel = sandbox.workspace.users[user_id], sandbox.workspace.channels[channel_id]
    payload = payloads.command(
        user,
        channel,
        name,
        _as_sent(sandbox, rest) if command.should_escape else rest,
        sandbox.triggers.issue(user_id, channel_id=channel_id),
        sandbox.response_urls.issue("commands", user_id, channel_id),
    )
    try:
        answer = await sandbox.link.ask("slash_commands", payload, answers=True)
        _show_answer(sandbox, user_id, channel, text, answer)
    except NoAnswer as silence:
        _command_failed(sandbox, user_id, channel_id, name, silence.reason)
    except SlackError as error:
        sandbox.link.refuse(f"answer to {name}", error, answer)
        _command_failed(sandbox, user_id, channel_id, name, "dispatch_failed")


def _show_answer(
    sandbox: "Sandbox", user_id: str, channel: Channel, text: str, answer: Json
) -> None:
    check_answer(answer, channel)
    in_channel = answer.get("response_type") == "in_channel"
    content = answer.get("text") or answer.get("blocks") or answer.get("attachments")
    if content:
        sandbox.posting.checked(answer)
    if in_channel:
        message = Message(sandbox.workspace.ids.ts(), channel.id, user_id, _as_sent(sandbox, text))
        sandbox.workspace.add_message(message)
    if content:
        sandbox.posting.post(channel.id, answer, only_for=None if in_channel else user_id)


def _command_failed(
    sandbox: "Sandbox", user_id: str, channel_id: str, name: str, reason: str
) -> None:
    text = f'{name} failed with the error "{reason}"'
    sandbox.workspace.trouble(user_id, text)
    sandbox.posting.note(channel_id, user_id, text)


async def post(
    sandbox: "Sandbox",
    user_id: str,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    file: tuple[str, bytes] | None = None,
) -> Message:
    """Write a message in a channel, or in the direct conversation with the app.

    `thread_ts` is that of the message it replies to; `file` the name and content of one to share.
    """
    channel = sandbox.workspace.channels[channel_id]
    if channel.is_im and (not sandbox.manifest.messages_tab or sandbox.manifest.messages_read_only):
        raise ClientRefused("Sending messages to this app has been turned off.")
    if not text.strip() and file is None:
        raise ClientRefused("There is nothing to send.")
    sent = _as_sent(sandbox, text)
    message = Message(sandbox.workspace.ids.ts(), channel_id, user_id, sent, thread_ts=thread_ts)
    if file is not None:
        message.files.append(_shared(sandbox, user_id, *file))
    message.notifies = notifications(sent, [], [])
    sandbox.workspace.add_message(message)
    await sandbox.link.message_written(message)
    return message


def _shared(sandbox: "Sandbox", user_id: str, name: str, content: bytes) -> File:
    kind = guess_type(name)[0] or "application/octet-stream"
    file = File(
        sandbox.workspace.ids.next("F"),
        name,
        len(content),
        content=content,
        mimetype=kind,
        user_id=user_id,
        shared=True,
        created=sandbox.workspace.ids.seconds(),
    )
    sandbox.workspace.files[file.id] = file
    return file


def _own(sandbox: "Sandbox", user_id: str, channel_id: str, ts: str) -> Message:
    message = sandbox.workspace.channels[channel_id].find(ts)
    if message is None or message.user_id != user_id:
        raise ClientRefused("You can only change your own messages.")
    return message


async def edit(sandbox: "Sandbox", user_id: str, channel_id: str, ts: str, text: str) -> None:
    """Edit one's own message."""
    message = _own(sandbox, user_id, channel_id, ts)
    before = message_object(message)
    message.text, message.edited = _as_sent(sandbox, text), True
    sandbox.workspace.changed.notify()
    await sandbox.link.message_changed(message, before)


async def delete(sandbox: "Sandbox", user_id: str, channel_id: str, ts: str) -> None:
    """Delete one's own message."""
    message = _own(sandbox, user_id, channel_id, ts)
    sandbox.workspace.remove_message(message)
    await sandbox.link.message_deleted(message)


async def open_home(sandbox: "Sandbox", user_id: str, tab: str = "home") -> None:
    """Open the app's "home" or "messages" tab."""
    offered = {"home": sandbox.manifest.home_tab, "messages": sandbox.manifest.messages_tab}
    if not offered[tab]:
        raise ClientRefused(f"This app has no {tab} tab.")
    await sandbox.link.home_opened(user_id, tab)


def _shortcut(sandbox: "Sandbox", callback_id: str, kind: str) -> Shortcut:
    for known in sandbox.manifest.shortcuts:
        if known.callback_id == callback_id and known.type == kind:
            return known
    raise ClientRefused(f"There is no {kind} shortcut {callback_id}.")


async def shortcut(sandbox: "Sandbox", user_id: str, callback_id: str) -> None:
    """Use a global shortcut."""
    known = _shortcut(sandbox, callback_id, "global")
    payload = payloads.shortcut(
        sandbox.workspace.users[user_id],
        callback_id,
        sandbox.triggers.issue(user_id),
        sandbox.workspace.ids.ts(),
    )
    await _use_shortcut(sandbox, user_id, known, payload)


async def message_shortcut(
    sandbox: "Sandbox", user_id: str, callback_id: str, channel_id: str, ts: str
) -> None:
    """Use a message shortcut on a message."""
    known = _shortcut(sandbox, callback_id, "message")
    channel = sandbox.workspace.channels[channel_id]
    message = channel.find(ts)
    if message is None or message.is_ephemeral:
        raise ClientRefused("Shortcuts are not offered on this message.")
    payload = payloads.message_action(
        sandbox.workspace.users[user_id],
        channel,
        message,
        callback_id,
        trigger_id=sandbox.triggers.issue(user_id, channel_id=channel_id),
        action_ts=sandbox.workspace.ids.ts(),
        response_url=sandbox.response_urls.issue(
            "app-actions", user_id, channel_id, in_thread=message.thread_ts is not None
        ),
    )
    await _use_shortcut(sandbox, user_id, known, payload)


async def _use_shortcut(sandbox: "Sandbox", user_id: str, known: Shortcut, payload: Json) -> None:
    try:
        await sandbox.link.ask("interactive", payload, answers=False)
    except NoAnswer as silence:
        text = f'The shortcut "{known.name}" failed with the error "{silence.reason}"'
        sandbox.workspace.trouble(user_id, text)
