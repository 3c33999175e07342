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
        sessions.when_limits_change(self.look_again)

    def look_again(self) -> None:
        """Have the next beat look for members left behind: another process may have left some."""
        self._wanted = True

    async def run_once(self) -> bool:
        """Plan anew for a few members, each in a transaction of their own; True if more may wait.

        Raises DatabaseAway; who was not reached by then is found the next time.
        """
        if not self._wanted:
            return False
        async with self._sessions.reading_all() as session:
            member_ids = await limits.left_behind(session, BATCH)
        done = [await self._plan_anew(member_id) for member_id in member_ids]
        if done:
            log.info("replanning: within other limits", members=sum(done))
        self._wanted = len(done) == BATCH and all(done)
        return self._wanted

    async def _plan_anew(self, member_id: int) -> bool:
        try:
            async with self._sessions.member_by_id(member_id) as session:
                await nudges.reconcile_all(session, self._clock.now())
        except DatabaseAway:
            raise
        except Gone:
            log.info("replanning: the member is gone")
        except Exception:
            # A bug with one member keeps no other, and no message, waiting.
            log.exception("replanning: failed")
            return False
        return True
