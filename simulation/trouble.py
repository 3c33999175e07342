"""What goes wrong besides the network: lines, envelopes, database, processes, whole days."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from sandbox.errors import NoAnswer
from simulation.database import Outages

if TYPE_CHECKING:
    from simulation.run import Simulation

PAUSE = timedelta(hours=12)  # between two troubles, on average
DOWN_FOR = timedelta(days=3)
# How often the bot is down for days: at most once in so many, and not at the very end.
DOWN_EVERY = timedelta(days=25)
PATIENCE = 0.5  # seconds to wait for a message in whose middle the bot is to die


class Trouble:
    """Strikes now and then, led by the run's seed."""

    def __init__(self, simulation: "Simulation", random: Random, outages: Outages) -> None:
        self._simulation, self._random, self._outages = simulation, random, outages
        self.next_at = simulation.start + timedelta(days=1)
        self._to_send_again = False
        self._next_down = simulation.start + timedelta(days=self._random.uniform(6, 12))

    async def strike(self) -> None:
        """Do one bad thing, and say when the next one comes."""
        run = self._simulation
        now = run.clock.now()
        if now >= self._next_down and run.end - now > 2 * DOWN_FOR:
            self._next_down = now + DOWN_EVERY
            await self._down_for_days()
        else:
            choices: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
                (1, self._cut_lines),
                (0.7, self._refresh_lines),
                (4, self._send_again),
                (3, self._hold_back),
                (3, self._short_outage),
                (0.2, self._long_outage),
                (1, self._kill),
            )
            [strike] = self._random.choices(
                [c for _, c in choices], [weight for weight, _ in choices]
            )
            await strike()
        self.next_at = run.clock.now() + PAUSE * self._random.uniform(0.2, 1.8)

    async def _cut_lines(self) -> None:
        self._simulation.journal.fault("lines cut")
        self._simulation.sandbox.cut_sockets()
        await self._simulation.settle()

    async def _refresh_lines(self) -> None:
        self._simulation.journal.fault("lines refreshed")
        await self._simulation.sandbox.refresh_sockets()
        await self._simulation.settle()

    async def _send_again(self) -> None:
        """Have the next envelope sent twice, as Slack does when it misses an acknowledgement."""
        self._to_send_again = True

    async def _hold_back(self) -> None:
        """Have the next event come after what its member does next."""
        self._simulation.held_back.hold()

    async def after_sitting(self) -> None:
        """Deliver what was held back of this sitting, and its last envelope once more if so."""
        if await self._simulation.held_back.let_go():
            self._simulation.journal.fault("event overtaken")
            await self._simulation.settle()
        await self._once_more()

    async def _once_more(self) -> None:
        sandbox = self._simulation.sandbox
        # Of this sitting, or of none: Slack repeats what it sent a moment ago, not hours before.
        last, sandbox.last_envelope = sandbox.last_envelope, None
        if not self._to_send_again:
            return
        self._to_send_again = False
        if last is None or last[0] == "slash_commands":
            return
        kind, payload = last
        answers = payload.get("type") == "view_submission"
        self._simulation.journal.fault("envelope sent again", type=payload.get("type"))
        try:
            await self._simulation.sandbox.delivery.deliver(kind, payload, answers=answers)
        except NoAnswer as silence:
            self._simulation.journal.fault(silence.reason)
        await self._simulation.settle()

    async def _short_outage(self) -> None:
        self._simulation.journal.fault(await self._outages.begin(long=False))
        await self._to_the_next_message()
        await self._simulation.settle()

    async def _long_outage(self) -> None:
        self._simulation.journal.fault(await self._outages.begin(long=True))
        await self._to_the_next_message()
        await self._simulation.settle()
        self._outages.end()

    async def _kill(self) -> None:
        """Kill the bot in the middle of a message, if one comes in time; start it anew."""
        run = self._simulation
        run.weather.next("chat.postMessage", delay=0.1, times=3)
        before = run.posted()
        await self._to_the_next_message()
        await self._until_posted(before)
        run.journal.fault("bot killed")
        await run.bots.kill()
        run.weather.clear()
        await run.bots.start()
        await run.settle()

    async def _until_posted(self, before: int) -> None:
        """Wait for a message; a bot that comes to rest without one dies doing nothing."""
        run = self._simulation
        posted = asyncio.create_task(run.sandbox.until(lambda: run.posted() > before, PATIENCE))
        at_rest = asyncio.create_task(run.bots.settle())
        await asyncio.wait({posted, at_rest}, return_when=asyncio.FIRST_COMPLETED)
        for task in (posted, at_rest):
            task.cancel()
        await asyncio.gather(posted, at_rest, return_exceptions=True)

    async def _down_for_days(self) -> None:
        run = self._simulation
        await run.bots.kill()
        await run.bots.stop()
        run.journal.fault("down")
        until = run.clock.now() + DOWN_FOR
        while run.clock.now() < until:
            await self._pass_time(min(until, run.clock.now() + timedelta(hours=6)))
        run.postpone(until)
        run.journal.fault("up")
        await run.bots.start()
        await run.settle()

    async def _pass_time(self, moment: datetime) -> None:
        self._simulation.clock.move_to(moment)
        await asyncio.sleep(0)

    async def _to_the_next_message(self) -> None:
        """Move to where the bot has something to do, if that is near; do not wait for it."""
        run = self._simulation
        due, now = run.bots.next_due, run.clock.now()
        if due is not None and now < due <= run.next_moment():
            run.clock.move_to(due)
