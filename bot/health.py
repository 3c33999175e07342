"""Whether the bot can do its work just now, for what starts, watches and replaces processes."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.heartbeat import REGULAR_BEAT, Heartbeat
from bot.slack_failures import Failure, classify
from storage import migrate
from storage.errors import DatabaseAway, WrongDatabase

# The method that Slack is asked by. Its client tries once: who probes does not wait.
ASKS = "auth.test"
# Probes ask every few seconds; Slack is not asked for each of them.
SLACK_EVERY = 30.0
# What takes longer than this is as good as away.
WITHIN = 2.0
# A beat may be under way while the next one is due.
FRESH = 3 * REGULAR_BEAT
# What is said in Slack's name while it cannot do its work, by itself or by what stands before it.
AWAY = (Failure.TRANSIENT_REFUSED, Failure.UNCERTAIN)


class Health:
    """Looks at what the bot leans on: the database, the heartbeat, Slack and its token."""

    def __init__(self, engine: AsyncEngine, client: AsyncWebClient, heartbeat: Heartbeat) -> None:
        self._engine, self._client, self._heartbeat = engine, client, heartbeat
        self._slack: tuple[float, tuple[bool, bool]] | None = None
        self._leaving = False

    def leave(self) -> None:
        """Be ready for nothing new: the process is about to end."""
        self._leaving = True

    async def look(self) -> dict[str, bool]:
        """Say of each thing whether it is well; the bot is ready when all of them are."""
        (database, migrations), (slack, token) = await asyncio.gather(
            self._database(), self._slack_says()
        )
        silence = self._heartbeat.silence()
        return {
            "database": database,
            "migrations": migrations,
            "heartbeat": silence is not None and silence < FRESH,
            "slack": slack,
            "token": token,
            "staying": not self._leaving,
        }

    async def _database(self) -> tuple[bool, bool]:
        try:
            async with asyncio.timeout(WITHIN):
                state = await migrate.state(self._engine)
        except (DatabaseAway, WrongDatabase, TimeoutError):
            return False, False
        return True, state.up_to_date

    async def _slack_says(self) -> tuple[bool, bool]:
        """Ask Slack, unless it was asked a moment ago: whether it answers, and takes the token."""
        now = asyncio.get_running_loop().time()
        if self._slack is None or now - self._slack[0] > SLACK_EVERY:
            self._slack = now, await self._asked()
        return self._slack[1]

    async def _asked(self) -> tuple[bool, bool]:
        """An answer of Slack's own will do, also a refusal; only one of the token is told apart."""
        try:
            async with asyncio.timeout(WITHIN):
                await self._client.auth_test()
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
            failure = classify(error)
            answered = isinstance(error, SlackApiError) and failure not in AWAY
            return answered, failure is not Failure.DEAD_CREDENTIALS
        return True, True
