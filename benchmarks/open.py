"""A slash command until its form arrives at a Slack that takes 50 ms for each answer."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from benchmarks.bare import IDENTITY
from benchmarks.crowd import user_id
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground
from benchmarks.lines import connected
from benchmarks.slack import light_slack
from benchmarks.stopped_clock import StoppedClock
from benchmarks.submit import COHORT
from bot.app import build_app
from bot.slack_client import build_client, open_session
from storage.engine import create_engine
from storage.sessions import Sessions

NAME = "open"
BOUND = Bound(most=500)
A_SECOND, DELAY = 50, 0.05
NEVER = 20.0


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Send commands, and wait until each form has come."""
    users = [user_id(n % COHORT.members + 1) for n in range(ground.size(1000, 100))]
    for database in ground.databases:
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(light_slack())
            http = await stack.enter_async_context(open_session())
            sessions = Sessions(create_engine(await ground.filled(database, "cohort", COHORT.fill)))
            stack.push_async_callback(sessions.close)
            client = build_client("", slack.api_url, http)
            client.token = None
            bot = build_app(client, IDENTITY, sessions, StoppedClock())
            await stack.enter_async_context(connected(bot, NAME, http))
            await slack.delays(DELAY)
            await slack.commands(NAME, users[:20], A_SECOND, opens=True)
            rounds = [
                await slack.commands(NAME, users, A_SECOND, opens=True)
                for _ in range(ground.size(3, 2))
            ]
        took = [[1000 * (each or NEVER) for each in told["opened"]] for told in rounds]
        for percent, bound in ((50, None), (99, BOUND)):
            each = Measured([Measured(values).percentile(percent) for values in took])
            what = f"until views.open arrives, {A_SECOND} a second, p{percent}"
            yield each.figure(NAME, what, database, "ms", bound)
