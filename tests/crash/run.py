"""One crash test: bots deliver, are killed at random moments, and must lose and double nothing."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from bot.manifest import manifest
from sandbox.clock import VirtualClock
from sandbox.server import APP_TOKEN, BOT_TOKEN, Person, Sandbox
from storage.engine import create_engine
from storage.sessions import Sessions
from tests.crash.cohort import (
    TALKS_EACH,
    Question,
    Verdict,
    received,
    unsettled,
    verdict,
    with_talks,
)
from tests.crash.processes import Fleet
from tests.outages import database_away

# A Monday at noon, so that a whole run stays clear of quiet hours.
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# Longer than a claim lasts, so that what the dead held is free to take.
STEP = timedelta(seconds=61)
LONGEST_SPREAD = timedelta(minutes=50)
# At the end: how often the clock moves on, and how long (seconds) a standstill is watched.
MOST_STEPS, STANDSTILL = 120, 1.5
PATIENCE = 4.0  # seconds to wait for a message before killing all the same
# How often a polite stop comes before a kill, and, with faults, a database that is away.
STOPS, OUTAGES, LONGEST_OUTAGE = 0.15, 0.2, 3.0

FAULTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("chat.postMessage", {"lose_answer": True}),
    ("chat.postMessage", {"lose_answer": True}),
    ("chat.postMessage", {"drop": True}),
    ("chat.postMessage", {"status": 503}),
    ("chat.postMessage", {"error": "internal_error"}),
    ("conversations.history", {"error": "service_unavailable"}),
    ("conversations.history", {"drop": True}),
    ("conversations.history", {"lose_answer": True}),
)


@dataclass(frozen=True)
class Plan:
    """What to run; the same seed chooses the same victims and the same kinds of moments."""

    nudges: int
    kills: int
    processes: int
    seed: int = 1
    faults: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it; `seconds` is from the first process to the last."""

    plan: Plan
    verdict: Verdict
    unsettled: int
    kills: int
    fell: int
    faults: int
    outages: int
    stops: int
    logged: Counter[str]
    last_words: str
    seconds: float

    @property
    def clean(self) -> bool:
        """Whether all arrived once, and no process fell over by itself.

        One that starts while the database is away may: it says so, and is started again.
        """
        fell = self.fell and not self.outages
        return self.verdict.clean and not self.unsettled and not fell


class CrashTest:
    """A sandbox, a filled database, and bot processes between them."""

    def __init__(self, plan: Plan, database_url: str, folder: Path) -> None:
        self._plan = plan
        self._random = random.Random(plan.seed)
        self._database_url = database_url
        self._sandbox = Sandbox(manifest(), _people(plan), clock=VirtualClock(START))
        self._sandbox.pace.is_kept = False  # the bots are told to keep none either
        self._memory = Sessions(create_engine(database_url))
        self._folder = folder
        self._faults = self._outages = self._stops = 0

    async def run(self) -> Outcome:
        """Fill, deliver, kill, and judge."""
        await self._sandbox.start()
        fleet = Fleet(self._plan.processes, self._settings(), self._folder)
        try:
            owed = await self._fill()
            began = monotonic()
            await fleet.start()
            for _ in range(self._plan.kills):
                await self._kill_one(fleet)
            await self._let_finish(fleet)
            await fleet.stop()
            return Outcome(
                plan=self._plan,
                verdict=verdict(self._sandbox, owed),
                unsettled=await unsettled(self._memory),
                kills=self._plan.kills,
                fell=fleet.fell,
                faults=self._faults,
                outages=self._outages,
                stops=self._stops,
                logged=fleet.logged(),
                last_words=fleet.last_words(),
                seconds=round(monotonic() - began, 1),
            )
        finally:
            await fleet.end()
            await self._memory.close()
            await self._sandbox.stop()

    def _settings(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": self._sandbox.api_url,
            "DATABASE_URL": self._database_url,
            "RAPPORT_CLOCK_URL": f"{self._sandbox.url}/clock",
            "LOG_FORMAT": "json",
            # An hour's messages go out in a few real seconds here.
            "MESSAGES_A_MINUTE": "0",
        }

    async def _fill(self) -> set[Question]:
        spread = min(self._plan.kills * STEP, LONGEST_SPREAD)
        now = self._sandbox.clock.now()
        moments = [now + self._random.random() * spread for _ in range(self._plan.nudges)]
        people = [user.id for user in self._sandbox.workspace.people]
        return await with_talks(self._memory, people, now, moments)

    async def _kill_one(self, fleet: Fleet) -> None:
        self._sandbox.clock.advance(seconds=STEP.total_seconds())
        if self._plan.faults:
            self._order_faults()
        await self._a_bad_moment()
        if self._plan.faults and self._random.random() < OUTAGES:
            await self._an_outage()
        if self._random.random() < STOPS:
            self._stops += 1
            await fleet.restart(self._random.randrange(len(fleet)))
        await fleet.kill(self._random.randrange(len(fleet)))

    async def _an_outage(self) -> None:
        self._outages += 1
        with database_away(self._database_url):
            await self._passes(lambda: False, self._random.uniform(0, LONGEST_OUTAGE))

    def _order_faults(self) -> None:
        for method, fault in self._random.sample(FAULTS, k=3):
            times = self._random.randint(1, 5)
            self._sandbox.faults.next(method, times=times, **fault)  # type: ignore[arg-type]  # a table of keyword arguments
            self._faults += times

    async def _a_bad_moment(self) -> None:
        """Wait for a moment to kill at: between messages, in the middle of one, or any."""
        here = received(self._sandbox)
        each = max(2, self._plan.nudges // self._plan.kills)
        wanted = here + self._random.randint(1, each)
        kind = self._random.choice(("message", "unanswered", "any"))
        if kind == "any":
            await self._passes(lambda: False, self._random.uniform(0, PATIENCE / 2))
            return
        await self._passes(lambda: received(self._sandbox) >= wanted - 1, PATIENCE)
        if kind == "unanswered":
            # The message is in the DM, and who sent it will not live to hear so.
            self._sandbox.faults.next("chat.postMessage", delay=1.0, times=len(FAULTS))
        await self._passes(lambda: received(self._sandbox) >= wanted, PATIENCE)
        if kind == "unanswered" and not self._plan.faults:
            self._sandbox.faults.clear()

    async def _let_finish(self, fleet: Fleet) -> None:
        """Move the clock on until the bots know of every message that it has arrived."""
        self._sandbox.faults.clear()
        for _ in range(MOST_STEPS):
            await fleet.start()
            while await self._passes(self._more_than(received(self._sandbox)), STANDSTILL):
                pass
            if not await unsettled(self._memory):
                return
            self._sandbox.clock.advance(seconds=STEP.total_seconds())

    def _more_than(self, before: int) -> Callable[[], bool]:
        return lambda: received(self._sandbox) > before

    async def _passes(self, condition: Callable[[], bool], within: float) -> bool:
        """Wait for something to happen in the workspace, so many seconds at most."""
        try:
            await self._sandbox.until(condition, within)
        except TimeoutError:
            return False
        return True


def _people(plan: Plan) -> list[Person]:
    return [Person(f"Member {n:05d}", "Europe/London") for n in range(plan.nudges // TALKS_EACH)]


async def crash_test(plan: Plan, database_url: str, folder: Path) -> Outcome:
    """Run one crash test on an empty, migrated database; logs go into `folder`."""
    async with asyncio.timeout(3600):
        return await CrashTest(plan, database_url, folder).run()
