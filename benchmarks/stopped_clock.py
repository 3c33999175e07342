"""A clock that stands still."""

from collections.abc import Callable
from datetime import datetime

from benchmarks.crowd import NOW


class StoppedClock:
    """Tells the same moment at all times."""

    def now(self) -> datetime:
        """Give that moment."""
        return NOW

    def subscribe(self, callback: Callable[[], None]) -> None:
        """It never jumps."""
