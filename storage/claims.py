"""How delivery claims nudges, so that nobody sends what somebody else is sending.

These verbs are for unscoped sessions. Any number of processes may claim at once: whose members are
locked in the transaction of the claim, and a lease says whose it is until when.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Executable,
    Integer,
    Select,
    Update,
    bindparam,
    not_,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.vocabulary import NudgeKind, NudgeStatus
from storage.due import pending, sending, wanted
from storage.models import Member, Nudge, Workspace
from storage.types import UTCDateTime

# Longer than a message may be on its way to Slack, with the time-outs of its sender.
ON_ITS_WAY = timedelta(seconds=15)

_UNSYNCHRONIZED = {"synchronize_session": False}
_NOW = bindparam("now", type_=UTCDateTime())
_UNTIL = bindparam("until", type_=UTCDateTime())
_LIMIT = bindparam("limit", type_=Integer)


@dataclass(frozen=True)
class Claimed:
    """A nudge that this process may send until its lease ends.

    `uncertain` says that it may have been sent already, into the DM `channel_id` if one was noted:
    this process may look, and not send.
    """

    id: int
    member_id: int
    workspace_id: int
    kind: NudgeKind
    key: str
    round_: int
    contact_id: int | None
    alone: bool
    created_at: datetime
    due_at: datetime
    makes_sense_until: datetime
    attempts: int
    channel_id: str | None
    uncertain: bool


async def claim(
    session: AsyncSession,
    now: datetime,
    *,
    owner: str,
    lease: timedelta,
    limit: int,
    closed: Collection[int] = (),
    no_new_dms: Collection[int] = (),
) -> list[Claimed]:
    """Claim all that is due for up to `limit` members, the most pressing first.

    What is tied to a clock goes before digests, and then who has been waiting longest. A member's
    due nudges are claimed by one process together, since they go into one message.
    Members who left, paused, or were asked whether to go on are passed over; who wants no digest
    gets only what comes on its own, and so does who may have been sent a digest just now.
    Nothing is claimed in workspaces that are `closed`, and in those with `no_new_dms` only for
    members whose DM is known.
    """
    if closed and not await _any_open(session, closed):
        return []
    values = _values(now, owner, lease) | {"closed": list(closed), "no_new_dms": list(no_new_dms)}
    claimed: list[Claimed] = []
    for alone in (True, False):
        room = limit - len({nudge.member_id for nudge in claimed})
        if room > 0:
            waiting = _free(alone, bool(closed), bool(no_new_dms))
            free = list(await session.scalars(waiting, values | {"limit": room}))
            # Named one by one: of a list from a query nobody can tell how short it is, and
            # PostgreSQL would look through all that is due.
            if free:
                claimed += await _claimed(session, _claim(), values | {"free": free})
    return claimed


async def claim_expired(
    session: AsyncSession, now: datetime, *, owner: str, lease: timedelta, limit: int
) -> list[Claimed]:
    """Claim what somebody began to send and did not record before their lease ran out.

    In two steps, with ON_ITS_WAY between them: the claim is taken from its holder, who may live and
    have a message under way, as after a jump of the clock; only then somebody may look for it.
    """
    values = _values(now, owner, lease) | {"limit": limit}
    waits = values | {"until": now + ON_ITS_WAY}
    await session.execute(_take_from_holders(), waits, execution_options=_UNSYNCHRONIZED)
    return await _claimed(session, _claim_nobodys(), values, uncertain=True)


def _values(now: datetime, owner: str, lease: timedelta) -> dict[str, Any]:
    return {"now": now, "owner": owner, "until": now + lease}


async def _claimed(
    session: AsyncSession, statement: Executable, values: dict[str, Any], *, uncertain: bool = False
) -> list[Claimed]:
    rows = await session.execute(statement, values, execution_options=_UNSYNCHRONIZED)
    claimed = [Claimed(**row, uncertain=uncertain) for row in rows.mappings()]
    return sorted(claimed, key=lambda nudge: (not nudge.alone, nudge.due_at, nudge.id))


# Asked for at many beats, each of these statements is built once.


@cache
def _free(alone: bool, some_closed: bool, no_new_dms_in_some: bool) -> Select[int]:
    first = _waiting_longest(alone=alone).where(*_reachable(some_closed, no_new_dms_in_some))
    # PostgreSQL passes over members whom another process is serving.
    return first.limit(_LIMIT).with_for_update(of=Member, skip_locked=True, key_share=True)


@cache
def _claim() -> Executable:
    free: BindParameter[int] = bindparam("free", expanding=True)
    due = (
        select(Nudge.id)
        .join(Member, Member.id == Nudge.member_id)
        .where(Nudge.member_id.in_(free), pending(), Nudge.due_at <= _NOW, wanted())
    )
    # It has not been posted anywhere yet.
    return _lease(due, channel_id=None)


@cache
def _take_from_holders() -> Update:
    doubted = _chosen(_expired().where(Nudge.lease_by.is_not(None)))
    return doubted.values(lease_by=None, lease_until=_UNTIL)


@cache
def _claim_nobodys() -> Executable:
    return _lease(_expired().where(Nudge.lease_by.is_(None)))


def _expired() -> Select[int]:
    return (
        select(Nudge.id)
        .where(sending(), Nudge.lease_until <= _NOW)
        .order_by(Nudge.lease_until, Nudge.id)
        .limit(_LIMIT)
    )


def _waiting_longest(*, alone: bool) -> Select[int]:
    """Give the members for whom something is due that comes alone, or that a digest brings.

    An index of what is pending is read in its order, and only as far as is needed: each member
    counts with what they have waited for longest.
    """
    earlier = aliased(Nudge)

    def due(nudge: Any) -> Iterator[Any]:
        yield from (pending(nudge), nudge.due_at <= _NOW)
        yield nudge.alone if alone else not_(nudge.alone)

    before = tuple_(earlier.due_at, earlier.id) < tuple_(Nudge.due_at, Nudge.id)
    waited_longer = select(earlier.id).where(earlier.member_id == Nudge.member_id, *due(earlier))
    # With an offset PostgreSQL asks this for each row until there are enough; without one it may
    # compare all that is due with all that is due.
    waited_longer = waited_longer.where(before).offset(0)
    return (
        select(Member.id)
        .join(Nudge, Nudge.member_id == Member.id)
        .where(*due(Nudge), wanted())
        .where(Member.active, Member.asked_to_go_on_at.is_(None))
        .where(or_(Member.paused_until.is_(None), Member.paused_until <= _NOW))
        .where(~waited_longer.exists())
        # In the order of the index alone: for one more column PostgreSQL would read all that is due
        # at the same moment, and at nine that is everybody's.
        .order_by(Nudge.due_at)
    )


async def _any_open(session: AsyncSession, closed: Collection[int]) -> bool:
    """Say whether a workspace is left: all that waits in closed ones need not be looked through."""
    query = select(Workspace.id).where(Workspace.id.not_in(closed)).limit(1)
    return await session.scalar(query) is not None


def _reachable(some_closed: bool, no_new_dms_in_some: bool) -> Iterator[Any]:
    if some_closed:
        yield Member.workspace_id.not_in(bindparam("closed", expanding=True))
    if no_new_dms_in_some:
        without: BindParameter[int] = bindparam("no_new_dms", expanding=True)
        yield or_(Member.dm_channel_id.is_not(None), Member.workspace_id.not_in(without))


def _lease(wanted: Select[int], **more: Any) -> Executable:
    workspace = select(Member.workspace_id).where(Member.id == Nudge.member_id)
    claim = _chosen(wanted).values(
        status=NudgeStatus.SENDING,
        lease_until=_UNTIL,
        lease_by=bindparam("owner"),
        attempts=Nudge.attempts + 1,
        updated_at=_NOW,
        **more,
    )
    return claim.returning(
        Nudge.id,
        Nudge.member_id,
        workspace.scalar_subquery().label("workspace_id"),
        Nudge.kind,
        Nudge.key,
        Nudge.round_.label("round_"),
        Nudge.contact_id,
        Nudge.alone,
        Nudge.created_at,
        Nudge.due_at,
        Nudge.makes_sense_until,
        Nudge.attempts,
        Nudge.channel_id,
    )


def _chosen(wanted: Select[int]) -> Update:
    # PostgreSQL passes over rows that others hold; SQLite has one writer and needs no such word.
    # A CTE is worked out once, where a subquery with a limit might be run again for each row.
    chosen = wanted.with_for_update(of=Nudge, skip_locked=True).cte("chosen")
    return update(Nudge).where(Nudge.id.in_(select(chosen.c.id)))
