"""Faults to order: what Slack and the network do on a bad day."""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What happens to one call.

    `error`: the answer's error code. `status`: an HTTP status instead of an answer. `retry_after`:
    429 with this many seconds. `drop`: the connection breaks before Slack took the call.
    `lose_answer`: Slack does it and the connection breaks. `delay`: Slack does it and the answer
    comes this many seconds late. `late`: Slack does it this many seconds late.
    """

    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    drop: bool = False
    lose_answer: bool = False
    delay: float = 0.0
    late: float = 0.0

    @property
    def before_acceptance(self) -> bool:
        """Whether the call has no effect."""
        refused = self.error is not None or self.status is not None
        return refused or self.retry_after is not None or self.drop


class Faults:
    """The orders that wait, by method; answers to a response_url count as one, "response_url"."""

    def __init__(self) -> None:
        self._orders: dict[str, deque[Fault]] = {}

    def next(
        self,
        method: str,
        *,
        error: str | None = None,
        status: int | None = None,
        retry_after: int | None = None,
        drop: bool = False,
        lose_answer: bool = False,
        delay: float = 0.0,
        late: float = 0.0,
        times: int = 1,
    ) -> None:
        """Let the next `times` calls of `method` go wrong in this way (see Fault)."""
        fault = Fault(error, status, retry_after, drop, lose_answer, delay, late)
        self._orders.setdefault(method, deque()).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault that was ordered for this call, used up by it."""
        waiting = self._orders.get(method)
        return waiting.popleft() if waiting else None

    def waiting(self, method: str) -> int:
        """How many orders for this method no call has met yet."""
        return len(self._orders.get(method, ()))

    def clear(self) -> None:
        """Forget all orders."""
        self._orders.clear()
