"""Ten thousand nudges that are due at the same minute, and the delivery of one process."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from benchmarks.crowd import ASKED, NOW, Crowd, settled
from benchmarks.raw import Raw
from benchmarks.stopped_clock import StoppedClock
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.pace import METHODS, Pace
from bot.post_room import PostRoom
from bot.slack_client import build_client, open_session
from storage.engine import create_engine
from storage.sessions import Sessions

# Three business days after they were asked.
SUGGESTED = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)

# Slack's own limits, which the pace keeps, would be all that is measured.
NO_PACE = 0


async def fill(nudges: int, url: str) -> None:
    """Load so many members, for each of whom a follow-up is due at nine.

    As in life, all else that follows from what they did is there: somebody else at the company was
    suggested days ago, and the week is to be looked back on.
    """
    await Crowd(members=nudges, contacts=nudges, nudges_due=NOW).fill(url)
    raw = Raw(url)
    columns = (
        "INSERT INTO nudges (id, member_id, kind, key, round, contact_id, alone, due_at,"
        " makes_sense_until, status, attempts, later_alone, created_at, updated_at, sent_at,"
        " channel_id, message_ts)"
    )
    asked, until = raw.moment(ASKED), raw.moment(NOW + timedelta(days=9))
    suggested, friday = raw.moment(SUGGESTED), raw.moment(NOW + timedelta(days=4))
    await raw.run(
        [
            f"{columns} SELECT {nudges} + id, member_id, 'other_person', 'other_person:' || id"
            f" || ':' || id, 0, id, false, {suggested}, {until}, 'sent', 1, false, {asked},"
            f" {suggested}, {suggested}, 'D' || id, '1.0' FROM contacts",
            f"{columns} SELECT {2 * nudges} + id, member_id, 'weekly_review',"
            f" 'weekly_review:2026-W48', 0, NULL, false, {friday}, {until}, 'pending', 0, false,"
            f" {asked}, {asked}, NULL, NULL, NULL FROM contacts",
            *settled(raw),
        ]
    )


async def begin_anew(url: str) -> None:
    """Let all that was delivered be due again, as if nothing had been sent."""
    raw = Raw(url)
    anew = f"channel_id = NULL, message_ts = NULL, sent_at = NULL, due_at = {raw.moment(NOW)}"
    await raw.run(
        [
            "DELETE FROM nudges WHERE kind = 'rests'",
            "UPDATE nudges SET status = 'pending', lease_until = NULL, lease_by = NULL,"
            f" attempts = 0, {anew} WHERE kind = 'follow_up'",
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
        clock = StoppedClock()
        tools = client, sessions, clock, Pace(NO_PACE), Metrics()
        yield Delivery(PostRoom(*tools, owner=owner, since=clock.now()))
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
