"""What this process claims: as much as Slack takes now; what has to wait is given back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.pace import LOOK, OPEN, POST
from bot.post_room import PostRoom
from storage import members, nudges
from storage.nudges import Ahead, Claimed

# Longer than a send may take with its time-outs: a lease that runs out means that its holder died.
LEASE = timedelta(seconds=60)
# Members. What is claimed when a process dies is in doubt, and each needs a look into a DM.
BATCH = 40
# What is due and could not be claimed is in other hands: the bot looks again after this.
IN_OTHER_HANDS = timedelta(seconds=1)


class Claims:
    """Claims nudges for one process, and never more than the pace lets go out."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room

    async def take(self, now: datetime) -> tuple[list[Claimed], datetime | None]:
        """Claim what is in doubt and what is due, where there is room; without any, say when next.

        It looks before it claims: that is one question, and it keeps no writer waiting.
        """
        ahead = await self._ahead()
        doubtful, due = (_is_over(ahead.claim_ends, now), _is_over(ahead.due, now))
        if not doubtful and not due:
            return [], ahead.next
        claimed = await self._claim(now, doubtful=doubtful, due=due)
        return claimed, ahead.next if claimed else await self._next_try(now)

    async def _next_try(self, now: datetime) -> datetime | None:
        """Say when to look again, after what was due could not be claimed."""
        opens_next = self._room.pace.opens_next(now)
        if opens_next:
            # What is left of what was due by now waits for a workspace to open.
            ahead = await self._ahead(after=now)
            return min(moment for moment in (ahead.next, opens_next) if moment)
        ahead = await self._ahead()
        return max(ahead.next, now + IN_OTHER_HANDS) if ahead.next else None

    async def _ahead(self, after: datetime | None = None) -> Ahead:
        async with self._room.sessions.reading_all() as session:
            return await nudges.ahead(session, after)

    async def _claim(self, now: datetime, *, doubtful: bool, due: bool) -> list[Claimed]:
        claimed: list[Claimed] = []
        async with self._room.sessions.unscoped() as session:
            if doubtful:
                claimed += await nudges.claim_expired(
                    session, now, owner=self._room.owner, lease=LEASE, limit=BATCH
                )
            if due:
                claimed += await nudges.claim(
                    session,
                    now,
                    owner=self._room.owner,
                    lease=LEASE,
                    limit=min(BATCH, self._room.pace.most(now)),
                    closed=self._room.pace.without(POST, now),
                    no_new_dms=self._room.pace.without(OPEN, now),
                )
        return claimed

    def must_wait(self, group: Sequence[Claimed], method: str) -> bool:
        """Say whether Slack is not to be called with this method for this member now."""
        now = self._room.clock.now()
        return self._room.pace.free_at(method, group[0], now) > now

    async def give_back(self, group: Sequence[Claimed]) -> None:
        """Give one member's nudges back untried, for when it may be tried."""
        ids, owner, now = [nudge.id for nudge in group], self._room.owner, self._room.clock.now()
        async with self._room.sessions.member_by_id(group[0].member_id) as session:
            if group[0].uncertain:
                until = self._room.pace.free_at(LOOK, group[0], now)
                await nudges.leave_in_doubt(session, ids, owner=owner, until=until, tried=False)
            else:
                # Where the whole workspace has to wait, it is not claimed before that is over.
                turn = self._room.pace.turn_of(group[0].member_id, now)
                due_at = turn if turn > now else None
                # What became due in hindsight is for the next digest, however soon its turn comes.
                news = [n.id for n in group if not n.alone and n.created_at >= n.due_at]
                if news:
                    digest = (await members.current(session)).rhythm().next_digest(now)
                    await nudges.release(session, news, owner=owner, due_at=digest, anew=True)
                others = [nudge_id for nudge_id in ids if nudge_id not in news]
                await nudges.release(session, others, owner=owner, due_at=due_at, tried=False)


def _is_over(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
