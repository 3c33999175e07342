"""Whether the bot can do its work just now, for what starts, watches and replaces processes."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.heartbeat import REGULAR_BEAT, Heartbeat
from storage import migrate
from storage.errors import DatabaseAway, WrongDatabase

# Probes ask every few seconds; Slack is not asked for each of them.
SLACK_EVERY = 30.0
# What takes longer than this is as good as away.
WITHIN = 2.0
# A beat may be under way while the next one is due.
FRESH = 3 * REGULAR_BEAT


class Health:
    """Looks at what the bot leans on: the database, the heartbeat, Slack."""

    def __init__(self, engine: AsyncEngine, client: AsyncWebClient, heartbeat: Heartbeat) -> None:
        self._engine, self._client, self._heartbeat = engine, client, heartbeat
        self._slack: tuple[float, bool] | None = None
        self._leaving = False

    def leave(self) -> None:
        """Be ready for nothing new: the process is about to end."""
        self._leaving = True

    async def look(self) -> dict[str, bool]:
        """Say of each thing whether it is well; the bot is ready when all of them are."""
        (database, migrations), slack = await asyncio.gather(self._database(), self._reachable())
        silence = self._heartbeat.silence()
        return {
            "database": database,
            "migrations": migrations,
            "heartbeat": silence is not None and silence < FRESH,
            "slack": slack,
            "staying": not self._leaving,
        }

    async def _database(self) -> tuple[bool, bool]:
        try:
            async with asyncio.timeout(WITHIN):
                state = await migrate.state(self._engine)
        except (DatabaseAway, WrongDatabase, TimeoutError):
            return False, False
        return True, state.up_to_date

    async def _reachable(self) -> bool:
        """Ask Slack, unless it was asked a moment ago; any answer of its own will do."""
        now = asyncio.get_running_loop().time()
        if self._slack is None or now - self._slack[0] > SLACK_EVERY:
            self._slack = now, await self._asked()
        return self._slack[1]

    async def _asked(self) -> bool:
        try:
            async with asyncio.timeout(WITHIN):
                await self._client.api_test()
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError):
            return False
        return True
