"""Plans anew for members whose limits have changed, a few at a time.

Delivery never sends what the limits rule out by now, but it does not plan what takes its place.
"""

import structlog

from bot.clock import Clock
from storage import limits, nudges
from storage.errors import DatabaseAway, Gone
from storage.sessions import Sessions

log = structlog.get_logger()

# Members in one go: a second's work at most, so that no message waits for it.
BATCH = 20


class Replanning:
    """Finds the members who were planned within other limits, wherever the change came from."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock
        self._wanted = True  # the program may have started with other limits
        # The member whom the round under way has come to; None between two rounds.
        self._reached: int | None = None
        sessions.when_limits_change(self.look_again)

    def look_again(self) -> None:
        """Have a round begin after the one under way: another process may have left some behind."""
        self._wanted = True

    async def run_once(self) -> bool:
        """Plan anew for a few members, each in a transaction of their own; True if more may wait.

        Who cannot be planned for is passed over until the next round. Raises DatabaseAway when it
        is away to begin with.
        """
        if self._reached is None:
            if not self._wanted:
                return False
            self._wanted, self._reached = False, 0
        async with self._sessions.reading_all() as session:
            member_ids = await limits.left_behind(session, BATCH, after=self._reached)
        planned = 0
        for member_id in member_ids:
            # Whatever becomes of this one, the others are next.
            self._reached = member_id
            try:
                planned += await self._plan_anew(member_id)
            except DatabaseAway:
                # Or somebody holds on to this one member: that keeps no message waiting.
                log.warning("replanning: the database went away")
                return True
        if planned:
            log.info("replanning: within other limits", members=planned)
        if len(member_ids) < BATCH:
            self._reached = None
        return self._reached is not None or self._wanted

    async def _plan_anew(self, member_id: int) -> bool:
        try:
            async with self._sessions.member_by_id(member_id) as session:
                await nudges.reconcile_all(session, self._clock.now())
        except DatabaseAway:
            raise
        except Gone:
            log.info("replanning: the member is gone")
            return False
        except Exception:
            # A bug with one member keeps no other, and no message, waiting.
            log.exception("replanning: failed")
            return False
        return True
