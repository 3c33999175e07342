"""Ten thousand nudges that are due at the same minute, and the delivery of one process."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.crowd import NOW, Crowd
from benchmarks.raw import Raw
from benchmarks.stopped_clock import StoppedClock
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.pace import METHODS, Pace
from bot.post_room import PostRoom
from bot.slack_client import build_client, open_session
from storage.engine import create_engine
from storage.sessions import Sessions

# Slack's own limits, which the pace keeps, would be all that is measured.
NO_PACE = 0


async def fill(nudges: int, url: str) -> None:
    """Load so many members, each of whom a follow-up is due at nine."""
    await Crowd(members=nudges, contacts=nudges, nudges_due=NOW).fill(url)


async def begin_anew(url: str) -> None:
    """Let all that was delivered be due again, as if nothing had been sent."""
    raw = Raw(url)
    anew = f"channel_id = NULL, message_ts = NULL, sent_at = NULL, due_at = {raw.moment(NOW)}"
    await raw.run(
        [
            "DELETE FROM nudges WHERE kind <> 'follow_up'",
            "UPDATE nudges SET status = 'pending', lease_until = NULL, lease_by = NULL,"
            f" attempts = 0, {anew}",
            "UPDATE members SET last_digest_on = NULL, unanswered_digests = 0, facts_version = 0",
            *raw.tidy("nudges", "members"),
        ]
    )


@asynccontextmanager
async def delivery(url: str, api_url: str, owner: str) -> AsyncIterator[Delivery]:
    """Give what one process delivers with."""
    sessions = Sessions(create_engine(url))
    async with open_session() as http:
        client = build_client("xoxb-bench", api_url, http, left_to_caller=METHODS)
        yield Delivery(
            PostRoom(client, sessions, StoppedClock(), Pace(NO_PACE), Metrics(), owner=owner)
        )
    await sessions.close()


async def main(url: str, api_url: str, owner: str) -> None:
    """Deliver as one of several processes: say "ready", wait for a line, deliver, say "done"."""
    async with delivery(url, api_url, owner) as work:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        await work.run_once()
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
