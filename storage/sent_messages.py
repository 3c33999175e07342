"""Messages with nudges in them that reached a member, and which of them a session made untrue."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Nudge

# Where a session keeps what `outdated` gives.
_OUTDATED = "outdated"


@dataclass(frozen=True)
class SentMessage:
    """A message with nudges in it that reached a member: Slack's channel id and ts."""

    channel_id: str
    ts: str


def outdated(session: AsyncSession) -> set[SentMessage]:
    """Give the messages that this session's changes have made untrue, or have found to be so."""
    return set(session.info.get(_OUTDATED, ()))


def sent_message(nudge: Nudge) -> SentMessage | None:
    """Say in which message a nudge was sent, if it was."""
    if nudge.channel_id is None or nudge.message_ts is None:
        return None
    return SentMessage(channel_id=nudge.channel_id, ts=nudge.message_ts)


def mark_outdated(session: AsyncSession, sent: SentMessage | None) -> None:
    """Have `outdated` name a message; what was never sent needs no correcting."""
    if sent is not None:
        session.info.setdefault(_OUTDATED, set()).add(sent)
