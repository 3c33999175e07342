"""From `rapport run` until it is connected, and what it weighs after ten thousand interactions."""

from collections.abc import AsyncIterator

from benchmarks.crowd import user_id
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import SQLITE, Ground, in_turns
from benchmarks.process import APP, imports_alone, running
from benchmarks.slack import Slack, light_slack
from benchmarks.submit import COHORT

NAME = "start"
AGAINST_IMPORTS, NO_GROWTH = Bound(most=1.5), Bound(most=1.05)
A_SECOND = 50


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Start it in turns with the imports alone; then let members work with one that runs."""
    if SQLITE not in ground.databases:
        return
    first, all_of_them = ground.size(1_000, 100), ground.size(10_000, 300)
    url = await ground.filled(SQLITE, "cohort", COHORT.fill)
    async with light_slack() as slack:

        async def start() -> float:
            async with running(url, slack, ground.folder) as bot:
                return bot.took

        bot, imports = await in_turns(
            ground.size(7, 2), start, lambda: imports_alone(ground.folder)
        )
        yield bot.figure(NAME, "until connected", SQLITE, "s")
        yield imports.figure(NAME, "importing the dependencies alone", SQLITE, "s")
        ratio = bot.over(imports)
        yield ratio.figure(NAME, "start against imports", SQLITE, "×", AGAINST_IMPORTS)
        async with running(url, slack, ground.folder) as process:
            await _commands(slack, first)
            before = process.megabytes
            await _commands(slack, all_of_them - first)
            after = process.megabytes
    yield Figure(NAME, f"memory after {first:,} interactions", SQLITE, before, "MB")
    yield Figure(NAME, f"memory after {all_of_them:,} interactions", SQLITE, after, "MB")
    growth = Measured([after / before])
    yield growth.figure(NAME, f"growth after the first {first:,}", SQLITE, "×", NO_GROWTH)


async def _commands(slack: Slack, number: int) -> None:
    users = [user_id(each % COHORT.members + 1) for each in range(number)]
    await slack.commands(APP, users, A_SECOND, opens=True)
