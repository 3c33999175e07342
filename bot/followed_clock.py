"""A clock that follows another one over HTTP: the sandbox's, when it runs by itself.

Only for trying things out. The sandbox moves its clock in jumps; in between both tick alike.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog

from bot.clock import SystemClock

log = structlog.get_logger()

# The sandbox answers at the next jump, or says after a while that there was none.
_WAIT = aiohttp.ClientTimeout(total=60)
_AFTER_A_FAILURE = 1.0
_AT_THE_START = 5.0


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
        self._url = url
        self._session = session
        self._ahead = timedelta()
        self._version = -1
        self._callbacks: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Give this moment, aware UTC."""
        return datetime.now(UTC) + self._ahead

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after each jump."""
        self._callbacks.append(callback)

    async def hear(self) -> None:
        """Wait for the other clock to tell of a jump; the first time it tells at once."""
        query = {"after": str(self._version)}
        async with self._session.get(self._url, params=query, timeout=_WAIT) as answer:
            answer.raise_for_status()
            told = await answer.json()
        self._ahead = datetime.fromisoformat(told["now"]) - datetime.now(UTC)
        if told["version"] != self._version:
            self._version = told["version"]
            for callback in list(self._callbacks):
                callback()

    async def follow(self) -> None:
        """Go on hearing until cancelled; while the other clock is silent, this one ticks on."""
        while True:
            try:
                await self.hear()
            except (aiohttp.ClientError, TimeoutError) as error:
                log.warning("clock: cannot hear the other one", error=type(error).__name__)
                await asyncio.sleep(_AFTER_A_FAILURE)


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
                await clock.hear()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise ClockSilent(url, error) from error
        ear = asyncio.create_task(clock.follow())
        try:
            yield clock
        finally:
            ear.cancel()
            await asyncio.wait({ear})
