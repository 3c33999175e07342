"""The running bot: opens what it needs, works until it is told to stop, closes in order."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import build_app
from bot.clock import Clock, SystemClock
from bot.delivery import Delivery
from bot.health import ASKS, Health
from bot.heartbeat import Heartbeat
from bot.http_transport import HttpTransport
from bot.in_flight import InFlight
from bot.metrics import Metrics, exposition
from bot.metrics_server import serving
from bot.pace import METHODS, Pace
from bot.post_room import PostRoom
from bot.replanning import Replanning
from bot.settings import HTTP, Settings
from bot.slack_client import build_client, open_session
from bot.told_to_stop import told_to_stop, unless_told
from bot.transport import SocketModeTransport
from storage import migrate
from storage.engine import create_engine
from storage.errors import DatabaseAhead
from storage.sessions import Sessions

log = structlog.get_logger()

Transport = SocketModeTransport | HttpTransport


class DatabaseBehind(Exception):
    """The database has not the schema that this version needs, and others may be using it."""

    def __init__(self, current: str | None, newest: str | None) -> None:
        super().__init__(
            f"The database is at migration {current or 'none'}, this version needs {newest}."
            " Run: rapport db upgrade"
        )


@dataclass(frozen=True)
class Bot:
    """A bot at work; `in_flight` knows when it is at rest."""

    transport: Transport
    in_flight: InFlight
    heartbeat: Heartbeat
    delivery: Delivery
    # Where the metrics are served, if the operator asked for them.
    metrics_url: str | None = None

    async def at_rest(self) -> datetime | None:
        """Wait until nothing is under way; give the next moment with something to do."""
        await self.in_flight.idle()
        return self.heartbeat.next_due

    async def stop(self) -> None:
        """Take nothing new, finish what has begun, give back what was claimed and not begun."""
        self.delivery.stop()
        await self.transport.stop()


async def run_bot(
    settings: Settings, clock: Clock | None = None, ready: Callable[[Bot], None] | None = None
) -> None:
    """Work until SIGINT or SIGTERM, then finish what has begun.

    `ready` is called once Slack has said hello, or may come in over HTTP.

    Raises SlackApiError or ConnectionRefused when Slack refuses the tokens, DatabaseBehind when
    somebody has to migrate a shared database first, DatabaseAway when it cannot be reached,
    WrongDatabase or DatabaseAhead when it will not do, ClockSilent when a clock is to be followed
    that does not answer, MetricsPortTaken or HttpPortTaken when what is served has no port.
    """
    with told_to_stop() as stop:
        async with AsyncExitStack() as stack:
            opened: list[Bot] = []
            # Slack or the database may keep the start waiting: it is given up at once.
            if await unless_told(_open(settings, clock, stack, opened), stop):
                await _work(opened[0], stop, ready)


async def _open(
    settings: Settings, clock: Clock | None, stack: AsyncExitStack, opened: list[Bot]
) -> None:
    if clock is not None or settings.rapport_clock_url is None:
        opened.append(await stack.enter_async_context(at_work(settings, clock or SystemClock())))
        return
    from bot.followed_clock import following

    followed = await stack.enter_async_context(following(settings.rapport_clock_url))
    opened.append(await stack.enter_async_context(at_work(settings, followed)))
    followed.answer_with(opened[0].at_rest)


async def _work(bot: Bot, stop: asyncio.Event, ready: Callable[[Bot], None] | None) -> None:
    line = asyncio.create_task(bot.transport.run())
    told = asyncio.create_task(stop.wait())
    hello = asyncio.create_task(bot.transport.connected())
    try:
        await asyncio.wait({hello, told}, return_when=asyncio.FIRST_COMPLETED)
        if ready is not None and hello.done() and hello.exception() is None:
            ready(bot)
        await asyncio.wait({line, told}, return_when=asyncio.FIRST_COMPLETED)
        await bot.stop()
        await line
    finally:
        for task in (hello, told):
            task.cancel()
        # Also what a line that was refused let the wait for its hello end with.
        await asyncio.gather(hello, told, return_exceptions=True)


@asynccontextmanager
async def at_work(
    settings: Settings, clock: Clock, engine: AsyncEngine | None = None
) -> AsyncIterator[Bot]:
    """Open everything and start the heartbeat; on leaving, finish what has begun and close.

    The transport is not running yet: that is the caller's to start and to stop. An engine may be
    given to bots that come one after another: its connections are closed with each of them, and
    what it has compiled stays.
    """
    async with open_session() as http, AsyncExitStack() as stack:
        client = build_client(settings.slack_bot_token, settings.slack_api_url, http)
        poster = build_client(
            settings.slack_bot_token, settings.slack_api_url, http, left_to_caller=METHODS
        )
        identity = await _identify(client)
        engine = engine or create_engine(settings.database_url)
        sessions = Sessions(engine, settings.number_limits)
        stack.push_async_callback(sessions.close)
        await _migrated(engine, settings.database_url)
        # Bolt takes the token from `identity`; with one here it would warn about two.
        client.token = None
        app = build_app(
            client,
            identity,
            sessions,
            clock,
            prefix=settings.command_prefix,
            facilitators=settings.facilitators,
        )
        in_flight = InFlight(app)
        metrics = Metrics()
        metrics.watch(lambda: in_flight.count)
        replanning = Replanning(sessions, clock)
        pace = Pace(settings.messages_a_minute)
        delivery = Delivery(
            PostRoom(poster, sessions, clock, pace, metrics, owner=_owner(), since=clock.now())
        )
        heartbeat = Heartbeat(delivery, replanning, clock, in_flight, metrics)
        stack.push_async_callback(heartbeat.stop)
        sessions.when_nudges_change(heartbeat.wake)
        if settings.transport == HTTP:
            asker = build_client(
                settings.slack_bot_token, settings.slack_api_url, http, left_to_caller=(ASKS,)
            )
            health = Health(engine, asker, heartbeat)
            transport: Transport = _over_http(settings, app, in_flight, health)
        else:
            transport = SocketModeTransport(
                app, settings.slack_app_token, session=http, in_flight=in_flight
            )
        metrics_url = None
        if settings.metrics_port is not None:
            shown = partial(exposition, metrics, sessions, clock)
            serve = serving(shown, settings.metrics_host, settings.metrics_port)
            metrics_url = await stack.enter_async_context(serve)
        heartbeat.start()
        yield Bot(transport, in_flight, heartbeat, delivery, metrics_url)


def _over_http(
    settings: Settings, app: AsyncApp, in_flight: InFlight, health: Health
) -> HttpTransport:
    return HttpTransport(
        app,
        settings.slack_signing_secret,
        host=settings.http_host,
        port=settings.http_port,
        lead=settings.http_stop_lead,
        in_flight=in_flight,
        health=health,
    )


async def _identify(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack once who this bot is."""
    answer = await client.auth_test()
    return AuthorizeResult.from_auth_test_response(
        auth_test_response=answer, bot_token=client.token
    )


async def _migrated(engine: AsyncEngine, url: str) -> None:
    """Bring an SQLite file up to date; a PostgreSQL is somebody's to migrate."""
    if engine.dialect.name == "sqlite":
        await migrate.upgrade(url)
        return
    state = await migrate.state(engine)
    if state.is_ahead:
        raise DatabaseAhead(migrate.ahead(state))
    if not state.up_to_date:
        raise DatabaseBehind(state.current, state.newest)


def _owner() -> str:
    """A name for this process's claims: unlike any other's, also after a restart."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{os.urandom(4).hex()}"
