"""A message to a member, drawn from the facts of this moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.nudges_shown import in_words, known_of, nudges_shown
from handlers.views.nudge_messages import nudge_message
from handlers.views.nudge_words import NudgeShown
from handlers.views.screen import Message
from storage import members, nudges
from storage.models import Member, Nudge
from storage.nudges import Claimed, SentMessage


@dataclass(frozen=True)
class Letter:
    """A message that is ready to go out, with the nudges that it carries.

    `more` counts those that found no room in it; `written_at` is when it was found true, and
    `facts_version` the member's then.
    """

    user_id: str
    channel_id: str | None
    nudges: Sequence[Claimed]
    message: Message
    more: int
    written_at: datetime
    facts_version: int


@dataclass(frozen=True)
class Arrived:
    """A letter that reached its member, and the message that it became."""

    letter: Letter
    message: SentMessage


async def drawn(
    session: AsyncSession, claimed: Sequence[Claimed], now: datetime, more: int
) -> Letter:
    """Draw the message that carries these nudges of the session's member."""
    rows = await _rows(session, claimed)
    shown = await nudges_shown(session, [rows[nudge.id] for nudge in claimed], now)
    return _letter(await members.current(session), claimed, shown, now, more)


async def all_drawn(
    session: AsyncSession, groups: Sequence[Sequence[Claimed]], now: datetime
) -> list[Letter]:
    """Draw a message for each of several members, whose session it is; none is a weekly review."""
    rows = await _rows(session, [nudge for group in groups for nudge in group])
    known = await known_of(session, list(rows.values()), now)
    letters = []
    for group in groups:
        member = members.several(session)[group[0].member_id]
        rhythm = member.rhythm()
        shown = [in_words(rows[nudge.id], known, now, rhythm) for nudge in group]
        letters.append(_letter(member, group, shown, now))
        # Whoever waits for an answer to a command need not wait until all are drawn.
        await asyncio.sleep(0)
    return letters


async def _rows(session: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, Nudge]:
    return {row.id: row for row in await nudges.several(session, [n.id for n in claimed])}


def _letter(
    member: Member,
    claimed: Sequence[Claimed],
    shown: Sequence[NudgeShown],
    now: datetime,
    more: int = 0,
) -> Letter:
    return Letter(
        user_id=member.slack_user_id,
        channel_id=member.dm_channel_id,
        nudges=claimed,
        message=nudge_message(shown, more=more),
        more=more,
        written_at=now,
        facts_version=member.facts_version,
    )
