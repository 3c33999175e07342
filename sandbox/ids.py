"""Ids that look like Slack's, and message timestamps."""

import secrets
from collections import Counter
from collections.abc import Container
from hashlib import sha256

from sandbox.clock import VirtualClock


class Ids:
    """Hands out ids and timestamps, each of them once, also over several starts.

    An app keeps ids in a database that outlives this workspace: one that came again would be
    taken for the same view, conversation or file.
    """

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._start = secrets.token_hex(3).upper()
        self._counts: Counter[str] = Counter()
        self._last_micros = 0

    def next(self, prefix: str) -> str:
        """A new id, e.g. "D04F9A210001"."""
        self._counts[prefix] += 1
        return f"{prefix}0{self._start}{self._counts[prefix]:04d}"

    def user(self, name: str, taken: Container[str]) -> str:
        """A user id that shows the name, e.g. "U0ADABROOK"."""
        letters = "".join(c for c in name.upper() if c.isascii() and c.isalpha())[:9] or "MEMBER"
        candidate = f"U0{letters}"
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"U0{letters}{number}"
        return candidate

    def short(self) -> str:
        """A short random-looking id as Slack gives to a block without one."""
        self._counts["short"] += 1
        return sha256(str(self._counts["short"]).encode()).hexdigest()[:6]

    def seconds(self) -> int:
        """The clock's whole seconds since 1970."""
        return int(self._clock.now().timestamp())

    def ts(self) -> str:
        """A message timestamp: the clock's seconds and microseconds, always increasing."""
        micros = round(self._clock.now().timestamp() * 1_000_000)
        self._last_micros = max(micros, self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def hash(self) -> str:
        """A view's hash, new with each of its versions."""
        self._counts["hash"] += 1
        return f"{self.seconds()}.{self.short()}"
