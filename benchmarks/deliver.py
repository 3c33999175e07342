"""Ten thousand nudges at nine: claimed, drawn, sent and recorded; beside the client, and a peer.

The peer is what bots of this stack do: one APScheduler date job for each nudge, kept in a
SQLAlchemyJobStore, which sends the same message with the same client. Its store is synchronous, and
the project has no synchronous PostgreSQL driver, so that it keeps its jobs in an SQLite file.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.cost import by_the_clock
from benchmarks.crowd import ASKED
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground
from benchmarks.posting import begin_anew, delivery, fill
from benchmarks.slack import Slack, light_slack
from bot.delivery import AT_ONCE
from bot.slack_client import build_client, open_session
from domain.vocabulary import NudgeKind
from handlers.views.nudge_messages import nudge_message
from handlers.views.nudge_words import NudgeShown

NAME = "deliver"
PEER = "a job for each"
AGAINST_PEER, AGAINST_BARE = Bound(least=3), Bound(least=0.4)

Work = Callable[[], Awaitable[object]]


class Peer:
    """A scheduler with a job for each nudge; `sent` is set when the last one has been tried.

    Its jobs all begin at once, so that of thousands many time out: what they had to say is `lost`.
    """

    client: AsyncWebClient
    left = lost = 0
    sent: asyncio.Event


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Deliver in turns with the client alone and with the peer."""
    nudges = ground.size(10_000, 300)
    for database in ground.databases:
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(light_slack())
            url = await ground.filled(database, f"nudges-{nudges}", partial(fill, nudges))
            works = {
                "the bot": _bot(url, slack),
                "the client alone": await _bare(stack, slack, nudges),
                PEER: await _peer(stack, ground, slack, nudges),
            }
            rates: dict[str, list[float]] = {who: [] for who in works}
            for turn in range(ground.size(3, 2)):
                for who, work in works.items() if turn % 2 == 0 else reversed(works.items()):
                    took = await work()
                    lost = Peer.lost if who == PEER else 0
                    rates[who].append((nudges - lost) / took)
                    seen = await slack.seen()
                    # What timed out may have arrived all the same.
                    arrived = nudges - lost <= seen["messages"] <= nudges
                    assert arrived and not seen["twice"], (who, seen)
        measured = {who: Measured(values) for who, values in rates.items()}
        for who, rate in measured.items():
            yield rate.figure(NAME, f"{nudges:,} messages, {who}", database, "/s")
        bot = measured.pop("the bot")
        for (who, rate), bound in zip(measured.items(), (AGAINST_BARE, AGAINST_PEER), strict=True):
            yield bot.over(rate).figure(NAME, f"the bot against {who}", database, "×", bound)


def _bot(url: str, slack: Slack) -> Callable[[], Awaitable[float]]:
    async def deliver() -> float:
        await begin_anew(url)
        async with delivery(url, slack.api_url, "bench") as work:
            return await by_the_clock(work.run_once)

    return deliver


async def _bare(stack: AsyncExitStack, slack: Slack, nudges: int) -> Callable[[], Awaitable[float]]:
    client = await _client(stack, slack)
    message = a_message()

    async def send_all() -> float:
        left = iter(range(nudges))

        async def one_after_another() -> None:
            for number in left:
                await client.chat_postMessage(channel=f"D{number}", **message)

        async def all_at_once() -> None:
            await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))

        return await by_the_clock(all_at_once)

    return send_all


async def _peer(
    stack: AsyncExitStack, ground: Ground, slack: Slack, nudges: int
) -> Callable[[], Awaitable[float]]:
    Peer.client = await _client(stack, slack)
    message = a_message()
    number = 0

    async def send_all() -> float:
        nonlocal number
        number += 1
        file = ground.folder / f"jobs-{id(stack)}-{number}.sqlite"
        store = SQLAlchemyJobStore(url=f"sqlite:///{file}")
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            jobstores={"default": store},
            job_defaults={"misfire_grace_time": None},
        )
        scheduler.start(paused=True)
        now = datetime.now(UTC)
        for each in range(nudges):
            scheduler.add_job(send_one, "date", run_date=now, args=[f"D{each}", message])
        Peer.left, Peer.lost, Peer.sent = nudges, 0, asyncio.Event()

        async def all_jobs() -> None:
            scheduler.resume()
            await Peer.sent.wait()

        took = await by_the_clock(all_jobs)
        scheduler.shutdown()
        return took

    return send_all


async def send_one(channel: str, message: dict[str, Any]) -> None:
    """One job of the peer."""
    try:
        await Peer.client.chat_postMessage(channel=channel, **message)
    except TimeoutError:
        Peer.lost += 1  # a date job is gone once it has run
    finally:
        Peer.left -= 1
        if not Peer.left:
            Peer.sent.set()


def a_message() -> dict[str, Any]:
    """The message that the bot sends here, drawn once."""
    follow_up = NudgeShown(
        nudge_id=1,
        kind=NudgeKind.FOLLOW_UP,
        name="Ada Brook",
        company="Acorn Lark",
        since=ASKED,
        alone=False,
    )
    drawn = nudge_message([follow_up])
    return {
        "text": drawn.text,
        "blocks": [block.to_dict() for block in drawn.blocks],
        "metadata": {"event_type": "rapport_nudges", "event_payload": {"nudges": "1"}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


async def _client(stack: AsyncExitStack, slack: Slack) -> AsyncWebClient:
    http = await stack.enter_async_context(open_session())
    return build_client("xoxb-bench", slack.api_url, http)
