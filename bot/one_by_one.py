"""A letter to one member: written with all the thought that it needs, and noted when it arrived."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.claims import LEASE
from bot.digest import SortedOut, let_rest, record, sort_out, whom
from bot.letters import Arrived, Letter, drawn
from bot.metrics import Outcome
from bot.post_room import PostRoom
from domain.vocabulary import NudgeKind
from storage import nudges
from storage.nudges import Claimed

log = structlog.get_logger()


async def write(room: PostRoom, group: Sequence[Claimed], more: int = 0) -> Letter | None:
    """Render from the facts of this moment; what is no longer true is dropped, never sent."""
    now = room.clock.now()
    async with room.sessions.member_by_id(group[0].member_id) as session:
        sorted_out = await sort_out(session, group, now)
        await _note_unsent(session, sorted_out, room, now)
        ids = [nudge.id for nudge in sorted_out.send]
        if not ids or not await _still_ours(session, ids, room, now):
            return None
        return await drawn(session, sorted_out.send, now, more + sorted_out.more)


async def write_again(room: PostRoom, part: Sequence[Claimed], more: int) -> Letter | None:
    """Render a part of a letter whose nudges were found true just now."""
    now = room.clock.now()
    async with room.sessions.member_by_id(part[0].member_id) as session:
        ours = await _still_ours(session, [nudge.id for nudge in part], room, now)
        return await drawn(session, part, now, more) if ours else None


async def note_arrived(room: PostRoom, arrived: Arrived) -> None:
    """Record that a letter reached its member, and what follows from that."""
    letter, now = arrived.letter, room.clock.now()
    member_id = letter.nudges[0].member_id
    async with room.sessions.member_by_id(member_id) as session:
        own = await record(
            session,
            letter.nudges,
            arrived.message,
            owner=room.owner,
            now=now,
            facts_version=letter.facts_version,
        )
    room.metrics.arrived(Outcome.SENT, own, now)
    for outdated in nudges.outdated(session):
        await room.correct(member_id, outdated)


async def _still_ours(
    session: AsyncSession, ids: Sequence[int], room: PostRoom, now: datetime
) -> bool:
    """Renew the claims and note the DM they go into; False if another process has taken any."""
    return await nudges.renew(session, ids, room.owner, now + LEASE) == {*ids}


async def _note_unsent(
    session: AsyncSession, sorted_out: SortedOut, room: PostRoom, now: datetime
) -> None:
    unsent = (*sorted_out.drop, *sorted_out.unsaid)
    room.metrics.became(Outcome.DROPPED, unsent)
    own = []
    for nudge in unsent:
        if await nudges.record_dropped(session, nudge.id, owner=room.owner, now=now):
            own.append(nudge)
    await let_rest(session, [nudge for nudge in sorted_out.unsaid if nudge in own], now, now)
    for moment, put_off in sorted_out.later.items():
        room.metrics.became(Outcome.PUT_OFF, put_off)
        ids = [nudge.id for nudge in put_off]
        await nudges.release(session, ids, owner=room.owner, due_at=moment, anew=True)
    if sorted_out.moved:
        room.metrics.became(Outcome.PUT_OFF, sorted_out.moved)
        ids = [nudge.id for nudge in sorted_out.moved]
        await nudges.release_as_planned(session, ids, owner=room.owner)
        await nudges.reconcile(session, now, *whom(sorted_out.moved))
    if any(nudge.kind == NudgeKind.WEEKLY_REVIEW for nudge in sorted_out.drop):
        # A week that went by unsaid keeps no other from being looked back on.
        await nudges.reconcile(session, now)
    if sorted_out.drop:
        log.info("delivery: dropped what was no longer true", count=len(sorted_out.drop))
