"""A message to a member, drawn from the facts of this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.shown import nudges_shown
from handlers.views.nudge_messages import nudge_message
from handlers.views.screen import Message
from storage import members, nudges
from storage.nudges import Claimed


@dataclass(frozen=True)
class Letter:
    """A message that is ready to go out, with the nudges that it carries.

    `more` counts those that found no room in it; `facts_version` is the member's at its writing.
    """

    user_id: str
    channel_id: str | None
    nudges: Sequence[Claimed]
    message: Message
    more: int
    facts_version: int


async def drawn(
    session: AsyncSession, claimed: Sequence[Claimed], now: datetime, more: int
) -> Letter:
    """Draw the message that carries these nudges of the session's member."""
    rows = {row.id: row for row in await nudges.several(session, [n.id for n in claimed])}
    member = await members.current(session)
    shown = await nudges_shown(session, [rows[nudge.id] for nudge in claimed], now)
    return Letter(
        user_id=member.slack_user_id,
        channel_id=member.dm_channel_id,
        nudges=claimed,
        message=nudge_message(shown, more=more),
        more=more,
        facts_version=member.facts_version,
    )
