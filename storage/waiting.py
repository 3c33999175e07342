"""What waits for a member, in a message or in Home, and what comes next."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal_column, not_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.vocabulary import NudgeKind, NudgeStatus
from storage import members
from storage.due import pending, sending
from storage.models import Nudge
from storage.subjects import with_subjects
from storage.types import UTCDateTime

_OPEN = (NudgeStatus.PENDING, NudgeStatus.SENDING, NudgeStatus.SENT, NudgeStatus.FAILED)


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
    query = with_subjects().where(pending(), Nudge.due_at > now)
    # What found no room in a digest is due already, and waits with the rest of it.
    return list(await session.scalars(query.where(Nudge.attempts == 0).limit(limit)))


async def next_about(session: AsyncSession, contact_id: int, now: datetime) -> Nudge | None:
    """Give the next step with a contact: the nudge about them that waits, or the next to come."""
    waits = Nudge.status.in_(_OPEN) & (Nudge.makes_sense_until > now)
    query = with_subjects().where(Nudge.contact_id == contact_id, Nudge.answer.is_(None), waits)
    return await session.scalar(query.limit(1))


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
    return _those([*_open_ones(), select(last.c.id)], guests=False)


def _open_ones() -> Sequence[Select[int]]:
    """Ask for the ids of what is due, what is on its way, what was said, and what was put off."""
    now = bindparam("now", type_=UTCDateTime())
    due, in_hand, said, waits = (aliased(Nudge) for _ in range(4))
    which = (
        (due, pending(due) & (due.due_at <= now) & not_(_put_off(due))),
        (in_hand, sending(in_hand) & (in_hand.due_at <= now)),
        (said, _told(said) & (said.due_at <= now)),
        (waits, _put_off(waits)),
    )
    return [select(each.id).where(is_one, *_unanswered(each, now)) for each, is_one in which]


def _those(ids: Sequence[Select[int]], *, guests: bool) -> Select[Nudge]:
    # Each question for ids has an index; asked for all at once, or without the outer join, the
    # databases may read all that a member was ever reminded of.
    these = union_all(*ids).subquery()
    return (
        with_subjects(guests=guests)
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
    failed = select(func.count(Nudge.id)).where(_told(), Nudge.status == NudgeStatus.FAILED)
    return failed.where(*_unanswered(Nudge, now))


def _told(nudge: Any = Nudge) -> Any:
    """Said, or meant to be said, and not answered; written as the index for it is."""
    said = nudge.status.in_([literal_column("'sent'"), literal_column("'failed'")])
    return said & nudge.answer.is_(None)


def _put_off(nudge: Any = Nudge) -> Any:
    """Delivery had it in hand already, and found no room or no good moment for it.

    Written so that the databases see that an index is for it.
    """
    return pending(nudge) & (nudge.attempts > literal_column("0"))
