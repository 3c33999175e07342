"""The driver that story tests speak: a member acts and reads as on the page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox import acts
from sandbox.driver_modal import Modal
from sandbox.driver_surface import Home, Message
from sandbox.model import Channel
from sandbox.workspace import BOT_USER_ID

if TYPE_CHECKING:
    from sandbox.server import Sandbox

__all__ = ["Conversation", "Home", "Member", "Message", "Modal"]


class Conversation:
    """A channel or direct conversation as one member sees it."""

    def __init__(self, sandbox: "Sandbox", user_id: str, channel: Channel) -> None:
        self._sandbox, self._user_id, self._channel = sandbox, user_id, channel
        self.id = channel.id

    @property
    def messages(self) -> list[Message]:
        """All messages here, the member's own too, oldest first, with what only they see."""
        seen = self._channel.seen_by(self._user_id)
        return [Message(self._sandbox, self._user_id, message) for message in seen]

    @property
    def last(self) -> Message:
        """The newest message; AssertionError if there is none."""
        messages = self.messages
        assert messages, "There is no message here yet"
        return messages[-1]

    @property
    def texts(self) -> list[str]:
        """What the member reads in each message."""
        return [message.text for message in self.messages]

    def __len__(self) -> int:
        return len(self.messages)

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages)


class Member:
    """One member of the workspace at their screen."""

    def __init__(self, sandbox: "Sandbox", user_id: str) -> None:
        self._sandbox = sandbox
        self.id = user_id

    @property
    def name(self) -> str:
        """The member's full name."""
        return self._sandbox.workspace.users[self.id].real_name

    async def _settle(self) -> None:
        if self._sandbox.settle is not None:
            await self._sandbox.settle()

    def _channel_id(self, name: str) -> str:
        if name == "dm":
            return self._sandbox.workspace.dm(self.id).id
        return self._sandbox.workspace.channel_named(name).id

    async def command(self, text: str, channel: str = "#general") -> None:
        """Send a slash command in a channel, or with channel "dm" in the DM with the app."""
        await acts.run_command(self._sandbox, self.id, self._channel_id(channel), text)
        await self._settle()

    async def shortcut(self, name: str) -> None:
        """Use the global shortcut with this name."""
        await acts.shortcut(self._sandbox, self.id, self._callback_id(name, "global"))
        await self._settle()

    async def message_shortcut(self, name: str, message: Message) -> None:
        """Use the message shortcut with this name on a message."""
        callback_id = self._callback_id(name, "message")
        await acts.message_shortcut(
            self._sandbox, self.id, callback_id, message.channel_id, message.ts
        )
        await self._settle()

    def _callback_id(self, name: str, kind: str) -> str:
        offered = {
            s.name: s.callback_id for s in self._sandbox.manifest.shortcuts if s.type == kind
        }
        assert name in offered, f"No {kind} shortcut {name!r}; there are {sorted(offered)}"
        return offered[name]

    async def say(
        self,
        text: str,
        *,
        under: Message | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> Message:
        """Write in the direct conversation with the app, also in a thread or with a file."""
        channel, thread_ts = self._sandbox.workspace.dm(self.id), under.ts if under else None
        said = await acts.post(
            self._sandbox, self.id, channel.id, text, thread_ts=thread_ts, file=file
        )
        await self._settle()
        return Message(self._sandbox, self.id, said)

    async def edit(self, message: Message, text: str) -> None:
        """Edit one's own message."""
        await acts.edit(self._sandbox, self.id, message.channel_id, message.ts, text)
        await self._settle()

    async def delete(self, message: Message) -> None:
        """Delete one's own message."""
        await acts.delete(self._sandbox, self.id, message.channel_id, message.ts)
        await self._settle()

    async def post(self, channel: str, text: str) -> Message:
        """Write in a channel."""
        message = await acts.post(self._sandbox, self.id, self._channel_id(channel), text)
        await self._settle()
        return Message(self._sandbox, self.id, message)

    async def open_home(self) -> None:
        """Open the app's Home tab."""
        await acts.open_home(self._sandbox, self.id, "home")
        await self._settle()

    async def open_messages(self) -> None:
        """Open the app's Messages tab, and read what is there."""
        await acts.open_home(self._sandbox, self.id, "messages")
        await self._settle()
        self._sandbox.marks.read(self.id, self._sandbox.workspace.dm(self.id))

    @property
    def home(self) -> Home:
        """The published Home; AssertionError if there is none."""
        home = self._sandbox.workspace.homes.get(self.id)
        assert home is not None, f"No Home was published for {self.name}"
        return Home(self._sandbox, self.id, home)

    @property
    def has_home(self) -> bool:
        """Whether a Home was published for this member."""
        return self.id in self._sandbox.workspace.homes

    @property
    def modal(self) -> Modal:
        """The modal on top; AssertionError if none is open, with what Slack showed last."""
        view = self._sandbox.workspace.modal(self.id)
        assert view is not None, (
            f"No modal is open for {self.name}; troubles: {self.troubles}; "
            f"refused: {self._sandbox.refusals}"
        )
        return Modal(self._sandbox, self.id, view)

    @property
    def has_modal(self) -> bool:
        """Whether a modal is open."""
        return self._sandbox.workspace.modal(self.id) is not None

    @property
    def dms(self) -> Conversation:
        """The direct conversation with the app."""
        channel = self._sandbox.workspace.dm(self.id)
        return Conversation(self._sandbox, self.id, channel)

    def channel(self, name: str) -> Conversation:
        """A channel, as this member sees it."""
        channel = self._sandbox.workspace.channel_named(name)
        return Conversation(self._sandbox, self.id, channel)

    @property
    def answers(self) -> list[Message]:
        """The app's answers that only this member sees, anywhere, oldest first."""
        found = [
            message
            for channel in self._sandbox.workspace.channels.values()
            for message in channel.ephemerals
            if message.only_for == self.id and message.user_id == BOT_USER_ID
        ]
        found.sort(key=lambda message: float(message.ts))
        return [Message(self._sandbox, self.id, message) for message in found]

    @property
    def answer(self) -> Message:
        """The last such answer; AssertionError if there is none."""
        answers = self.answers
        assert answers, f"{self.name} got no answer; troubles: {self.troubles}"
        return answers[-1]

    @property
    def troubles(self) -> list[str]:
        """What Slack showed this member on failures, oldest first."""
        return list(self._sandbox.workspace.troubles.get(self.id, []))
