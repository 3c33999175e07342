"""Has Slack reach the bot over HTTP: the request URL, and what tells whether the bot is well."""

import asyncio
import contextlib
import socket
from asyncio import sleep
from collections.abc import Iterator

import structlog
import uvicorn
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.health import Health
from bot.http_door import Door
from bot.in_flight import InFlight

log = structlog.get_logger()

REQUEST_PATH = "/slack/events"
# Slack gives an answer up after three seconds; nobody waits for one that is not there by then.
ANSWERS_WITHIN = 3.0


class HttpPortTaken(Exception):
    """Something else listens where Slack's requests should come in."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(
            f"Slack's requests cannot be taken at {host}, port {port} ({error.strerror}). Name"
            " another HTTP_PORT, or stop what listens there."
        )


class HttpTransport:
    """Receives what members do as signed requests and answers them through the app.

    `lead` is for how many seconds `stop` says that the bot is not ready and takes requests all the
    same; `drain`, how many it then leaves to work that has begun.
    """

    def __init__(
        self,
        app: AsyncApp,
        signing_secret: str,
        *,
        host: str,
        port: int,
        in_flight: InFlight,
        health: Health,
        lead: float = 0.0,
        drain: float = 10.0,
    ) -> None:
        self.in_flight = in_flight
        self._door = Door(app, signing_secret, in_flight)
        self._health = health
        self._host, self._port = host, port
        self._lead, self._drain = lead, drain
        self._server = _Server(self._rooms())
        self._ended = asyncio.Event()
        self.url = ""

    async def run(self) -> None:
        """Listen until `stop`; raises HttpPortTaken."""
        try:
            listener = _listener(self._host, self._port)
        except OSError as error:
            self._ended.set()
            self._server.listening.set()
            raise HttpPortTaken(self._host, self._port, error) from error
        shown = f"[{self._host}]" if ":" in self._host else self._host
        self.url = f"http://{shown}:{listener.getsockname()[1]}{REQUEST_PATH}"
        log.info("http: listening", port=listener.getsockname()[1])
        try:
            await self._server.serve([listener])
            await self._finish_work()
        finally:
            self._ended.set()
            log.info("http: stopped")

    async def connected(self) -> None:
        """Wait until it listens; raises ConnectionError if it never will."""
        await self._server.listening.wait()
        if not self.url:
            raise ConnectionError("Slack's requests cannot be taken")

    async def stop(self) -> None:
        """Say so, then take nothing new, answer what is in hand, and return when it is over."""
        self._health.leave()
        if self.url:
            # Whoever shares requests out sends them here until /readyz has told it otherwise.
            await sleep(self._lead)
        self._door.close()
        self._server.should_exit = True
        if self.url:
            await self._ended.wait()

    def _rooms(self) -> Starlette:
        return Starlette(
            routes=[
                Route(REQUEST_PATH, self._door.answer, methods=["POST"]),
                Route("/healthz", self._alive),
                Route("/readyz", self._ready),
            ]
        )

    async def _alive(self, _: Request) -> Response:
        return JSONResponse({"alive": True})

    async def _ready(self, _: Request) -> Response:
        found = await self._health.look()
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    async def _finish_work(self) -> None:
        try:
            async with asyncio.timeout(self._drain):
                await self.in_flight.idle()
        except TimeoutError:
            log.warning("http: work left unfinished", count=self.in_flight.count)


class _Server(uvicorn.Server):
    """uvicorn in the loop that is there, without signal handlers of its own."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                log_level="critical",  # it would log addresses; what matters the door logs
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=int(ANSWERS_WITHIN),
            )
        )
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program around."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self.listening.set()


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
