"""The sandbox's clock: it ticks or stands still, and a person can move it forward."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic


class VirtualClock:
    """A clock that a person or a test can move forward, never back."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        """Start at an aware moment (default: the real now); it stands still if not `running`."""
        if start is not None and start.tzinfo is None:
            raise ValueError("The clock needs a moment with a time zone")
        self._shown = (start or datetime.now(UTC)).astimezone(UTC)
        self._running = running
        self._since = monotonic()
        self._stood = 0.0  # real seconds for which it has stood still
        self.jumps = 0
        self._callbacks: list[Callable[[], None]] = []
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        if not self._running:
            return self._shown
        return self._shown + timedelta(seconds=monotonic() - self._since)

    def passed(self) -> float:
        """Count seconds that only grow: this clock's, and real ones while it stands still."""
        real = 0.0 if self._running else monotonic() - self._since
        return self.now().timestamp() + self._stood + real

    async def sleep(self, seconds: float) -> None:
        """Wait until so many seconds have passed by this clock: a move forward shortens it."""
        due = self.passed() + seconds
        while (left := due - self.passed()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._jumped.wait()

    def run(self) -> None:
        """Tick from here on."""
        self._stand_no_more()
        self._running, self._since = True, monotonic()

    def advance(
        self,
        *,
        weeks: float = 0,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
    ) -> None:
        """Move forward by this much."""
        step = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        self.move_to(self.now() + step)

    def move_to(self, moment: datetime) -> None:
        """Move forward to an aware moment; ValueError if it lies in the past."""
        if moment.tzinfo is None:
            raise ValueError("The clock needs a moment with a time zone")
        if moment < self.now():
            raise ValueError(f"The clock cannot go back: it is {self.now()} already")
        self._stand_no_more()
        self._shown = moment.astimezone(UTC)
        self._since = monotonic()
        self.jumps += 1
        self._jumped.set()
        self._jumped = asyncio.Event()
        for callback in list(self._callbacks):
            callback()

    def _stand_no_more(self) -> None:
        if not self._running:
            self._stood += monotonic() - self._since

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each jump."""
        self._callbacks.append(callback)
