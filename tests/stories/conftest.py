"""The whole house for a story: the sandbox, the real bot on a real line, a real database."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import structlog

from bot import logs
from bot.clock import Clock
from bot.http_transport import HttpTransport
from bot.manifest import manifest
from bot.pace import MESSAGES_A_MINUTE
from bot.service import Bot, at_work
from bot.settings import HTTP, SOCKET, Settings
from domain.limits import Limits
from sandbox.clock import VirtualClock
from sandbox.driver import Member
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Sandbox
from storage.engine import create_engine
from storage.sessions import Sessions

# A Monday morning: nine o'clock in London, where Ada lives.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Of the names and texts that the stories type: none of them may ever be logged.
PRIVATE_WORDS = (
    "Grace",
    "Hill",
    "Tom Reed",
    "Uma",
    "Acme",
    "Ada",
    "Ben",
    "dashboards",
    "Ask early",
)


@dataclass
class House:
    """A sandbox with the bot at work in it; the clock stands still until a story moves it."""

    sandbox: Sandbox
    bot: Bot
    database_url: str
    memory: Sessions  # a second look into the database, past the bot
    _running: AsyncExitStack

    @property
    def ada(self) -> Member:
        """Ada Brook, in London."""
        return self.sandbox.member("Ada")

    @property
    def ben(self) -> Member:
        """Ben Okafor, in New York."""
        return self.sandbox.member("Ben")

    @property
    def now(self) -> datetime:
        """The sandbox's moment."""
        return self.sandbox.clock.now()

    async def settle(self) -> None:
        """Wait until the bot is at rest."""
        await self.bot.in_flight.idle()

    async def go_down(self) -> None:
        """Stop the bot, as for an update; the workspace goes on."""
        await self._running.aclose()
        self.sandbox.settle = None

    async def later(self, **distance: float) -> None:
        """Move the clock on, and wait until the bot has done what came due."""
        self.sandbox.clock.advance(**distance)
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Move the clock to a moment, and wait until the bot has done what came due."""
        self.sandbox.clock.move_to(moment)
        await self.settle()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the bot logs during a story; nobody's words may be in it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    assert not [word for word in PRIVATE_WORDS if word in stream.getvalue()]


@pytest.fixture
async def house(database_url: str, log: io.StringIO) -> AsyncIterator[House]:
    """A running house; at its end Slack must have refused nothing, unless the story cleared it."""
    # Slack's three seconds are tested in tests/sandbox; a busy machine must not fail a story.
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False), ack_timeout=10.0)
    await sandbox.start()
    async with open_house(sandbox, database_url) as house:
        yield house
    await sandbox.stop()
    assert sandbox.refusals == []


@asynccontextmanager
async def open_house(
    sandbox: Sandbox,
    database_url: str,
    *,
    clock: Clock | None = None,
    messages_a_minute: int = MESSAGES_A_MINUTE,
    metrics_port: int | None = None,
    facilitators: frozenset[str] = frozenset(),
    number_limits: Limits | None = None,
    transport: str | None = None,
) -> AsyncIterator[House]:
    """Run the bot against a started sandbox; a story may do so again, for a restart.

    The bot's clock is the sandbox's unless another one is given. So that each story runs over both
    transports, it is Socket Mode with SQLite, and HTTP with PostgreSQL.
    """
    transport = transport or (SOCKET if database_url.startswith("sqlite") else HTTP)
    settings = Settings(
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN if transport == SOCKET else "",
        slack_signing_secret=SIGNING_SECRET if transport == HTTP else "",
        transport=transport,
        http_port=0,
        http_stop_lead=0,
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        messages_a_minute=messages_a_minute,
        metrics_port=metrics_port,
        facilitators=facilitators,
        number_limits=number_limits or {},
    )
    async with AsyncExitStack() as running:
        memory = Sessions(create_engine(database_url))
        running.push_async_callback(memory.close)
        bot = await running.enter_async_context(at_work(settings, clock or sandbox.clock))
        line = asyncio.create_task(bot.transport.run())
        running.push_async_callback(_hang_up, bot, line)
        await bot.transport.connected()
        if isinstance(bot.transport, HttpTransport):
            await sandbox.save_manifest(manifest(request_url=bot.transport.url))
        house = House(sandbox, bot, database_url, memory, running)
        sandbox.settle = house.settle
        await house.settle()
        yield house


async def _hang_up(bot: Bot, line: asyncio.Task[None]) -> None:
    await bot.stop()
    await line
