"""How members read: their names, zones and mentions, and what they have read already."""

from dataclasses import dataclass, field

from sandbox.model import Channel, Message, User
from sandbox.page.mrkdwn import Reader
from sandbox.workspace import SLACKBOT, Workspace


@dataclass
class ReadMarks:
    """How far each member has read each conversation."""

    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    # Where the news began when a member last came to a conversation: the ts of the first message.
    news: dict[tuple[str, str], str] = field(default_factory=dict)

    def visit(self, user_id: str, channel: Channel) -> None:
        """A member comes to a conversation: what was unread until now is marked as new in it."""
        unread = self.unread(user_id, channel)
        self.news[user_id, channel.id] = unread[0].ts if unread else ""
        self.read(user_id, channel)

    def read(self, user_id: str, channel: Channel) -> None:
        """Everything in this conversation counts as read."""
        seen = channel.seen_by(user_id)
        if seen:
            self.marks[user_id, channel.id] = seen[-1].ts

    def unread(self, user_id: str, channel: Channel) -> list[Message]:
        """Others' messages that came since this member last looked, oldest first.

        As in Slack, what only this member sees does not count.
        """
        last = float(self.marks.get((user_id, channel.id), "0"))
        return [
            message
            for message in channel.seen_by(user_id)
            if message.user_id != user_id and not message.is_ephemeral and float(message.ts) > last
        ]


def reader_for(workspace: Workspace, user: User) -> Reader:
    """How this user reads texts: names, zone and the workspace's now."""
    return Reader(
        zone=user.zone,
        now=workspace.clock.now(),
        users={u.id: u.shown_name for u in workspace.users.values() if u.id != SLACKBOT},
        channels={c.id: c.name for c in workspace.channels.values() if not c.is_im},
        me=user.id,
    )


def direct(workspace: Workspace, user_id: str) -> Channel | None:
    """A member's direct conversation with the app, if it was ever opened."""
    return workspace.dm(user_id) if workspace.has_dm(user_id) else None
