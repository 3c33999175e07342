"""What one person sees of the workspace, as plain values for the templates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.model import Channel, File, Json, Message, Place, User, View
from sandbox.page.blockkit import Surface
from sandbox.page.dates import clock_time, day_name, local
from sandbox.page.mrkdwn import preview
from sandbox.page.reading import ReadMarks, direct, reader_for
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

COMPACT_WITHIN = 300  # seconds in which further messages of one author stand without a heading
HOME, MESSAGES = "home", "messages"


@dataclass(frozen=True)
class Line:
    """One message of a conversation as it is drawn."""

    message: Message
    author: User
    surface: Surface
    time: str
    full_time: str
    day: str = ""  # the divider above it, where a new day begins
    is_news: bool = False  # the first that was unread when the visit began
    compact: bool = False
    replies: int = 0  # to it, in its thread
    ends_thread: bool = False  # the last reply: what comes next in the thread stands below it
    attachments: tuple[tuple[Json, Surface], ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class MemberRow:
    """One member in the switcher."""

    user: User
    time: str
    unread: int
    here: bool


class Screen:
    """The page for one member at one place: "home", "messages" or a channel's id."""

    def __init__(self, sandbox: Sandbox, marks: ReadMarks, user_id: str, at: str) -> None:
        self.sandbox = sandbox
        self.workspace: Workspace = sandbox.workspace
        self.manifest = sandbox.manifest
        self.marks = marks
        people = {user.id: user for user in self.workspace.people}
        self.me = people.get(user_id) or self.workspace.people[0]
        self.now = self.workspace.clock.now().astimezone(self.me.zone)
        self.reader = reader_for(self.workspace, self.me)
        self.at = at if self._exists(at) else self.first_place

    def _exists(self, at: str) -> bool:
        if at in (HOME, MESSAGES):
            return self.manifest.home_tab if at == HOME else self.manifest.messages_tab
        return any(channel.id == at for channel in self.channels)

    @property
    def first_place(self) -> str:
        """Where a visit begins: the conversation with the app, if it has one."""
        return MESSAGES if self.manifest.messages_tab else self.channels[0].id

    @property
    def app(self) -> User:
        """The app's bot user."""
        return self.workspace.app

    @property
    def channels(self) -> list[Channel]:
        """The public channels that this member belongs to."""
        every = self.workspace.channels.values()
        return [c for c in every if not c.is_im and self.me.id in c.members]

    @property
    def channel(self) -> Channel | None:
        """The conversation in the middle; None on the Home tab."""
        if self.at == HOME:
            return None
        if self.at == MESSAGES:
            return self.workspace.dm(self.me.id)
        return self.workspace.channels[self.at]

    @property
    def can_write(self) -> bool:
        """Whether this member may write in the conversation in the middle."""
        return self.at != MESSAGES or not self.manifest.messages_read_only

    @property
    def people_here(self) -> int:
        """How many people are in the conversation in the middle."""
        here = self.channel.members if self.channel else []
        return sum(user.id in here for user in self.workspace.people)

    @property
    def connected(self) -> bool:
        """Whether an app listens."""
        return self.sandbox.hears()

    def unread(self, channel: Channel | None) -> int:
        """How many messages this member has not read in a conversation."""
        return len(self.marks.unread(self.me.id, channel)) if channel else 0

    @property
    def app_unread(self) -> int:
        """How many messages of the app this member has not read."""
        return self.unread(direct(self.workspace, self.me.id))

    def members(self) -> list[MemberRow]:
        """All members who can be played, with their local time and unread messages."""
        now = self.workspace.clock.now()
        return [
            MemberRow(
                user,
                clock_time(now.astimezone(user.zone)),
                self._unread_of(user.id),
                user.id == self.me.id,
            )
            for user in self.workspace.people
            if not user.deleted or user.id == self.me.id
        ]

    def _unread_of(self, user_id: str) -> int:
        channel = direct(self.workspace, user_id)
        return len(self.marks.unread(user_id, channel)) if channel else 0

    def lines(self) -> Iterator[Line]:
        """The conversation's messages in reading order, replies under what they answer."""
        channel = self.channel
        before: Line | None = None
        for thread in _threads(channel.seen_by(self.me.id)) if channel else []:
            for index, message in enumerate(thread):
                replies = len(thread) - 1
                line = self._line(message, before)
                if index == 0:
                    line = replace(line, replies=replies)
                yield replace(line, ends_thread=index == replies > 0)
                before = line

    def _line(self, message: Message, before: Line | None) -> Line:
        is_news = self.marks.news.get((self.me.id, message.channel_id)) == message.ts
        moment = local(float(message.ts), self.me.zone)
        today = self.now.date()
        day = day_name(moment.date(), today)
        old = local(float(before.message.ts), self.me.zone) if before else None
        new_day = not old or old.date() != moment.date()
        author = self.workspace.users[message.user_id]
        place = Place(channel_id=message.channel_id, ts=message.ts)
        held = message.held.get(self.me.id, {})
        attached = tuple(
            (given, Surface("message", place, given.get("blocks", []), self.reader, held))
            for given in message.attachments
        )
        return Line(
            message,
            author,
            Surface("message", place, message.blocks, self.reader, held),
            time=clock_time(moment),
            full_time=f"{day} at {clock_time(moment)}",
            day=day if new_day and not message.thread_ts else "",
            is_news=is_news,
            compact=not new_day
            and not is_news
            and before is not None
            and _continues(before.message, message),
            attachments=attached,
            files=tuple(message.files),
        )

    def home(self) -> Surface | None:
        """What the app published on this member's Home; None if nothing yet."""
        view = self.workspace.homes.get(self.me.id)
        return self._view_surface(view) if view else None

    def modal(self) -> tuple[View, Surface] | None:
        """The modal on top, if one is open."""
        view = self.workspace.modal(self.me.id)
        return (view, self._view_surface(view)) if view else None

    @property
    def beside(self) -> User:
        """Who is shown beside this member when a second pane is opened: the next in the list."""
        people = [user for user in self.workspace.people if not user.deleted] or [self.me]
        here = people.index(self.me) if self.me in people else 0
        return people[(here + 1) % len(people)]

    @property
    def depth(self) -> int:
        """How many modals lie on the stack."""
        return len(self.workspace.stacks.get(self.me.id, []))

    def _view_surface(self, view: View) -> Surface:
        place = Place(view_id=view.id)
        return Surface(view.type, place, view.blocks, self.reader, view.held, view.errors)

    def notices(self) -> list[dict[str, str | int]]:
        """The newest direct message of each member, for the small notifications."""
        found: list[dict[str, str | int]] = []
        for user in self.workspace.people:
            channel = direct(self.workspace, user.id)
            theirs = (
                [m for m in channel.seen_by(user.id) if m.user_id != user.id] if channel else []
            )
            if theirs:
                words = preview(theirs[-1].text, reader_for(self.workspace, user))
                found.append({"user": user.id, "name": user.shown_name, "ts": theirs[-1].ts,
                              "text": words})  # fmt: skip
        return found

    @property
    def tomorrow(self) -> datetime:
        """Tomorrow at 9:00 on this member's clock."""
        return (self.now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


def _threads(messages: list[Message]) -> list[list[Message]]:
    """Each message that is no reply, with the replies to it behind it, oldest first."""
    starts = {message.ts for message in messages}
    threads: dict[str, list[Message]] = {}
    for message in messages:
        parent = message.thread_ts if message.thread_ts in starts else None
        threads.setdefault(parent or message.ts, []).append(message)
    return list(threads.values())


def _continues(before: Message, after: Message) -> bool:
    return (
        before.user_id == after.user_id
        and before.only_for == after.only_for
        and before.thread_ts == after.thread_ts
        and float(after.ts) - float(before.ts) < COMPACT_WITHIN
    )
