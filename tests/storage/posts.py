"""Turning delivery's crank by hand, for the tests of the memory."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from storage import nudges
from storage.models import Nudge
from storage.nudges import Claimed, SentMessage
from storage.sessions import MemberKey, Sessions
from tests.storage.people import later

LEASE = timedelta(minutes=2)


async def everything_claimed(
    sessions: Sessions,
    now: datetime | None = None,
    *,
    owner: str = "me",
    limit: int = 100,
    closed: Collection[int] = (),
    no_new_dms: Collection[int] = (),
) -> list[Claimed]:
    """Claim all that is due, in the far future unless said otherwise."""
    when = later(days=300) if now is None else now
    async with sessions.unscoped() as session:
        return await nudges.claim(
            session,
            when,
            owner=owner,
            lease=LEASE,
            limit=limit,
            closed=closed,
            no_new_dms=no_new_dms,
        )


async def claimed(sessions: Sessions, now: datetime) -> int:
    """Claim the one nudge that is due; gives its id."""
    [claim] = await everything_claimed(sessions, now)
    return claim.id


def message_at(now: datetime) -> SentMessage:
    """Say what Slack calls the message that `sent` sends at a moment."""
    return SentMessage("D1", f"{now.timestamp():.6f}")


async def sent(sessions: Sessions, now: datetime) -> int:
    """Claim the one nudge that is due and note that it was sent; gives its id."""
    nudge_id = await claimed(sessions, now)
    async with sessions.unscoped() as session:
        brought = {nudge_id: message_at(now)}
        assert await nudges.record_sent(session, brought, owner="me") == {nudge_id}
    return nudge_id


async def stored(sessions: Sessions, who: MemberKey) -> list[Nudge]:
    """Give all nudges of a member, whatever became of them, the oldest first."""
    async with sessions.reading(who) as session:
        return list(await session.scalars(select(Nudge).order_by(Nudge.id)))
