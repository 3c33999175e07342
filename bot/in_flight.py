"""Counts the work that has begun and not ended, so that a stop or a test can wait for it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse


class InFlight:
    """Knows whether the app is at rest: no request in hand, no listener still running.

    Bolt runs a listener on after its `ack`, and an event's listener only begins after the
    answer has gone out; counting requests alone would call the app idle too early.
    """

    def __init__(self, app: AsyncApp) -> None:
        self._count = 0
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        # asyncio itself keeps only weak references to tasks, and Bolt keeps none to its own.
        self._tasks: set[asyncio.Future[Any]] = set()
        runner = app.listener_runner
        runner.listener_start_handler = _Listeners(self, runner.listener_start_handler)

    @property
    def count(self) -> int:
        """How many requests, listeners and other pieces of work are under way."""
        return self._count

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._count:
            await self._at_rest.wait()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count what happens inside as work under way, such as a beat of the heartbeat."""
        self._begin()
        try:
            yield
        finally:
            self._end()

    @asynccontextmanager
    async def dispatching(self) -> AsyncIterator[None]:
        """Count a request while Bolt has it in hand; wrap `app.async_dispatch` in this."""
        with self.working():
            yield
            # Bolt answers an event before its listener's task has taken its first step. Step
            # aside once, so that the listener is counted before the request stops counting.
            await asyncio.sleep(0)

    def hold(self, task: asyncio.Future[Any]) -> None:
        """Count a task until it is done, however it ends."""
        self._begin()
        self._tasks.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Future[Any]) -> None:
        self._tasks.discard(task)
        self._end()

    def _begin(self) -> None:
        self._count += 1
        self._at_rest.clear()

    def _end(self) -> None:
        self._count -= 1
        if self._count == 0:
            self._at_rest.set()


class _Listeners(AsyncListenerStartHandler):
    """Hears of each listener as it starts, in the task that Bolt made for it."""

    def __init__(self, in_flight: InFlight, before: AsyncListenerStartHandler) -> None:
        self._in_flight = in_flight
        self._before = before

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._in_flight.hold(task)
        await self._before.handle(request=request, response=response)
