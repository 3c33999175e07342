"""What the bot knows of the member whose session it is."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.countries import country_of
from storage.errors import Gone, OutOfScope
from storage.models import Member
from storage.scope import CURRENT_MEMBER, NUDGES_CHANGED, THESE_MEMBERS, member_of


async def current(session: AsyncSession) -> Member:
    """Give the member whose session this is; each unit of work reads that row once."""
    known: Member | None = session.info.get(CURRENT_MEMBER)
    if known is not None:
        return known
    member_id = member_of(session.info)
    if member_id is None:
        raise OutOfScope("an unscoped session has no current member")
    member = await session.scalar(_of_id(), {"member_id": member_id})
    if member is None:
        raise Gone("no such member")
    session.info[CURRENT_MEMBER] = member
    return member


def several(session: AsyncSession) -> Mapping[int, Member]:
    """Give the members, by their ids, whose session this is, opened for several at once."""
    return cast(Mapping[int, Member], session.info[THESE_MEMBERS])


@cache
def _of_id() -> Select[Member]:
    return select(Member).where(Member.id == bindparam("member_id"))


async def set_zone(session: AsyncSession, zone: str) -> None:
    """Keep the member's zone, an IANA name; raise ValueError for a name that is none."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no time zone has that name") from error
    member = await current(session)
    if member.zone is None and member.country is None:
        member.country = country_of(zone)
    member.zone = zone


async def follow_slack(session: AsyncSession, zone: str) -> bool:
    """Keep the zone that Slack tells of, when it is another than last time; say whether it is.

    Slack tells of it with every change of a profile: a zone that the member chose themselves stays
    until they travel. Raises ValueError for a name that is none.
    """
    member = await current(session)
    if member.slack_zone == zone:
        return False
    await set_zone(session, zone)
    member.slack_zone = zone
    return True


async def is_outdated(session: AsyncSession, at: datetime) -> bool:
    """Say whether Slack told of something newer about the member before; keep how new this is.

    `at` is when it came about. Events come in any order: what failed at first is sent again after
    minutes, and tells how a member was before what has come meanwhile.
    """
    member = await current(session)
    if member.slack_told_at is not None and at < member.slack_told_at:
        return True
    member.slack_told_at = at
    return False


async def set_dm_channel(session: AsyncSession, channel_id: str | None) -> None:
    """Keep the channel in which the member's DMs with the bot are; None forgets it."""
    (await current(session)).dm_channel_id = channel_id


async def mark_welcomed(session: AsyncSession, now: datetime) -> bool:
    """Note that the member was welcomed; True the first time only."""
    member = await current(session)
    if member.welcomed_at is not None:
        return False
    member.welcomed_at = now
    await session.flush()
    return True


async def set_active(session: AsyncSession, active: bool) -> bool:
    """Keep whether the member can be reached, as who is sent nudges must; say if that is new."""
    member = await current(session)
    if member.active == active:
        return False
    member.active = active
    session.info[NUDGES_CHANGED] = True
    return True
