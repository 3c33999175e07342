"""What a workspace holds: people, conversations, messages, views, files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Json = dict[str, Any]
# What stands in the elements of a message or view: block id -> action id -> leaf of state.values.
Held = dict[str, dict[str, Json]]


@dataclass
class User:
    """One member, or the app's bot user, or Slackbot."""

    id: str
    name: str  # the handle, "ada"
    real_name: str
    tz: str
    display_name: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_stranger: bool = False  # of another organisation
    is_visible: bool = True  # False: a guest, or whom the app is kept from seeing
    updated: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """The user's time zone; UTC for one that this machine's time-zone data has not."""
        try:
            return ZoneInfo(self.tz)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def shown_name(self) -> str:
        """The name that people see on messages and mentions."""
        return self.display_name or self.real_name


@dataclass
class Message:
    """One message, as the app sent it or as a person's client escaped it."""

    ts: str
    channel_id: str
    user_id: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    replies: list["Message"] = field(default_factory=list)  # in its thread, for all to see
    parent_user_id: str | None = None  # of a reply: who wrote what it replies to
    bot_id: str | None = None
    only_for: str | None = None  # ephemeral: the one user who sees it
    edited: bool = False
    notifies: set[str] = field(default_factory=set)  # user ids, "channel", "here", "everyone"
    files: "list[File]" = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)  # user id -> what that user chose in it
    suggested: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks, and those of its attachments."""
        attached = [block for one in self.attachments for block in one.get("blocks") or []]
        return [*self.blocks, *attached]

    def attachment_of(self, block: Json) -> Json | None:
        """The attachment that this block stands in, if it stands in one."""
        return next((a for a in self.attachments if block in (a.get("blocks") or [])), None)

    @property
    def is_ephemeral(self) -> bool:
        """True when only one person sees it."""
        return self.only_for is not None


@dataclass
class Channel:
    """A channel, or a direct conversation between one member or several and the app."""

    id: str
    name: str  # without "#"; empty for a direct conversation
    members: list[str]
    created: int
    kind: str = "channel"  # as channel_type has it: channel, group (a private one), im or mpim
    messages: list[Message] = field(default_factory=list)  # what everybody here sees, by ts
    ephemerals: list[Message] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        """True for the direct conversation of one member."""
        return self.kind == "im"

    @property
    def is_hidden(self) -> bool:
        """True where those who are not in it don't hear of it."""
        return self.kind != "channel"

    def seen_by(self, user_id: str) -> list[Message]:
        """All messages that this user sees here, oldest first."""
        mine = [message for message in self.ephemerals if message.only_for == user_id]
        return sorted([*self.messages, *mine], key=lambda message: float(message.ts))

    def find(self, ts: str) -> Message | None:
        """The message or ephemeral message with this ts."""
        return next((m for m in (*self.messages, *self.ephemerals) if m.ts == ts), None)


# What scopes and events are named after, by the kind of conversation: "groups:history".
FAMILIES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass
class View:
    """One modal or Home view of one user, with what the user typed in it."""

    id: str
    type: str  # "modal" or "home"
    user_id: str
    blocks: list[Json]
    title: Json | None = None
    submit: Json | None = None
    close: Json | None = None
    private_metadata: str = ""
    callback_id: str = ""
    external_id: str = ""
    clear_on_close: bool = False
    notify_on_close: bool = False
    hash: str = ""
    root_view_id: str = ""
    previous_view_id: str | None = None
    opened_in: str | None = None  # the conversation in which the person was, where that is known
    held: Held = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)  # block id -> text under the field
    trouble: str | None = None  # e.g. "We had some trouble connecting. Try again?"
    suggested: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    before: list[Json] = field(default_factory=list)  # a Home's blocks as they stood until now

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks."""
        return self.blocks


@dataclass(frozen=True)
class Place:
    """Where blocks stand: a view (modal or Home), or a message in a channel."""

    view_id: str | None = None
    channel_id: str | None = None
    ts: str | None = None


@dataclass
class File:
    """One uploaded file."""

    id: str
    name: str
    size: int
    title: str = ""
    content: bytes = b""
    mimetype: str = "application/octet-stream"
    user_id: str = ""
    shared: bool = False
    created: int = 0
    upload_ticket: str = ""


@dataclass(frozen=True)
class Traffic:
    """One exchange with the app, for inspection."""

    at: datetime
    direction: str  # "to Slack" or "to the app"
    kind: str  # method name, or envelope type and payload type
    payload: Json
    answer: Json | None  # to the app: what it said with its acknowledgement
    refused: str | None = None  # the error code, or why the app is taken to be away
    messages: tuple[str, ...] = ()  # what Slack says of the rules that were broken
    rules: tuple[str, ...] = ()  # their ids
    took: float | None = None  # seconds until the app acknowledged, or Slack gave up
    attempt: int = 0  # of an event: how many times it was tried before
    ordered: str = ""  # what was ordered to go wrong with it, in words
    ignored: bool = False  # the app said something where Slack takes no answer
    number: int = 0  # counts all exchanges of this sandbox


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each (block, interactive element) pair, in order of appearance."""
    for block in blocks:
        if block.get("type") == "actions":
            for element in block.get("elements", []):
                yield block, element
        elif block.get("type") == "section" and "accessory" in block:
            yield block, block["accessory"]
        elif block.get("type") == "input":
            yield block, block["element"]
        elif block.get("type") == "card":
            for element in block.get("actions", []):
                yield block, element
