"""files.*: the three steps of an upload (slack-platform.md 4.2)."""

from mimetypes import guess_type
from typing import TYPE_CHECKING
from uuid import uuid4

from sandbox.model import File, Json
from sandbox.posting import check_thread
from sandbox.rules.methods import LARGEST_SNIPPET, broken
from sandbox.web_api.chat import channel_to_post
from sandbox.web_api.method import Method, arguments
from sandbox.workspace import BOT_USER_ID

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LONGEST_ALT_TEXT = 1_000
MOST_CHANNELS = 100


def upload_url(sandbox: "Sandbox", asked: Json) -> Json:
    """files.getUploadURLExternal: where to send the bytes."""
    if asked["length"] < 1:
        raise broken("files.length", "must be greater than 0 [json-pointer:/length]")
    if len(asked.get("alt_txt") or "") > LONGEST_ALT_TEXT:
        raise broken("files.alt_txt")
    if asked.get("snippet_type") and asked["length"] > LARGEST_SNIPPET:
        raise broken("files.snippet")
    file = File(
        id=sandbox.workspace.ids.next("F"),
        name=asked["filename"],
        size=asked["length"],
        mimetype=guess_type(asked["filename"])[0] or "application/octet-stream",
        user_id=BOT_USER_ID,
        created=sandbox.workspace.ids.seconds(),
        upload_ticket=uuid4().hex,
    )
    sandbox.workspace.files[file.id] = file
    return {"upload_url": f"{sandbox.url}/upload/{file.upload_ticket}", "file_id": file.id}


def take_upload(sandbox: "Sandbox", ticket: str, content: bytes) -> None:
    """Take the bytes of one upload; SlackError if nobody asked for it or the size is another."""
    for file in sandbox.workspace.files.values():
        if file.upload_ticket == ticket and not file.content and len(content) == file.size:
            file.content = content
            return
    raise broken("files.bytes")


def complete(sandbox: "Sandbox", asked: Json) -> Json:
    """files.completeUploadExternal: share the files, or keep them private without a channel."""
    channels = [c for c in (asked.get("channel_id"), *(asked.get("channels") or [])) if c]
    if len(channels) > MOST_CHANNELS:
        raise broken("files.channels.most")
    # Unlike chat.postMessage it takes conversations by their ids alone: no member, no "#name".
    if any(channel not in sandbox.workspace.channels for channel in channels):
        raise broken("files.channel")
    conversations = [channel_to_post(sandbox, channel) for channel in channels]
    if not all(isinstance(one, dict) for one in asked["files"]):
        raise broken("api.type", "must provide an object [json-pointer:/files]")
    files = [_finished(sandbox, given) for given in asked["files"]]
    comment = {"text": asked.get("initial_comment"), "thread_ts": asked.get("thread_ts")}
    for conversation in conversations:
        check_thread(conversation, comment["thread_ts"])
        sandbox.pace.message(conversation.id)
    for conversation in conversations:
        sandbox.posting.post(conversation.id, comment, files=files)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _finished(sandbox: "Sandbox", given: Json) -> File:
    file = sandbox.workspace.files.get(str(given.get("id")))
    if file is None or not file.content:
        raise broken("files.uploaded")
    file.title = given.get("title") or file.name
    file.shared = True
    return file


METHODS = {
    "files.getUploadURLExternal": Method(
        upload_url,
        arguments("filename", "alt_txt snippet_type", length="integer!"),
        ("files:write",),
    ),
    "files.completeUploadExternal": Method(
        complete,
        arguments("", "channel_id initial_comment thread_ts", files="array!", channels="list"),
        ("files:write",),
    ),
}
