"""Ten minutes at fifty interactions a second: nothing fails, and nothing grows."""

from collections.abc import AsyncIterator

from benchmarks.crowd import user_id
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground
from benchmarks.process import APP, running
from benchmarks.slack import light_slack
from benchmarks.submit import COHORT

NAME = "soak"
NONE, NO_GROWTH, NO_SLOWER = Bound(most=0), Bound(most=1.05), Bound(most=1.2)
A_SECOND = 50


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Compare the second tenth of the time with the last; the first one warms up."""
    tenth = ground.size(60, 2) * A_SECOND
    users = [user_id(each % COHORT.members + 1) for each in range(tenth)]
    for database in ground.databases:
        url = await ground.filled(database, "cohort", COHORT.fill)
        memory, files, latency, unanswered = [], [], [], 0
        async with light_slack() as slack, running(url, slack, ground.folder) as bot:
            for _ in range(10):
                told = await slack.commands(APP, users, A_SECOND, opens=True)
                unanswered += told["acked"].count(None) + told["opened"].count(None)
                latency.append(Measured([1000 * (each or 20.0) for each in told["opened"]]))
                memory.append(bot.megabytes)
                files.append(bot.open_files)
        what = "commands not acknowledged, or without their form"
        yield Figure(NAME, what, database, unanswered, "", bound=NONE)
        for name, values, bound in (
            ("memory", memory, NO_GROWTH),
            ("open files", files, NO_GROWTH),
            ("median until the form is there", [each.median for each in latency], NO_SLOWER),
        ):
            ratio = values[-1] / values[1]
            yield Figure(NAME, f"{name}, end against beginning", database, ratio, "×", bound=bound)
