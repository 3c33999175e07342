"""The workspace as it stands: people, conversations, open modals, Homes."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sandbox.changes import Changes
from sandbox.clock import VirtualClock
from sandbox.ids import Ids
from sandbox.model import Channel, File, Message, Place, Traffic, User, View

TEAM_ID = "T0SANDBOX"
TEAM_NAME = "Rapport sandbox"
TEAM_DOMAIN = "rapport-sandbox"
APP_ID = "A0RAPPORT"
BOT_ID = "B0RAPPORT"
BOT_USER_ID = "U0RAPPORT"
SLACKBOT = "USLACKBOT"
TRAFFIC_KEPT = 500


@dataclass(frozen=True)
class Person:
    """Somebody who belongs to the workspace from the start."""

    name: str
    zone: str = "Europe/London"


class Workspace:
    """Everything that Slack would keep for one team."""

    def __init__(self, people: Sequence[Person], clock: VirtualClock, app_name: str) -> None:
        self.clock = clock
        self.changed = Changes()
        self.ids = Ids(clock)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.stacks: dict[str, list[View]] = {}  # user id -> modals, the one on top last
        self.homes: dict[str, View] = {}  # user id -> the published Home
        self._dms: dict[str, str] = {}  # user id -> id of the direct conversation with the app
        self.files: dict[str, File] = {}
        self.troubles: dict[str, list[str]] = {}  # user id -> what Slack showed on failure
        self.traffic: deque[Traffic] = deque(maxlen=TRAFFIC_KEPT)
        self._add_user(User(SLACKBOT, "slackbot", "Slackbot", "America/Los_Angeles"))
        handle = app_name.lower().replace(" ", "_")
        self._add_user(User(BOT_USER_ID, handle, app_name, "America/Los_Angeles", is_bot=True))
        for person in people:
            self.add_person(person)
        self.add_channel("general", with_app=True)
        self.add_channel("random", with_app=False)

    @property
    def people(self) -> list[User]:
        """The members who are people, in the order in which they joined."""
        return [user for user in self.users.values() if not user.is_bot and user.id != SLACKBOT]

    @property
    def app(self) -> User:
        """The app's bot user."""
        return self.users[BOT_USER_ID]

    def add_person(self, person: Person) -> User:
        """Let somebody join the team and all its channels."""
        user_id = self.ids.user(person.name, taken=self.users)
        handle = person.name.split()[0].lower()
        user = User(user_id, handle, person.name, person.zone)
        self._add_user(user)
        for channel in self.channels.values():
            if not channel.is_hidden:
                channel.members.append(user_id)
        return user

    def _add_user(self, user: User) -> None:
        ZoneInfo(user.tz)  # an unknown time zone is refused here, with its name
        user.updated = self.ids.seconds()
        self.users[user.id] = user
        self.changed.notify()

    def add_channel(self, name: str, *, with_app: bool = True, kind: str = "channel") -> Channel:
        """Make a channel (or a "group", a private one) with everybody in it."""
        members = [user.id for user in self.people]
        if with_app:
            members.append(BOT_USER_ID)
        channel = Channel(self.ids.next("C"), name, members, self.ids.seconds(), kind)
        self.channels[channel.id] = channel
        self.changed.notify()
        return channel

    def dm(self, user_id: str) -> Channel:
        """The direct conversation of a member with the app, opened if it is not yet."""
        if user_id in self._dms:
            return self.channels[self._dms[user_id]]
        members = [user_id, BOT_USER_ID]
        channel = Channel(self.ids.next("D"), "", members, self.ids.seconds(), kind="im")
        self.channels[channel.id] = channel
        self._dms[user_id] = channel.id
        self.changed.notify()
        return channel

    def group_dm(self, user_ids: Sequence[str]) -> Channel:
        """The direct conversation of several members with the app, opened if it is not yet."""
        members = [*dict.fromkeys(user_ids), BOT_USER_ID]
        for channel in self.channels.values():
            if channel.kind == "mpim" and set(channel.members) == set(members):
                return channel
        handles = "--".join(self.users[user_id].name for user_id in members)
        name, now = f"mpdm-{handles}-1", self.ids.seconds()
        channel = Channel(self.ids.next("C"), name, members, now, "mpim")
        self.channels[channel.id] = channel
        self.changed.notify()
        return channel

    def has_dm(self, user_id: str) -> bool:
        """Whether the direct conversation was opened before."""
        return user_id in self._dms

    def channel_named(self, name: str) -> Channel:
        """The public channel with this name, with or without "#"; LookupError if there is none."""
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if not channel.is_im and channel.name == wanted:
                return channel
        raise LookupError(f"No channel {name}")

    def user_named(self, name: str) -> User:
        """The person with this full or first name; LookupError if none or several."""
        found = [user for user in self.people if user.real_name == name]
        found = found or [u for u in self.people if u.real_name.split()[0] == name]
        if len(found) != 1:
            names = ", ".join(user.real_name for user in self.people)
            raise LookupError(f"{len(found)} people are called {name!r}; there are: {names}")
        return found[0]

    def view(self, view_id: str) -> View | None:
        """The open modal or published Home with this id."""
        return next((view for view in self.views() if view.id == view_id), None)

    def views(self) -> list[View]:
        """All open modals and all Homes."""
        return [*(v for stack in self.stacks.values() for v in stack), *self.homes.values()]

    def modal(self, user_id: str) -> View | None:
        """The modal on top of this user's stack."""
        stack = self.stacks.get(user_id)
        return stack[-1] if stack else None

    def message_at(self, place: Place) -> Message | None:
        """The message that a place names."""
        channel = self.channels.get(place.channel_id or "")
        return channel.find(place.ts or "") if channel else None

    def add_message(self, message: Message) -> Message:
        """Put a message into its channel."""
        channel = self.channels[message.channel_id]
        first = _first_in_thread(channel, message)
        if first is not None:
            message.parent_user_id = first.user_id
            if not message.is_ephemeral:
                first.replies.append(message)
        (channel.ephemerals if message.is_ephemeral else channel.messages).append(message)
        self.changed.notify()
        return message

    def remove_message(self, message: Message) -> None:
        """Take a message away."""
        channel = self.channels[message.channel_id]
        first = _first_in_thread(channel, message)
        if first is not None and message in first.replies:
            first.replies.remove(message)
        (channel.ephemerals if message.is_ephemeral else channel.messages).remove(message)
        self.changed.notify()

    def forget_private_answers(self) -> None:
        """Take away what only one person saw, as a client does that is loaded anew."""
        for channel in self.channels.values():
            channel.ephemerals.clear()
        self.changed.notify()

    def trouble(self, user_id: str, text: str) -> None:
        """Keep what Slack shows this person when something failed."""
        self.troubles.setdefault(user_id, []).append(text)
        self.changed.notify()


def _first_in_thread(channel: Channel, reply: Message) -> Message | None:
    """What a message replies to; None for one that is no reply."""
    if reply.thread_ts in (None, reply.ts):
        return None
    return channel.find(str(reply.thread_ts))
