"""Settles the fate of nudges that may have been sent: looks into the DM, and never guesses."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery_failures import act_on_look, heed, never_arrived
from bot.digest import record
from bot.dm_history import found_in_history
from bot.metrics import Outcome
from bot.pace import LOOK
from bot.post_room import PostRoom
from storage import members, nudges
from storage.nudges import Claimed, SentMessage

log = structlog.get_logger()


async def settle(group: Sequence[Claimed], room: PostRoom) -> None:
    """Record those of one member's nudges that are in the DM, and have the others sent again.

    These others are claimed anew, with all that is asked then: pause, hours, the facts.
    """
    async with room.sessions.member_by_id(group[0].member_id) as session:
        dm = (await members.current(session)).dm_channel_id
    # Each is looked for where it was to go: the member's DM may be another one by now, or none.
    by_channel: dict[str | None, list[Claimed]] = defaultdict(list)
    for nudge in group:
        by_channel[nudge.channel_id or dm].append(nudge)
    for channel_id, part in by_channel.items():
        await _settle(part, channel_id, room)


async def _settle(group: Sequence[Claimed], channel_id: str | None, room: PostRoom) -> None:
    member_id = group[0].member_id
    try:
        # The channel is kept before the first message is sent: without one there was none.
        found = await found_in_history(room.client, channel_id, group) if channel_id else {}
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        now = room.clock.now()
        heed(error, room.pace, group[0].workspace_id, LOOK, now)
        await act_on_look(error, room, group, now)
        return
    now = room.clock.now()
    async with room.sessions.member_by_id(member_id) as session:
        for ts in sorted(set(found.values())):
            arrived = [nudge for nudge in group if found.get(nudge.id) == ts]
            sent = SentMessage(channel_id=channel_id or "", ts=ts)
            own = await record(session, arrived, sent, owner=room.owner, now=now)
            room.metrics.arrived(Outcome.FOUND, own, datetime.fromtimestamp(float(ts), UTC))
        missing = [nudge for nudge in group if nudge.id not in found]
        await never_arrived(session, missing, room, now)
    for outdated in nudges.outdated(session):
        await room.correct(member_id, outdated)
    log.info("delivery: looked into the DM", looked_for=len(group), found=len(found))
