"""The bot at work in this very process, to be stopped politely, or dropped in mid-air."""

import asyncio
import weakref
from collections.abc import Callable, Coroutine, Generator
from contextlib import AbstractAsyncContextManager
from contextvars import ContextVar, copy_context
from datetime import datetime
from typing import Any, Protocol

from sandbox.clock import VirtualClock
from sandbox.server import Sandbox

_number: ContextVar[int] = ContextVar("bot")


class Transport(Protocol):
    """The bot's line to Slack."""

    async def run(self) -> None:
        """Stay connected until told to stop."""

    async def connected(self) -> None:
        """Wait for Slack's first hello."""


class InFlight(Protocol):
    """Knows whether the bot is at rest."""

    async def idle(self) -> None:
        """Wait until nothing is under way."""


class Heartbeat(Protocol):
    """Knows when the bot has something to do next."""

    @property
    def next_due(self) -> datetime | None:
        """The next moment, aware."""


class Working(Protocol):
    """A bot at work, as far as the simulation needs to know it."""

    @property
    def transport(self) -> Transport:
        """Its line to Slack."""

    @property
    def in_flight(self) -> InFlight:
        """Whether it is at rest."""

    @property
    def heartbeat(self) -> Heartbeat:
        """When it has something to do next."""

    async def stop(self) -> None:
        """Take nothing new and finish what has begun."""


class Clock(Protocol):
    """What a bot needs of a clock."""

    def now(self) -> datetime:
        """This moment, aware UTC."""

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have it called after each jump."""


OpenBot = Callable[[str, Clock], AbstractAsyncContextManager[Working]]


class Bots(Protocol):
    """One bot or several, whichever way they run."""

    fell: int

    async def start(self) -> None:
        """Start those that do not run."""

    async def settle(self) -> None:
        """Wait until they are at rest."""

    async def kill(self) -> None:
        """Let one die without warning."""

    async def stop(self) -> None:
        """Stop all politely."""

    @property
    def next_due(self) -> datetime | None:
        """The next moment at which there is something to do, where that can be known."""


class _ItsClock:
    """The sandbox's clock for one bot, who hears of no jump any more once it is dead."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock, self.dead = clock, False
        self._context = copy_context()

    def now(self) -> datetime:
        return self._clock.now()

    def subscribe(self, callback: Callable[[], None]) -> None:
        def tell() -> None:
            if not self.dead:
                # What the bot begins upon it is the bot's own, and dies with it.
                self._context.copy().run(callback)

        self._clock.subscribe(tell)


class BotHere:
    """One bot in this process. To kill it is to cancel all its tasks wherever they stand."""

    def __init__(self, sandbox: Sandbox, open_bot: OpenBot) -> None:
        self._sandbox, self._open_bot = sandbox, open_bot
        self._count = 0
        self._tasks: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()
        self._bot: Working | None = None
        self._life: asyncio.Task[None] | None = None
        self._clock: _ItsClock | None = None
        self.fell = 0
        asyncio.get_running_loop().set_task_factory(self._make_task)

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self._life is not None and self._life.done():
            self.fell += 1
            self._life = None
        if self._life is not None:
            return
        self._count += 1
        ready: asyncio.Future[Working] = asyncio.get_running_loop().create_future()
        token = _number.set(self._count)
        try:
            self._clock = _ItsClock(self._sandbox.clock)
            self._life = asyncio.create_task(self._live(self._clock, ready))
        finally:
            _number.reset(token)
        both: set[asyncio.Future[Any]] = {ready, self._life}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if self._life.done():
            self._life.result()
        self._bot = ready.result()
        await self.settle()

    async def settle(self) -> None:
        """Wait until it is at rest; at once if it does not run."""
        if self._bot is not None:
            await self._bot.in_flight.idle()

    async def kill(self) -> None:
        """Drop it in mid-air: no goodbye, nothing finished, nothing given back."""
        if self._life is None or self._clock is None:
            return
        self._clock.dead = True
        self._sandbox.cut_sockets()
        its_own = [task for task in self._tasks if not task.done()]
        for task in its_own:
            task.cancel()
        await asyncio.gather(*its_own, return_exceptions=True)
        self._bot, self._life = None, None
        self._tasks.clear()

    async def stop(self) -> None:
        """Stop it politely."""
        if self._bot is None or self._life is None or self._clock is None:
            return
        await self._bot.stop()
        self._clock.dead = True
        await self._life
        self._bot, self._life = None, None

    @property
    def next_due(self) -> datetime | None:
        """The next moment at which it has something to do."""
        return self._bot.heartbeat.next_due if self._bot is not None else None

    async def _live(self, clock: Clock, ready: "asyncio.Future[Working]") -> None:
        async with self._open_bot(self._sandbox.api_url, clock) as bot:
            line = asyncio.create_task(bot.transport.run())
            await bot.transport.connected()
            ready.set_result(bot)
            await line

    def _make_task(
        self,
        loop: asyncio.AbstractEventLoop,
        work: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
        **options: Any,
    ) -> "asyncio.Task[Any]":
        task = asyncio.Task(work, loop=loop, **options)
        context = options.get("context")
        if (context.get(_number) if context is not None else _number.get(None)) == self._count:
            self._tasks.add(task)
        return task
