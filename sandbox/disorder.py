"""Deliveries that come twice, or after what follows: Slack promises neither once nor in order."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from sandbox.errors import NoAnswer
from sandbox.faults import ANY
from sandbox.model import Json

TWICE, OVERTAKEN = "twice", "overtaken"
LONGEST_WAIT = 10.0  # seconds in which something else has to come, for what is to be overtaken
# What was ordered to happen to a delivery, in words.
WORDS = {TWICE: "comes twice", OVERTAKEN: "comes after the one that follows"}


@dataclass(frozen=True)
class Attempt:
    """One way to the app."""

    number: int = 0  # how often it was tried before
    failed: str = ""  # why the one before failed
    ordered: str = ""  # what was ordered to happen to it, in words


Send = Callable[[Attempt], Awaitable[Json]]


@dataclass(eq=False)
class DeliveryOrder:
    """So many deliveries of one kind of envelope that are to come twice, or to be overtaken."""

    id: int
    kind: str  # events_api, interactive, slash_commands or ANY
    what: str  # TWICE or OVERTAKEN
    left: int


class Disorder:
    """Passes on what is sent to the app, as it was ordered."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._copies: set[asyncio.Task[None]] = set()
        self._arrived = asyncio.Event()
        self.orders: list[DeliveryOrder] = []  # the oldest first

    def next(self, kind: str, what: str, times: int = 1) -> None:
        """Let the next `times` deliveries of this kind come twice, or be overtaken."""
        self.orders.append(DeliveryOrder(next(self._ids), kind, what, times))

    def take_back(self, order_id: int) -> None:
        """Forget one order, if it still waits."""
        self.orders = [order for order in self.orders if order.id != order_id]

    def clear(self) -> None:
        """Forget all orders."""
        self.orders.clear()

    async def pass_on(self, kind: str, send: Send) -> Json:
        """Send one thing to the app; returns its first answer; raises NoAnswer."""
        what = self._take(kind)
        if what == OVERTAKEN:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_WAIT):
                    await self._arrived.wait()
        try:
            answer = await send(Attempt(ordered=WORDS.get(what, "")))
        finally:
            self._arrived.set()
            self._arrived = asyncio.Event()
        if what == TWICE:
            copy = asyncio.create_task(_again(send))
            self._copies.add(copy)
            copy.add_done_callback(self._copies.discard)
        return answer

    def _take(self, kind: str) -> str:
        for order in self.orders:
            if order.kind in (kind, ANY):
                order.left -= 1
                if not order.left:
                    self.orders.remove(order)
                return order.what
        return ""

    async def stop(self) -> None:
        """Give up the copies that are on their way."""
        for copy in list(self._copies):
            copy.cancel()
        await asyncio.gather(*self._copies, return_exceptions=True)


async def _again(send: Send) -> None:
    """Send it once more, as after an acknowledgement that never arrived; its answer is nobody's."""
    with suppress(NoAnswer):
        await send(Attempt(1, "operation_timeout", WORDS[TWICE]))
