"""Faults to order: what Slack and the network do on a bad day."""

from dataclasses import dataclass
from itertools import count

ANY = "any"  # in an order: whichever call comes next


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

    @property
    def words(self) -> str:
        """What happens, as the page says it."""
        told = {
            f"429, to come back in {self.retry_after} s": self.retry_after is not None,
            f"HTTP status {self.status}": self.status is not None,
            f"refused with {self.error}": self.error is not None and self.status is None,
            "the line breaks before it is taken": self.drop,
            "taken, and the answer is lost": self.lose_answer,
            f"taken {self.late:g} s late": bool(self.late),
            f"answered {self.delay:g} s late": bool(self.delay),
        }
        return ", ".join(words for words, applies in told.items() if applies)


@dataclass(eq=False)
class Order:
    """So many calls of one method that are still to go wrong in one way."""

    id: int
    method: str
    fault: Fault
    left: int


class Faults:
    """The orders that wait; answers to a response_url count as a method, "response_url"."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.orders: list[Order] = []  # the oldest first

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
        """Let the next `times` calls of `method`, or of ANY, go wrong in this way (see Fault)."""
        fault = Fault(error, status, retry_after, drop, lose_answer, delay, late)
        self.orders.append(Order(next(self._ids), method, fault, times))

    def take(self, method: str) -> Fault | None:
        """The fault that was ordered for this call, used up by it."""
        for order in self.orders:
            if order.method in (method, ANY):
                order.left -= 1
                if not order.left:
                    self.orders.remove(order)
                return order.fault
        return None

    def waiting(self, method: str) -> int:
        """How many orders for this method no call has met yet."""
        return sum(order.left for order in self.orders if order.method == method)

    def take_back(self, order_id: int) -> None:
        """Forget one order, if it still waits."""
        self.orders = [order for order in self.orders if order.id != order_id]

    def clear(self) -> None:
        """Forget all orders."""
        self.orders.clear()
