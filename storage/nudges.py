"""Nudges are rows, and they are derived; here is what the member sees and presses of them.

How the rows follow the plan is in `storage.planning`, what delivery does with them in
`storage.due`, `storage.claims` and `storage.outbox`, which messages are untrue by now in
`storage.sent_messages`; all of their verbs are here by name too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal_column, not_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from domain.vocabulary import Answer, NudgeKind, NudgeStatus
from storage import members
from storage.claims import Claimed, claim, claim_expired
from storage.due import Ahead, ahead, next_due, pending
from storage.models import Interview, Nudge
from storage.outbox import (
    IN_DOUBT,
    extend_lease,
    join_digest,
    leave_in_doubt,
    record_dropped,
    record_failed,
    record_sent,
    release,
)
from storage.planning import (
    added,
    hold_back,
    hours_changed,
    planned,
    reconcile,
    reconcile_all,
)
from storage.rows import own_row, possible
from storage.sent_messages import SentMessage, mark_outdated, outdated, sent_message
from storage.types import UTCDateTime

__all__ = [
    "IN_DOUBT",
    "Ahead",
    "Claimed",
    "SentMessage",
    "added",
    "ahead",
    "answer",
    "as_stored",
    "claim",
    "claim_expired",
    "coming",
    "extend_lease",
    "for_home",
    "get",
    "hold_back",
    "hours_changed",
    "in_message",
    "join_digest",
    "leave_in_doubt",
    "missed",
    "next_about",
    "next_due",
    "open_for",
    "outdated",
    "planned",
    "put_off_count",
    "reconcile",
    "reconcile_all",
    "record_dropped",
    "record_failed",
    "record_sent",
    "release",
    "sent_message",
    "several",
]

_SUBJECTS = (
    joinedload(Nudge.contact),
    joinedload(Nudge.interview).joinedload(Interview.contact),
    joinedload(Nudge.promise),
)
_GUESTS = joinedload(Nudge.interview).selectinload(Interview.guests)
_OPEN = (NudgeStatus.PENDING, NudgeStatus.SENDING, NudgeStatus.SENT, NudgeStatus.FAILED)


async def in_message(session: AsyncSession, sent: SentMessage) -> list[Nudge]:
    """Give the nudges of one message in its order, with their contacts and talks."""
    where = {"channel_id": sent.channel_id, "ts": sent.ts}
    return list(await session.scalars(_in_message(), where))


async def several(session: AsyncSession, nudge_ids: Sequence[int]) -> list[Nudge]:
    """Give those of these nudges that there are, the earliest first, with contacts and talks."""
    return list(await session.scalars(_several(), {"nudge_ids": possible(nudge_ids)}))


async def as_stored(session: AsyncSession, claimed: Sequence[Claimed]) -> list[Claimed]:
    """Give the same with whom they are about by now: two contacts may have become one since."""
    query = select(Nudge.id, Nudge.key, Nudge.contact_id)
    rows = await session.execute(query.where(Nudge.id.in_([nudge.id for nudge in claimed])))
    stored = {nudge_id: (key, contact_id) for nudge_id, key, contact_id in rows}
    return [
        replace(nudge, key=stored[nudge.id][0], contact_id=stored[nudge.id][1])
        for nudge in claimed
        if nudge.id in stored
    ]


async def get(session: AsyncSession, nudge_id: int) -> Nudge:
    """Give a nudge with its contact and its talk; raises Gone."""
    return await own_row(session, Nudge, nudge_id, *_SUBJECTS, _GUESTS)


async def answer(
    session: AsyncSession,
    nudge_id: int,
    answer: Answer,
    now: datetime,
    until: datetime | None = None,
    *,
    alone: bool = False,
    plan: bool = True,
) -> bool:
    """Keep what the member pressed; False when the nudge was answered before. Raises Gone.

    `until` is needed for later, and only for that; `alone` says that it is to come at that very
    moment and not with the digest. The next round is planned at once, unless what is logged next
    in the same transaction, about the same contact, plans it.
    """
    if (answer == Answer.LATER) != (until is not None):
        raise ValueError("later needs a moment, and nothing else has one")
    nudge = await own_row(session, Nudge, nudge_id, lock=True)
    if nudge.answer is not None:
        return False
    nudge.answer, nudge.answered_at, nudge.later_until = answer, now, until
    nudge.later_alone, nudge.updated_at = alone, now
    mark_outdated(session, sent_message(nudge))
    await session.flush()
    if plan:
        await reconcile(session, now, *([nudge.contact_id] if nudge.contact_id else []))
    return True


async def unanswer(session: AsyncSession, nudge_id: int) -> None:
    """Take an answer back; the caller has the nudges follow. Raises Gone."""
    nudge = await own_row(session, Nudge, nudge_id, lock=True)
    nudge.answer, nudge.answered_at, nudge.later_until = None, None, None
    nudge.later_alone = False
    mark_outdated(session, sent_message(nudge))
    await session.flush()


async def open_for(session: AsyncSession, now: datetime, limit: int = 5) -> list[Nudge]:
    """Give the nudges that wait for the member, the earliest first, with contact and talk.

    Due or sent, not answered, and still within the time in which they make sense; also what was due
    and found no room in a digest. Those that stopped being true were cancelled when they did.
    """
    waiting = list(await session.scalars(_waiting(), {"now": now, "limit": limit}))
    return await _still_asked(session, waiting)


async def for_home(
    session: AsyncSession, now: datetime, since: datetime, *, limit: int
) -> tuple[list[Nudge], Nudge | None]:
    """Give what waits, as `open_for`, and what was answered last, if after `since`, or None.

    One question. Who else is in a talk is for the caller to load.
    """
    given = {"now": now, "since": since, "limit": limit + 1}
    found = list(await session.scalars(_waiting_or_just_answered(), given))
    waiting = [nudge for nudge in found if nudge.answered_at is None]
    answered = [nudge for nudge in found if nudge.answered_at is not None]
    return await _still_asked(session, waiting[:limit]), next(iter(answered), None)


async def _still_asked(session: AsyncSession, waiting: Sequence[Nudge]) -> list[Nudge]:
    """Leave out whether to go on: whoever did anything since has answered it."""
    asked = (await members.current(session)).asked_to_go_on_at is not None
    return [nudge for nudge in waiting if asked or nudge.kind != NudgeKind.GO_ON]


async def put_off_count(session: AsyncSession, now: datetime) -> int:
    """Count what found no room in a digest, and waits for the next one."""
    waits = select(func.count(Nudge.id)).where(_put_off(), Nudge.alone.is_(False))
    return (await session.scalars(waits.where(Nudge.makes_sense_until > now))).one()


async def coming(session: AsyncSession, now: datetime, limit: int = 10) -> list[Nudge]:
    """Give the nudges that are planned for later, the earliest first, with contact and talk."""
    query = _with_subjects().where(Nudge.status == NudgeStatus.PENDING, Nudge.due_at > now)
    # What found no room in a digest is due already, and waits with the rest of it.
    return list(await session.scalars(query.where(Nudge.attempts == 0).limit(limit)))


async def next_about(session: AsyncSession, contact_id: int, now: datetime) -> Nudge | None:
    """Give the next step with a contact: the nudge about them that waits, or the next to come."""
    waits = Nudge.status.in_((*_OPEN, NudgeStatus.PENDING)) & (Nudge.makes_sense_until > now)
    query = _with_subjects().where(Nudge.contact_id == contact_id, Nudge.answer.is_(None), waits)
    return await session.scalar(query.limit(1))


def _with_subjects(*, guests: bool = True) -> Select[Nudge]:
    subjects = (*_SUBJECTS, _GUESTS) if guests else _SUBJECTS
    return select(Nudge).order_by(Nudge.due_at, Nudge.id).options(*subjects)


def _put_off(nudge: Any = Nudge) -> Any:
    """Delivery had it in hand already, and found no room or no good moment for it.

    Written so that the databases see that an index is for it.
    """
    return pending(nudge) & (nudge.attempts > literal_column("0"))


@cache
def _in_message() -> Select[Nudge]:
    is_in_it = Nudge.channel_id == bindparam("channel_id"), Nudge.message_ts == bindparam("ts")
    return _with_subjects().where(*is_in_it)


@cache
def _several() -> Select[Nudge]:
    return _with_subjects().where(Nudge.id.in_(bindparam("nudge_ids", expanding=True)))


@cache
def _waiting() -> Select[Nudge]:
    return _those(_open_ones(), guests=True)


@cache
def _waiting_or_just_answered() -> Select[Nudge]:
    answered = aliased(Nudge)
    last = (
        select(answered.id)
        .where(answered.answered_at > bindparam("since", type_=UTCDateTime()))
        .order_by(answered.answered_at.desc(), answered.id.desc())
        .limit(1)
        .subquery()
    )
    return _those((*_open_ones(), select(last.c.id)), guests=False)


def _open_ones() -> tuple[Select[int], Select[int]]:
    now = bindparam("now", type_=UTCDateTime())
    due, waits = aliased(Nudge), aliased(Nudge)
    return (
        select(due.id)
        .where(due.status.in_(_OPEN), due.due_at <= now, not_(_put_off(due)))
        .where(*_unanswered(due, now)),
        select(waits.id).where(_put_off(waits), *_unanswered(waits, now)),
    )


def _those(ids: Sequence[Select[int]], *, guests: bool) -> Select[Nudge]:
    # Each question for ids has an index; asked for all at once, or without the outer join, the
    # databases may read all that a member was ever reminded of.
    these = union_all(*ids).subquery()
    return (
        _with_subjects(guests=guests)
        .select_from(these)
        .outerjoin(Nudge, Nudge.id == these.c.id)
        .limit(bindparam("limit", type_=Integer))
    )


def _unanswered(nudge: Any, now: Any) -> tuple[Any, Any]:
    return nudge.answer.is_(None), nudge.makes_sense_until > now


@cache
def missed() -> Select[int]:
    """How many could not be delivered and still wait for an answer at `now`."""
    now = bindparam("now", type_=UTCDateTime())
    failed = select(func.count(Nudge.id)).where(Nudge.status == NudgeStatus.FAILED)
    return failed.where(*_unanswered(Nudge, now))
