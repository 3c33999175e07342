"""The whole house for a story: the sandbox, the real bot on a real line, a real database."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.manifest import manifest
from bot.service import Bot, at_work
from bot.settings import Settings
from sandbox.clock import VirtualClock
from sandbox.driver import Member
from sandbox.server import APP_TOKEN, BOT_TOKEN, Sandbox
from storage.engine import create_engine

# A Monday morning: nine o'clock in London, where Ada lives.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class House:
    """A sandbox with the bot at work in it; the clock stands still until a story moves it."""

    sandbox: Sandbox
    bot: Bot
    database_url: str

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

    async def later(self, **distance: float) -> None:
        """Move the clock on, and wait until the bot has done what came due."""
        self.sandbox.clock.advance(**distance)
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Move the clock to a moment, and wait until the bot has done what came due."""
        self.sandbox.clock.move_to(moment)
        await self.settle()


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """A running house; at its end Slack must have refused nothing."""
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False))
    await sandbox.start()
    async with open_house(sandbox, database_url) as house:
        yield house
    await sandbox.stop()
    assert sandbox.refusals == []


class open_house:
    """Runs the bot against a started sandbox; a story may do so twice, for a restart."""

    def __init__(self, sandbox: Sandbox, database_url: str) -> None:
        self._sandbox = sandbox
        self._settings = Settings(
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN,
            slack_api_url=sandbox.api_url,
            database_url=database_url,
        )
        self._at_work = at_work(self._settings, sandbox.clock)

    async def __aenter__(self) -> House:
        self._bot = await self._at_work.__aenter__()
        self._running = asyncio.create_task(self._bot.transport.run())
        await self._bot.transport.connected()
        house = House(self._sandbox, self._bot, self._settings.database_url)
        self._sandbox.settle = house.settle
        await house.settle()
        return house

    async def __aexit__(self, *_: object) -> None:
        await self._bot.transport.stop()
        await self._running
        await self._at_work.__aexit__(None, None, None)


@pytest.fixture
async def engine(house: House) -> AsyncIterator[AsyncEngine]:
    """A second look into the database that the story's bot uses."""
    engine = create_engine(house.database_url)
    yield engine
    await engine.dispose()
