"""Keeps the bot connected to Slack over Socket Mode, and back within seconds of any cut."""

import asyncio
import random

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.in_flight import InFlight
from bot.slack_failures import Failure, classify, error_code, retry_after
from bot.socket_connection import SocketConnection

log = structlog.get_logger()

HEARTBEAT = 2.5  # aiohttp gives a line up after one and a half: a dead one is noticed in 3.75 s
OPEN_WITHIN = 3.0  # for each step; a pooled connection may be as dead as the line that was cut
FIRST_DELAY, LONGEST_DELAY = 0.1, 2.0
WAIT_WHEN_LIMITED = 30.0  # when Slack names none
OLD_LINE_FOR = 10.0  # Slack closes a connection about ten seconds after asking for a new one
ANSWERS_WITHIN = 3.0  # Slack gives an answer up after three seconds
HOPELESS = (Failure.DEAD_CREDENTIALS, Failure.CONFIGURATION)


class ConnectionRefused(Exception):
    """Slack will not let this app connect, and trying again would not help."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Slack refused the Socket Mode connection ({code}). Check SLACK_APP_TOKEN: an"
            " app-level token (xapp-…) with the scope connections:write, of an app that has"
            " Socket Mode on."
        )
        self.code = code


class SocketModeTransport:
    """Receives what members do over Socket Mode and answers through the app.

    `heartbeat` is in seconds; a line that stays silent for one and a half of it is given up.
    `drain` is how many seconds `stop` leaves to work that has begun.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        session: aiohttp.ClientSession,
        in_flight: InFlight | None = None,
        heartbeat: float = HEARTBEAT,
        drain: float = 10.0,
    ) -> None:
        self.in_flight = in_flight or InFlight(app)
        self._app = app
        self._app_token = app_token
        self._session = session
        self._heartbeat = heartbeat
        self._drain = drain
        self._connections: set[SocketConnection] = set()
        self._retiring: dict[SocketConnection, asyncio.Task[None]] = {}
        self._running = False
        self._stopping = asyncio.Event()
        self._greeted = asyncio.Event()
        self._ended = asyncio.Event()
        self._failures = 0

    async def run(self) -> None:
        """Stay connected until `stop`; raises ConnectionRefused if Slack refuses the app token."""
        self._running = True
        keeper = asyncio.create_task(self._keep_connected())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({keeper, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if keeper.done():
                keeper.result()
            await _cancel(keeper)
            await self._finish_work()
        finally:
            await _cancel(keeper, stopping, *self._retiring.values())
            await asyncio.gather(*(connection.close() for connection in self._connections))
            self._connections.clear()
            self._ended.set()
            log.info("socket mode: stopped")

    async def connected(self) -> None:
        """Wait for Slack's first hello; raises ConnectionError if `run` ends before it."""
        if not await _either(self._greeted, self._ended):
            raise ConnectionError("Socket Mode ended before Slack said hello")

    async def stop(self) -> None:
        """Take nothing new, let begun work finish within `drain` seconds, and close politely."""
        self._stopping.set()
        for connection in self._connections:
            connection.stop_taking()
        if self._running:
            await self._ended.wait()

    async def _keep_connected(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection = await self._open()
            since = loop.time()
            self._retire_all_but(connection)
            await connection.leaving.wait()
            if loop.time() - since > LONGEST_DELAY:
                self._failures = 0
            else:
                self._failures += 1  # a server that drops each connection at once is not hammered

    async def _open(self) -> SocketConnection:
        while True:
            await asyncio.sleep(self._delay())
            try:
                connection = await self._open_once()
            except SlackApiError as error:
                self._failures += 1
                await self._after_refusal(error)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                self._failures += 1
                log.warning("socket mode: cannot connect", error=type(error).__name__)
            else:
                self._greeted.set()
                return connection

    async def _open_once(self) -> SocketConnection:
        client = self._app.client
        async with asyncio.timeout(OPEN_WITHIN):
            answer = await client.apps_connections_open(app_token=self._app_token)
        async with asyncio.timeout(OPEN_WITHIN):
            websocket = await self._session.ws_connect(
                str(answer["url"]),
                heartbeat=self._heartbeat,
                timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                proxy=client.proxy,
                ssl=client.ssl or True,
            )
        connection = SocketConnection(websocket, self._app, self.in_flight)
        self._connections.add(connection)
        try:
            async with asyncio.timeout(OPEN_WITHIN):
                if not await _either(connection.greeted, connection.lost):
                    raise ConnectionResetError("closed before hello")
        except BaseException:
            self._connections.discard(connection)
            await connection.close()
            raise
        return connection

    async def _after_refusal(self, error: SlackApiError) -> None:
        failure, code = classify(error), error_code(error)
        if failure in HOPELESS:
            raise ConnectionRefused(code) from error
        log.warning("socket mode: refused for now", failure=failure.value, code=code)
        if failure is Failure.RATE_LIMITED:
            wait = retry_after(error)
            await asyncio.sleep(WAIT_WHEN_LIMITED if wait is None else wait)

    def _delay(self) -> float:
        if self._failures == 0:
            return 0.0
        longest = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(self._failures - 1, 10))
        return longest * random.uniform(0.5, 1.0)

    def _retire_all_but(self, successor: SocketConnection) -> None:
        for connection in self._connections - self._retiring.keys() - {successor}:
            self._retiring[connection] = asyncio.create_task(self._retire(connection))

    async def _retire(self, connection: SocketConnection) -> None:
        """Go on answering on the old line until Slack closes it or its time is up."""
        try:
            async with asyncio.timeout(OLD_LINE_FOR):
                await connection.lost.wait()
        except TimeoutError:
            await _hang_up(connection)
        finally:
            await connection.close()
            self._connections.discard(connection)
            self._retiring.pop(connection, None)

    async def _finish_work(self) -> None:
        """Answer what is in hand, hang up, and wait for listeners that run on."""
        try:
            async with asyncio.timeout(self._drain):
                await asyncio.gather(*map(_hang_up, self._connections))
                await self.in_flight.idle()
        except TimeoutError:
            log.warning("socket mode: work left unfinished", count=self.in_flight.count)


async def _hang_up(connection: SocketConnection) -> None:
    connection.stop_taking()
    await connection.answered(within=ANSWERS_WITHIN)
    await connection.close()


async def _either(wanted: asyncio.Event, instead: asyncio.Event) -> bool:
    """Wait for one of two events; tell whether the wanted one has come."""
    waits = {asyncio.create_task(event.wait()) for event in (wanted, instead)}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancel(*waits)
    return wanted.is_set()


async def _cancel(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
