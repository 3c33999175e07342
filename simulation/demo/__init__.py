"""The demo: a made-up cohort in the middle of its journey, played as members play it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sandbox.clock import VirtualClock
from sandbox.server import Person, Sandbox
from simulation.bots import OpenBot, Working
from simulation.demo.cast import CAST
from simulation.demo.parts import TODAY, Seat

# Nobody sat at a screen longer ago than that.
LONGEST_AGO = timedelta(days=40)
# Seconds that a bot may take to acknowledge.
PATIENCE = 10.0
MOST_STEPS = 2000
PEOPLE = tuple(Person(part.name, part.zone) for part in CAST)
WHO_IS_WHERE = tuple(f"{part.name}: {part.where}" for part in CAST)


def clock() -> VirtualClock:
    """The clock for a demo: it stands still, some weeks before the day on which the demo opens."""
    return VirtualClock(TODAY - LONGEST_AGO, running=False)


async def play(sandbox: Sandbox, open_bot: OpenBot) -> None:
    """Play the cohort's weeks in a started sandbox, whose clock and people are the demo's.

    Everything is typed and pressed as members do, and the bot answers and reminds as it would:
    nothing is put into the database. In the end the clock ticks on, from the demo's day.
    """
    acts = sorted(
        ((line.moment(part.zone), part, line.act) for part in CAST for line in part.lines),
        key=lambda one: one[0],
    )
    sandbox.echoes = False  # for speed: the bot passes over what it posted itself
    async with _at_work(sandbox, open_bot) as bot:
        for moment, part, act in acts:
            await _until(sandbox, bot, moment)
            await act(Seat(sandbox, sandbox.member(part.name), part.zone, moment))
        await _until(sandbox, bot, TODAY)
    # As in Slack, private answers are gone once a member comes back another day.
    sandbox.workspace.forget_private_answers()
    sandbox.echoes = True
    sandbox.clock.run()


async def _until(sandbox: Sandbox, bot: Working, moment: datetime) -> None:
    """Move the clock from one thing that the bot has to do to the next, and then to the moment."""
    for _ in range(MOST_STEPS):
        due = bot.heartbeat.next_due
        following = moment if due is None else min(moment, max(due, sandbox.clock.now()))
        if following == sandbox.clock.now() and following != moment:
            following = min(moment, following + timedelta(seconds=1))
        sandbox.clock.move_to(following)
        await bot.in_flight.idle()
        if following == moment:
            return
    raise RuntimeError("the bot was never done")


@asynccontextmanager
async def _at_work(sandbox: Sandbox, open_bot: OpenBot) -> AsyncIterator[Working]:
    async with open_bot(sandbox.api_url, sandbox.clock) as bot:
        line = asyncio.create_task(bot.transport.run())
        try:
            await bot.transport.connected()
            sandbox.settle = bot.in_flight.idle
            yield bot
        finally:
            sandbox.settle = None
            await bot.stop()
            await line
