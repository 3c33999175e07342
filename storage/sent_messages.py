"""Messages with nudges in them that reached a member, and which of them a session made untrue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Nudge

# Where a session keeps what `outdated` gives.
_OUTDATED = "outdated"


@dataclass(frozen=True)
class SentMessage:
    """A message with nudges in it that reached a member: Slack's channel id and ts."""

    channel_id: str
    ts: str

    @property
    def at(self) -> datetime:
        """When it reached them, which may be long before anybody knows (UTC)."""
        return datetime.fromtimestamp(float(self.ts), UTC)


def outdated(session: AsyncSession) -> set[SentMessage]:
    """Give the messages that this session's changes have made untrue, or have found to be so."""
    return set(outdated_of(session))


def outdated_of(session: AsyncSession) -> Mapping[SentMessage, int]:
    """Give the same with whose they are: the members' ids."""
    known: Mapping[SentMessage, int] = session.info.get(_OUTDATED, {})
    return known


def sent_message(nudge: Nudge) -> SentMessage | None:
    """Say in which message a nudge was sent, if it was."""
    if nudge.channel_id is None or nudge.message_ts is None:
        return None
    return SentMessage(channel_id=nudge.channel_id, ts=nudge.message_ts)


def mark_outdated(session: AsyncSession, nudge: Nudge) -> None:
    """Have `outdated` name a nudge's message; what was never sent needs no correcting."""
    sent = sent_message(nudge)
    if sent is not None:
        session.info.setdefault(_OUTDATED, {})[sent] = nudge.member_id
