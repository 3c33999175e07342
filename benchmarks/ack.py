"""A slash command until its acknowledgement, at a hundred a second, beside a bare app."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from benchmarks.bare import IDENTITY, empty_app
from benchmarks.crowd import user_id
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground
from benchmarks.lines import connected
from benchmarks.slack import Slack, light_slack
from benchmarks.stopped_clock import StoppedClock
from benchmarks.submit import COHORT
from bot.app import build_app
from bot.slack_client import build_client, open_session
from storage.engine import create_engine
from storage.sessions import Sessions

NAME = "ack"
BOUND = Bound(most=1.5)
A_SECOND = 100
APPS = ("bot", "bare")


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Send commands to both apps in turns."""
    for database in ground.databases:
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(light_slack())
            http = await stack.enter_async_context(open_session())
            sessions = Sessions(create_engine(await ground.filled(database, "cohort", COHORT.fill)))
            stack.push_async_callback(sessions.close)
            client = build_client("", slack.api_url, http)
            client.token = None
            bot = build_app(client, IDENTITY, sessions, StoppedClock())
            for app, name in zip((bot, empty_app(client)), APPS, strict=True):
                await stack.enter_async_context(connected(app, name, http))
            rounds = await _in_turns(slack, ground.size(10, 4), ground.size(500, 100))
        for figure in _figures(database, rounds):
            yield figure


async def _in_turns(slack: Slack, rounds: int, commands: int) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {name: [] for name in APPS}
    users = [user_id(number % COHORT.members + 1) for number in range(commands)]
    for turn in range(rounds + 1):
        for name in APPS if turn % 2 else reversed(APPS):
            told = await slack.commands(name, users, A_SECOND, opens=name == "bot")
            if turn:  # the first one warms up
                found[name].append(Measured([1000 * (took or 3.0) for took in told["acked"]]))
    return found


def _figures(database: str, rounds: dict[str, list[Measured]]) -> list[Figure]:
    figures = []
    for percent, bound in ((50, None), (99, BOUND)):
        bot, bare = (Measured([each.percentile(percent) for each in rounds[n]]) for n in APPS)
        for name, measured in (("the bot", bot), ("bare app", bare)):
            what = f"until acknowledged, {A_SECOND} a second, p{percent}, {name}"
            figures.append(measured.figure(NAME, what, database, "ms"))
        what = f"p{percent}, the bot against the bare app"
        figures.append(bot.over(bare).figure(NAME, what, database, "×", bound))
    return figures
