"""The heartbeat: APScheduler wakes delivery when the earliest nudge is due.

It keeps nothing: all that is due stands in the database, so losing the heartbeat loses nothing.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery import Delivery
from bot.in_flight import InFlight
from bot.metrics import Metrics
from bot.replanning import Replanning
from storage.errors import DatabaseAway

log = structlog.get_logger()

# Finds what a clock that was set, or another process, has made due in the meantime.
REGULAR_BEAT = timedelta(seconds=30)
# A database that is away is mostly back within seconds.
WHEN_AWAY = timedelta(seconds=3)
# How long a stop waits for the beat under way: a call to Slack may take ten seconds.
GOODBYE = timedelta(seconds=15)
# A beat that takes longer keeps others waiting, and the operator should hear of it.
LONG_BEAT = timedelta(seconds=10)
_DUE, _REGULAR = "due", "regular"


class Heartbeat:
    """Turns the crank of delivery: at the earliest due moment, and every half minute."""

    def __init__(
        self,
        delivery: Delivery,
        replanning: Replanning,
        clock: Clock,
        in_flight: InFlight,
        metrics: Metrics,
    ) -> None:
        self._delivery = delivery
        self._replanning = replanning
        self._clock = clock
        self._in_flight = in_flight
        self._metrics = metrics
        # The next moment known at which there is something to do, by the bot's clock.
        self.next_due: datetime | None = None
        # When a beat last went through, by the event loop's clock.
        self._went_through: float | None = None
        self._beating = asyncio.Lock()
        self._woken: asyncio.Future[None] | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # A beat that was missed is made up for once, however late it is.
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 2},
        )

    def start(self) -> None:
        """Begin to beat, at once: what came due while the bot was down is waiting."""
        self._scheduler.start()
        self._scheduler.add_job(
            self._regular_beat, "interval", seconds=REGULAR_BEAT.total_seconds(), id=_REGULAR
        )
        self._clock.subscribe(self.wake)
        self.wake()

    def wake(self) -> None:
        """Beat as soon as possible: nudges have changed, or the clock has jumped."""
        if self._woken is not None:
            return
        # Counted as work under way from this moment on, not from the moment it begins.
        self._woken = asyncio.get_running_loop().create_future()
        self._in_flight.hold(self._woken)
        self._arm(datetime.now(UTC))

    async def beat(self) -> None:
        """Deliver what is due, then set the next beat to the earliest moment to come."""
        async with self._beating:
            # Answered for only now: one beat at most waits for this one, however many wake it.
            woken, self._woken = self._woken, None
            try:
                with self._in_flight.working():
                    await self._beat_once()
            finally:
                if woken is not None and not woken.done():
                    woken.set_result(None)

    def silence(self) -> timedelta | None:
        """Say how long ago a beat last went through; None if none has yet."""
        if self._went_through is None:
            return None
        return timedelta(seconds=asyncio.get_running_loop().time() - self._went_through)

    async def _regular_beat(self) -> None:
        """Beat for what this process cannot know of, however quiet it is."""
        self._replanning.look_again()
        await self.beat()

    async def stop(self) -> None:
        """Stop beating, after the beat that is under way."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        await asyncio.sleep(0)  # a beat that was called for just now gets into the queue before us
        try:
            async with asyncio.timeout(GOODBYE.total_seconds()), self._beating:
                if self._woken is not None:
                    self._woken.cancel()
        except TimeoutError:
            log.warning("heartbeat: a beat was cut short")
        # Only now, since this cancels what is under way.
        self._scheduler.shutdown(wait=False)

    async def _beat_once(self) -> None:
        began = asyncio.get_running_loop().time()
        try:
            more = await self._replanning.run_once()
            self.next_due = due = await self._delivery.run_once()
        except DatabaseAway:
            # Nothing is lost, since all of it stands in there.
            log.warning("heartbeat: the database is away")
            self._arm_unless_woken(datetime.now(UTC) + WHEN_AWAY)
            return
        finally:
            self._note(timedelta(seconds=asyncio.get_running_loop().time() - began))
        self._went_through = asyncio.get_running_loop().time()
        if more:
            self.wake()
        if due is not None:
            # The scheduler counts in real time, the bot's clock may not: hand it the distance.
            self._arm_unless_woken(datetime.now(UTC) + max(due - self._clock.now(), timedelta()))

    def _note(self, took: timedelta) -> None:
        is_long = took > LONG_BEAT
        self._metrics.beat(took, long=is_long)
        if is_long:
            log.warning("heartbeat: a long beat", seconds=round(took.total_seconds(), 1))

    def _arm_unless_woken(self, at: datetime) -> None:
        if self._scheduler.running and self._woken is None:
            self._arm(at)

    def _arm(self, at: datetime) -> None:
        self._scheduler.add_job(self.beat, "date", run_date=at, id=_DUE, replace_existing=True)
