"""Settles the fate of nudges that may have been sent: looks into the DM, and never guesses."""

from collections.abc import Sequence
from datetime import UTC, datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery_failures import act_on_look, heed, never_arrived
from bot.digest import record
from bot.dm_history import found_in_history
from bot.metrics import Metrics, Outcome
from bot.pace import LOOK, Pace
from storage import members
from storage.nudges import Claimed, SentMessage
from storage.sessions import Sessions

log = structlog.get_logger()


async def settle(
    group: Sequence[Claimed],
    client: AsyncWebClient,
    sessions: Sessions,
    clock: Clock,
    pace: Pace,
    metrics: Metrics,
    owner: str,
) -> None:
    """Record those of one member's nudges that are in the DM, and have the others sent again.

    These others are claimed anew, with all that is asked then: pause, hours, the facts.
    """
    async with sessions.member_by_id(group[0].member_id) as session:
        channel_id = (await members.current(session)).dm_channel_id
    try:
        # The channel is kept before the first message is sent: without one there was none.
        found = await found_in_history(client, channel_id, group) if channel_id else {}
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        now = clock.now()
        heed(error, pace, group[0].workspace_id, LOOK, now)
        await act_on_look(error, sessions, metrics, owner, group, now)
        return
    now = clock.now()
    async with sessions.member_by_id(group[0].member_id) as session:
        for ts in sorted(set(found.values())):
            arrived = [nudge for nudge in group if found.get(nudge.id) == ts]
            sent = SentMessage(channel_id=channel_id or "", ts=ts)
            own = await record(session, arrived, sent, owner=owner, now=now)
            metrics.arrived(Outcome.FOUND, own, datetime.fromtimestamp(float(ts), UTC))
        missing = [nudge for nudge in group if nudge.id not in found]
        await never_arrived(session, missing, metrics, owner=owner, now=now)
    log.info("delivery: looked into the DM", looked_for=len(group), found=len(found))
