"""One Socket Mode connection: reads envelopes, has the app work on them, answers each."""

import asyncio
import json
import logging
from time import time
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.in_flight import InFlight

log = structlog.get_logger()


class SocketConnection:
    """A WebSocket to Slack; every envelope is answered on the connection it came from."""

    def __init__(
        self, websocket: aiohttp.ClientWebSocketResponse, app: AsyncApp, in_flight: InFlight
    ) -> None:
        self.greeted = asyncio.Event()  # Slack said hello
        self.leaving = asyncio.Event()  # a successor is needed: Slack asked for one, or it is lost
        self.lost = asyncio.Event()  # nothing more can come or go
        self._websocket = websocket
        self._line = _Line(websocket)
        self._app = app
        self._in_flight = in_flight
        self._taking = True
        self._unanswered: set[asyncio.Task[None]] = set()
        self._reader = asyncio.create_task(self._read())

    def stop_taking(self) -> None:
        """Leave envelopes that come from now on to another connection."""
        self._taking = False

    async def answered(self, within: float) -> None:
        """Wait until every envelope in hand is answered, for `within` seconds at most."""
        if self._unanswered:
            await asyncio.wait(self._unanswered, timeout=within)

    async def close(self) -> None:
        """Say goodbye, drop the line, and return when the reader has ended."""
        self._taking = False
        await self._websocket.close()
        self._reader.cancel()
        await asyncio.wait([self._reader])

    async def _read(self) -> None:
        try:
            async for frame in self._websocket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._hear(frame.data)
        finally:
            self.leaving.set()
            self.lost.set()

    def _hear(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            message = None
        if not isinstance(message, dict):
            log.warning("socket mode: unreadable frame", size=len(text))
            return
        match message.get("type"):
            case "hello":
                log.info("socket mode: connected", connections=message.get("num_connections"))
                self.greeted.set()
            case "disconnect":
                log.info("socket mode: asked to reconnect", reason=message.get("reason"))
                self.leaving.set()
            case _:
                self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        if not self._taking:
            return
        if not isinstance(message.get("payload"), dict):
            log.warning("socket mode: envelope without payload", type=message.get("type"))
            return
        request = SocketModeRequest.from_dict(message)
        if request is None:
            log.warning("socket mode: not an envelope", type=message.get("type"))
            return
        task = asyncio.create_task(self._answer(request))
        self._unanswered.add(task)
        task.add_done_callback(self._done)

    async def _answer(self, request: SocketModeRequest) -> None:
        async with self._in_flight.dispatching():
            started = time()  # for the duration that Bolt logs
            response = await run_async_bolt_app(self._app, request)
            if response.status != 200:
                # As Bolt's own adapter: no answer, and Slack tells the member or tries again.
                log.warning("socket mode: not answered", type=request.type, status=response.status)
                return
            try:
                await send_async_response(self._line, request, response, started)
            except (aiohttp.ClientError, ConnectionError):
                log.warning("socket mode: answer lost with its connection", type=request.type)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._unanswered.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Bolt turns a listener's error into an answer; this one came from an error handler.
            log.error("socket mode: envelope failed", error=type(error).__name__)


class _Line(AsyncBaseSocketModeClient):
    """What Bolt's own answering function needs of a client: a logger and a way to send."""

    logger = logging.getLogger("bot.socket_connection.line")

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket

    async def send_message(self, message: str) -> None:
        await self._websocket.send_str(message)
