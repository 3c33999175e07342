"""A clock that follows another one over a WebSocket: the sandbox's, when it runs by itself.

Only for trying things out. The sandbox moves its clock in jumps; in between both tick alike.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog

from bot.clock import SystemClock

log = structlog.get_logger()

_AFTER_A_FAILURE = 1.0
_AT_THE_START = 5.0
_LINE_TROUBLE = (aiohttp.ClientError, TimeoutError, ConnectionError)

AtRest = Callable[[], Awaitable[datetime | None]]


class ClockSilent(Exception):
    """The clock that is to be followed does not answer."""

    def __init__(self, url: str, error: Exception) -> None:
        super().__init__(
            f"No clock answers at {url} ({type(error).__name__}). Start the sandbox whose clock it"
            " is, or take RAPPORT_CLOCK_URL out of .env."
        )


class FollowedClock:
    """Tells the time of the clock at `url`, as far as it has heard from it."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        # Settings end every address in a slash; a WebSocket is not redirected to one without.
        self._url = url.rstrip("/")
        self._session = session
        self._ahead = timedelta()
        self._callbacks: list[Callable[[], None]] = []
        self._at_rest: AtRest | None = None
        self._answering: set[asyncio.Task[None]] = set()

    def now(self) -> datetime:
        """Give this moment, aware UTC."""
        return datetime.now(UTC) + self._ahead

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after each jump."""
        self._callbacks.append(callback)

    def answer_with(self, at_rest: AtRest) -> None:
        """Answer who moves the clock and asks when this process is at rest.

        `at_rest` waits until it is, and gives the next moment at which there is something to do.
        """
        self._at_rest = at_rest

    async def ask(self) -> None:
        """Ask the other clock once what it says."""
        async with self._session.get(self._url) as answer:
            answer.raise_for_status()
            self._hear(await answer.json())

    async def follow(self) -> None:
        """Hear of every jump until cancelled; while the other is silent, this clock ticks on."""
        while True:
            try:
                async with self._session.ws_connect(self._url) as line:
                    async for message in line:
                        self._take(json.loads(message.data), line)
            except _LINE_TROUBLE as error:
                log.warning("clock: cannot hear the other one", error=type(error).__name__)
            await asyncio.sleep(_AFTER_A_FAILURE)

    def _take(self, told: dict[str, Any], line: aiohttp.ClientWebSocketResponse) -> None:
        if "question" not in told:
            self._hear(told)
            for callback in list(self._callbacks):
                callback()
        elif self._at_rest is not None:
            answering = asyncio.create_task(_answer(told["question"], self._at_rest, line))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)

    def _hear(self, told: dict[str, Any]) -> None:
        self._ahead = datetime.fromisoformat(told["now"]) - datetime.now(UTC)


async def _answer(question: int, at_rest: AtRest, line: aiohttp.ClientWebSocketResponse) -> None:
    due = await at_rest()
    answer = {"answer": question, "next_due": due.isoformat() if due else None}
    try:
        await line.send_json(answer)
    except _LINE_TROUBLE as error:
        log.warning("clock: an answer was not heard", error=type(error).__name__)


async def moment(url: str | None) -> datetime:
    """Ask once what time it is for the bot: by the clock at `url`, else this machine's.

    Raises ClockSilent.
    """
    if url is None:
        return SystemClock().now()
    async with following(url) as clock:
        return clock.now()


@asynccontextmanager
async def following(url: str) -> AsyncIterator[FollowedClock]:
    """Follow the clock at `url`; raises ClockSilent when it does not answer at the start."""
    async with aiohttp.ClientSession() as session:
        clock = FollowedClock(url, session)
        try:
            async with asyncio.timeout(_AT_THE_START):
                await clock.ask()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise ClockSilent(url, error) from error
        ear = asyncio.create_task(clock.follow())
        try:
            yield clock
        finally:
            ear.cancel()
            await asyncio.wait({ear})
