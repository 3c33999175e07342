"""Many members at once: what goes out just as it was claimed is written, and recorded, in one go.

At nine on a Monday there is something for everybody: one by one, each message costs some forty
questions to the database, and so do forty of them together. Whatever needs more thought is left to
`bot.delivery`, one member at a time: what is dropped or put off, what has more to it once it was
sent, and all in which anything has gone wrong.
"""

from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.claims import LEASE
from bot.digest import SortedOut, leads_on, sorted_by, whom
from bot.letters import Arrived, Letter, all_drawn
from bot.metrics import Outcome
from bot.post_room import PostRoom
from bot.untimely import may_be_untimely
from domain.vocabulary import NudgeKind
from storage import limits, manners, members, nudges
from storage.errors import DatabaseAway
from storage.models import Member
from storage.nudges import Claimed

log = structlog.get_logger()

# A week is counted for one member at a time; the others are more than a message once they came.
_NEED_THOUGHT = (NudgeKind.WEEKLY_REVIEW, NudgeKind.RESTS, NudgeKind.GO_ON)


class Together:
    """Writes to many members in one go, and records what arrived in one go."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room

    async def write(self, groups: Sequence[Sequence[Claimed]]) -> list[Letter]:
        """Render one message for each member to whom all that was claimed goes out as it is.

        From the facts of this moment. What has no letter stays claimed, for `bot.delivery`.
        """
        groups = [group for group in groups if self._is_plain(group)]
        if not groups:
            return []
        try:
            return await self._write(groups)
        except DatabaseAway:
            raise
        except Exception:
            # One of them may be the reason, and must keep no other waiting.
            log.exception("delivery: could not be written together", messages=len(groups))
            return []

    async def record(self, lot: Sequence[Arrived]) -> list[Arrived]:
        """Note which letters arrived, and what follows; give those that `bot.delivery` has to."""
        try:
            ids = {one.letter.nudges[0].member_id for one in lot}
            async with self._room.sessions.members_by_ids(ids) as session:
                here = members.several(session)
                plain = [one for one in lot if _goes_on_as_planned(one.letter, here)]
                own = await self._keep(session, plain)
        except DatabaseAway:
            return list(lot)
        except Exception:
            log.exception("delivery: could not be recorded together", messages=len(lot))
            return list(lot)
        now = self._room.clock.now()
        for one in plain:
            arrived = [nudge for nudge in one.letter.nudges if nudge.id in own]
            self._room.metrics.arrived(Outcome.SENT, arrived, now)
        for outdated, member_id in nudges.outdated_of(session).items():
            await self._room.correct(member_id, outdated)
        return [one for one in lot if one not in plain]

    def _is_plain(self, group: Sequence[Claimed]) -> bool:
        """Say whether a member's nudges are one message of which no more is to be asked."""
        now = self._room.clock.now()
        return (len(group) == 1 or not any(nudge.alone for nudge in group)) and not any(
            nudge.uncertain or nudge.kind in _NEED_THOUGHT or may_be_untimely(nudge, now)
            for nudge in group
        )

    async def _write(self, groups: Sequence[Sequence[Claimed]]) -> list[Letter]:
        now, owner = self._room.clock.now(), self._room.owner
        contact_ids = whom(nudge for group in groups for nudge in group)
        async with self._room.sessions.members_by_ids(g[0].member_id for g in groups) as session:
            here = members.several(session)
            plans = await nudges.planned_for(session, here.values(), now, contact_ids)
            as_they_are = []
            for group in groups:
                member_id = group[0].member_id
                if member_id in here and here[member_id].dm_channel_id is not None:
                    member = here[member_id]
                    numbers = await limits.numbers_of(session, member)
                    result = sorted_by(member, numbers, plans[member_id], group, now)
                    if result == SortedOut(send=result.send):
                        as_they_are.append(result.send)
            ids = [nudge.id for group in as_they_are for nudge in group]
            own = await nudges.renew(session, ids, owner, now + LEASE)
            held = [group for group in as_they_are if all(nudge.id in own for nudge in group)]
            return await all_drawn(session, held, now)

    async def _keep(self, session: AsyncSession, lot: Sequence[Arrived]) -> set[int]:
        """Record letters in a session of their members; give the ids that were still one's own."""
        brought = {nudge.id: one.message for one in lot for nudge in one.letter.nudges}
        own = await nudges.record_sent(session, brought, owner=self._room.owner)
        led_on: dict[int, Member] = {}
        contact_ids: set[int] = set()
        for one in lot:
            member = members.several(session)[one.letter.nudges[0].member_id]
            arrived = [nudge for nudge in one.letter.nudges if nudge.id in own]
            if any(not nudge.alone for nudge in arrived):
                manners.digest_sent(member, one.message.at)
            if leads_on(arrived):
                led_on[member.id] = member
                contact_ids |= whom(arrived)
        if led_on:
            now = self._room.clock.now()
            await nudges.reconcile_for(session, led_on.values(), now, contact_ids)
        return own


def _goes_on_as_planned(letter: Letter, here: Mapping[int, Member]) -> bool:
    """Say whether no more follows from a letter than was known when it was written."""
    member = here.get(letter.nudges[0].member_id)
    return (
        member is not None
        and member.facts_version == letter.facts_version
        and not any(nudge.kind in _NEED_THOUGHT for nudge in letter.nudges)
    )
