"""How a message comes into being, whichever way the app sends it."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sandbox import rules
from sandbox.metadata import check_metadata
from sandbox.model import Channel, File, Json, Message, elements_of
from sandbox.mrkdwn import stored
from sandbox.objects import message_object
from sandbox.pictures import picture_problems
from sandbox.rules.checks import IN_BLOCKS, Problem
from sandbox.rules.methods import MOST_ATTACHMENTS, MOST_TEXT_IN_BLOCKS, broken, broken_in
from sandbox.seen import notifications
from sandbox.state import carried_over
from sandbox.workspace import BOT_ID, BOT_USER_ID, SLACKBOT

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LONGEST_TEXT = 40_000  # slack-platform.md 1.1


class Posting:
    """Checks what the app wants to show, and shows it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._workspace = sandbox.workspace
        self._sandbox = sandbox

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        """A copy in which each block has a block_id and each element an action_id."""
        own: list[Json] = json.loads(json.dumps(blocks), object_hook=_without_nulls)
        for block in own:
            block.setdefault("block_id", self._workspace.ids.short())
        for _, element in elements_of(own):
            element.setdefault("action_id", self._workspace.ids.short())
        return own

    def checked(self, given: Json, *, is_full: bool = False) -> tuple[str, list[Json], list[Json]]:
        """Text, blocks and attachments of a message; SlackError for what Slack refuses.

        `is_full`: there is something else in it, so that it needs none of them.
        """
        text = given.get("text") or ""
        blocks, attachments = given.get("blocks") or [], given.get("attachments") or []
        if not isinstance(text, str):
            raise broken("chat.text.type", "must be a string [json-pointer:/text]")
        if not _is_list_of_objects(blocks):
            raise broken("chat.blocks.format")
        if not _is_list_of_objects(attachments):
            raise broken("chat.attachments.format")
        if len(attachments) > MOST_ATTACHMENTS:
            raise broken("chat.attachments.most")
        if not all(_is_list_of_objects(one.get("blocks") or []) for one in attachments):
            raise broken("chat.attachments.format")
        if not text and not blocks and not attachments and not is_full:
            raise broken("chat.text")
        check_metadata(given)
        inside = [one for attachment in attachments for one in attachment.get("blocks") or []]
        if rules.text_in([*blocks, *inside]) > MOST_TEXT_IN_BLOCKS:
            raise broken("chat.blocks.text")
        problems = self._problems(blocks, attachments)
        if problems:
            raise broken_in(IN_BLOCKS, problems)
        own = [self._attached(one, n) for n, one in enumerate(attachments, start=1)]
        return stored(text)[:LONGEST_TEXT], self.with_ids(blocks), own

    def _problems(self, blocks: list[Json], attachments: list[Json]) -> list[Problem]:
        problems = rules.message_problems(blocks)
        if not problems:
            problems = picture_problems(self._workspace, blocks, "/blocks")
        for number, attachment in enumerate(attachments):
            inner = attachment.get("blocks") or []
            at = f"/attachments/{number}"
            found = rules.message_problems(inner, at)
            problems += found or picture_problems(self._workspace, inner, f"{at}/blocks")
        return problems or list(_ids_twice(blocks, attachments))

    def _attached(self, given: Json, number: int) -> Json:
        own: Json = {"id": number, "fallback": "[no preview available]", **given}
        if "blocks" in own:
            own["blocks"] = self.with_ids(own["blocks"])
        return own

    def post(
        self,
        channel_id: str,
        given: Json,
        *,
        only_for: str | None = None,
        files: Sequence[File] = (),
    ) -> Message:
        """Show a message of the app, to everybody in the conversation or to one person.

        With files it needs nothing else. The app hears of what everybody sees (2.7).
        """
        text, blocks, attachments = self.checked(given, is_full=bool(files))
        message = Message(
            ts=self._workspace.ids.ts(),
            channel_id=channel_id,
            user_id=BOT_USER_ID,
            bot_id=BOT_ID,
            text=text,
            blocks=blocks,
            attachments=attachments,
            metadata=given.get("metadata"),
            thread_ts=given.get("thread_ts"),
            only_for=only_for,
            notifies=notifications(text, blocks, attachments),
            files=list(files),
        )
        self._workspace.add_message(message)
        link = self._sandbox.link
        link.echo(message, lambda: link.message_written(message))
        return message

    def change(self, message: Message, given: Json, *, keep_text: bool) -> None:
        """Change a message of the app; what is left out goes, but the text with `keep_text`."""
        before = message_object(message)
        if keep_text and not given.get("text") and given.get("blocks"):
            given = {**given, "text": message.text}
        text, blocks, attachments = self.checked(given)
        message.text, message.blocks = text, blocks
        if given.get("attachments") is not None or not keep_text:
            message.attachments = attachments
        if given.get("metadata") is not None:
            message.metadata = given["metadata"] or None  # {}: none any more
        message.edited = not blocks
        message.notifies |= notifications(text, blocks, attachments)
        for user_id, held in message.held.items():
            message.held[user_id] = carried_over(message.all_blocks, held)
        self._workspace.changed.notify()
        link = self._sandbox.link
        link.echo(message, lambda: link.message_changed(message, before))

    def remove(self, message: Message) -> None:
        """Delete a message of the app."""
        self._workspace.remove_message(message)
        link = self._sandbox.link
        link.echo(message, lambda: link.message_deleted(message))

    def note(self, channel_id: str, user_id: str, text: str) -> None:
        """Let Slackbot tell one person something, here."""
        ts = self._workspace.ids.ts()
        self._workspace.add_message(Message(ts, channel_id, SLACKBOT, text, only_for=user_id))


def _ids_twice(blocks: list[Json], attachments: list[Json]) -> Iterator[Problem]:
    """Each block of an attachment whose block_id stands elsewhere in the message, too."""
    taken = {block.get("block_id") for block in blocks}
    for number, attachment in enumerate(attachments):
        inner = attachment.get("blocks") or []
        for place, block in enumerate(inner):
            if block.get("block_id") and block["block_id"] in taken:
                at = f"/attachments/{number}/blocks/{place}/block_id"
                text = f"[ERROR] block_id {block['block_id']} already exists [json-pointer:{at}]"
                yield Problem("chat.attachments.block_id", text)
        taken |= {block.get("block_id") for block in inner}


def _without_nulls(given: Json) -> Json:
    """A field that is null counts as left out."""
    return {name: value for name, value in given.items() if value is not None}


def _is_list_of_objects(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(item, dict) for item in given)


def check_thread(channel: Channel, thread_ts: str | None) -> None:
    """Check that a message may be answered in a thread, if one is named; SlackError if not."""
    if not thread_ts:
        return
    first = channel.find(thread_ts)
    if first is None:
        raise broken("chat.thread")
    if first.is_ephemeral:
        raise broken("chat.thread.kind")
