"""Delivery's side of the nudges: claim, lease, record.

These verbs are used with an unscoped session, or with a member's by delivery. Any number of
processes may claim at once; each claim is one statement, and a lease says whose it is until when.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CursorResult,
    Select,
    Update,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, NudgeStatus
from storage.due import pending, sending, wanted
from storage.models import Member, Nudge
from storage.sent_messages import SentMessage, mark_outdated

FAILURE_LENGTH = 200
# Longer than a message may be on its way to Slack, with the time-outs of its sender.
ON_ITS_WAY = timedelta(seconds=15)
# The failure of a nudge that was given up while nobody knew whether it had arrived.
IN_DOUBT = "in_doubt"
_UNSYNCHRONIZED = {"synchronize_session": False}


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
    """Claim all that is due for up to `limit` members, the earliest first.

    A member's due nudges are claimed by one process together, since they go into one message.
    Members who left, paused, or were asked whether to go on are passed over; who wants no digest
    gets only what comes on its own, and so does who may have been sent a digest just now.
    Nothing is claimed in workspaces that are `closed`, and in those with `no_new_dms` only for
    members whose DM is known.
    """
    due = (pending(), Nudge.due_at <= now)
    heard = (
        select(Member.id)
        .where(Member.active, Member.asked_to_go_on_at.is_(None))
        .where(or_(Member.paused_until.is_(None), Member.paused_until <= now))
        .where(*_reachable(closed, no_new_dms))
        .where(select(Nudge.id).where(Nudge.member_id == Member.id, *due, wanted()).exists())
        .limit(limit)
        # PostgreSQL passes over members whom another process is serving.
        .with_for_update(of=Member, skip_locked=True, key_share=True)
        .cte("heard")
    )
    theirs = (
        select(Nudge.id)
        .join(Member, Member.id == Nudge.member_id)
        .where(Nudge.member_id.in_(select(heard.c.id)), *due, wanted())
    )
    return await _lease(session, theirs, now, owner, lease, uncertain=False)


async def claim_expired(
    session: AsyncSession, now: datetime, *, owner: str, lease: timedelta, limit: int
) -> list[Claimed]:
    """Claim what somebody began to send and did not record before their lease ran out.

    In two steps, with ON_ITS_WAY between them: the claim is taken from its holder, who may live and
    have a message under way, as after a jump of the clock; only then somebody may look for it.
    """
    left = (
        select(Nudge.id)
        .where(sending(), Nudge.lease_until <= now)
        .order_by(Nudge.lease_until, Nudge.id)
        .limit(limit)
    )
    doubted = _chosen(left.where(Nudge.lease_by.is_not(None)))
    await _change(session, doubted.values(lease_by=None, lease_until=now + ON_ITS_WAY))
    nobodys = left.where(Nudge.lease_by.is_(None))
    return await _lease(session, nobodys, now, owner, lease, uncertain=True)


async def leave_in_doubt(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    *,
    owner: str,
    until: datetime,
    tried: bool = True,
) -> int:
    """Give back what may have been sent: from `until` on somebody may look for it.

    What nobody `tried` to look for counts as if it had not been claimed. Gives how many were still
    one's own.
    """
    doubt: dict[str, Any] = {"lease_by": None, "lease_until": until} | _uncounted(tried)
    return await _change(session, _claims(nudge_ids, owner).values(doubt))


async def extend_lease(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    owner: str,
    until: datetime,
    *,
    into: str | None = None,
) -> int:
    """Keep one's claims until a later moment; gives how many are still one's own.

    `into` is the DM into which they are about to be posted: there they are looked for if need be,
    whatever becomes of the member's DM.
    """
    kept: dict[str, Any] = {"lease_until": until} | ({"channel_id": into} if into else {})
    return await _change(session, _claims(nudge_ids, owner).values(kept))


async def release(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    *,
    owner: str,
    due_at: datetime | None = None,
    anew: bool = False,
    tried: bool = True,
) -> int:
    """Give back what surely was not sent, to be tried again at `due_at` or at once.

    `anew` when it was only put off: what it was tried before then counts no more. What nobody
    `tried` to send counts as if it had not been claimed. Gives how many were still one's own.
    """
    back: dict[str, Any] = {"status": NudgeStatus.PENDING, "lease_until": None, "lease_by": None}
    back |= _uncounted(tried)
    if due_at is not None:
        back["due_at"] = due_at
    if anew or (due_at is not None and not tried):
        # Not zero: the plan hurries nothing that delivery has put off.
        back["attempts"] = 1
    return await _change(session, _claims(nudge_ids, owner).values(back))


async def record_sent(
    session: AsyncSession,
    nudge_id: int,
    *,
    owner: str,
    channel_id: str,
    message_ts: str,
    now: datetime,
) -> bool:
    """Note where a nudge was sent; False when the claim is not one's own any more.

    What the member answered while it was on its way, in Home, makes the message out of date.
    """
    settled: dict[str, Any] = _settled(
        now, status=NudgeStatus.SENT, channel_id=channel_id, message_ts=message_ts, sent_at=now
    )
    statement = _claims([nudge_id], owner).values(settled).returning(Nudge.answer)
    answers = (await session.execute(statement, execution_options=_UNSYNCHRONIZED)).all()
    if any(answer is not None for (answer,) in answers):
        mark_outdated(session, SentMessage(channel_id=channel_id, ts=message_ts))
    return len(answers) == 1


async def record_dropped(
    session: AsyncSession, nudge_id: int, *, owner: str, now: datetime
) -> bool:
    """Note that a nudge makes no sense any more; False when the claim is not one's own."""
    return await _settle(session, nudge_id, owner, now, status=NudgeStatus.DROPPED)


async def record_failed(
    session: AsyncSession, nudge_id: int, *, owner: str, failure: str, now: datetime
) -> bool:
    """Note that a nudge cannot be sent, with Slack's error; False when not one's own claim.

    With IN_DOUBT for a failure it is looked for before it is ever sent again.
    """
    failure = failure[:FAILURE_LENGTH]
    return await _settle(session, nudge_id, owner, now, status=NudgeStatus.FAILED, failure=failure)


def _reachable(closed: Collection[int], no_new_dms: Collection[int]) -> Iterator[Any]:
    if closed:
        yield Member.workspace_id.not_in(closed)
    if no_new_dms:
        yield or_(Member.dm_channel_id.is_not(None), Member.workspace_id.not_in(no_new_dms))


async def _lease(
    session: AsyncSession,
    wanted: Select[int],
    now: datetime,
    owner: str,
    lease: timedelta,
    *,
    uncertain: bool,
) -> list[Claimed]:
    claim: dict[str, Any] = {
        "status": NudgeStatus.SENDING,
        "lease_until": now + lease,
        "lease_by": owner,
        "attempts": Nudge.attempts + 1,
        "updated_at": now,
    }
    if not uncertain:
        # It has not been posted anywhere yet.
        claim["channel_id"] = None
    statement = (
        _chosen(wanted)
        .values(claim)
        .returning(
            Nudge.id,
            Nudge.member_id,
            select(Member.workspace_id)
            .where(Member.id == Nudge.member_id)
            .scalar_subquery()
            .label("workspace_id"),
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
        .execution_options(synchronize_session=False)
    )
    rows = await session.execute(statement)
    claimed = [Claimed(**row, uncertain=uncertain) for row in rows.mappings()]
    return sorted(claimed, key=lambda nudge: (nudge.due_at, nudge.id))


def _chosen(wanted: Select[int]) -> Update:
    # PostgreSQL passes over rows that others hold; SQLite has one writer and needs no such word.
    # A CTE is worked out once, where a subquery with a limit might be run again for each row.
    chosen = wanted.with_for_update(of=Nudge, skip_locked=True).cte("chosen")
    return update(Nudge).where(Nudge.id.in_(select(chosen.c.id)))


def _uncounted(tried: bool) -> dict[str, Any]:
    return {} if tried else {"attempts": Nudge.attempts - 1}


def _claims(nudge_ids: Iterable[int], owner: str) -> Update:
    return update(Nudge).where(
        Nudge.id.in_(list(nudge_ids)),
        Nudge.status == NudgeStatus.SENDING,
        Nudge.lease_by == owner,
    )


async def _settle(
    session: AsyncSession, nudge_id: int, owner: str, now: datetime, **values: object
) -> bool:
    return await _change(session, _claims([nudge_id], owner).values(_settled(now, **values))) == 1


def _settled(now: datetime, **values: object) -> dict[str, Any]:
    return values | {"lease_until": None, "lease_by": None, "updated_at": now}


async def _change(session: AsyncSession, statement: Update) -> int:
    result = await session.execute(statement, execution_options=_UNSYNCHRONIZED)
    return result.rowcount if isinstance(result, CursorResult) else 0
