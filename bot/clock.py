"""The only place where time enters: everything else asks a clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, and when it has jumped."""

    def now(self) -> datetime:
        """Give this moment, aware UTC."""

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after each jump, from the event loop's thread."""


class SystemClock:
    """The machine's clock; if somebody sets it, the heartbeat's regular beat finds out."""

    def now(self) -> datetime:
        """Give this moment, aware UTC."""
        return datetime.now(UTC)

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Take note of nobody: the system does not tell of jumps."""
