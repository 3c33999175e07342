"""What did not reach members, or not in time: counts and moments for the operator, no more.

These verbs are for unscoped sessions. What they read is bounded, and comes from partial indexes
that hold unsettled nudges alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Digest, NudgeStatus
from storage.due import pending
from storage.models import Member, Nudge
from storage.outbox import IN_DOUBT
from storage.scope import NUDGES_CHANGED

# Where counting ends: more is no other news.
MOST = 1000


@dataclass(frozen=True)
class Counted:
    """How many there are, MOST at the most, and since when there are any."""

    count: int
    since: datetime | None


async def failed(session: AsyncSession) -> Counted:
    """Count the nudges that were given up, and say when the first of them was."""
    query = select(Nudge.updated_at.label("since")).where(_failed())
    return await _counted(session, query.order_by(Nudge.makes_sense_until))


async def worth_another_try(session: AsyncSession, now: datetime) -> int:
    """Count the failed nudges that still make sense and wait for an answer, MOST at the most."""
    query = _retriable(now).with_only_columns(Nudge.updated_at.label("since"))
    return (await _counted(session, query)).count


async def overdue(session: AsyncSession, before: datetime) -> Counted:
    """Count what was due before a moment and should have gone out by then, and say since when."""
    query = (
        select(Nudge.due_at.label("since"))
        .join(Member, Member.id == Nudge.member_id)
        .where(pending(), Nudge.due_at < before)
        .where(Member.active, Member.asked_to_go_on_at.is_(None))
        .where(or_(Member.paused_until.is_(None), Member.paused_until < before))
        .where(or_(Nudge.alone, Member.digest != Digest.NONE))
        .order_by(Nudge.due_at)
    )
    return await _counted(session, query)


async def retry_failed(session: AsyncSession, now: datetime, *, limit: int = MOST) -> list[int]:
    """Have nudges that failed by now and still make sense sent after all; gives their ids.

    Delivery looks at the facts again before it sends any; and into the DM for what was given up
    while it was in doubt.
    """
    query = _retriable(now).where(Nudge.updated_at <= now).limit(limit)
    ids = list(await session.scalars(query.with_for_update(of=Nudge)))
    if ids:
        fresh = {"attempts": 0, "failure": None, "updated_at": now}
        in_doubt = {"status": NudgeStatus.SENDING, "lease_by": None, "lease_until": now}
        for which, back in (
            (Nudge.failure == IN_DOUBT, in_doubt),
            # The others by now.
            (_failed(), {"status": NudgeStatus.PENDING}),
        ):
            statement = update(Nudge).where(Nudge.id.in_(ids), which).values(fresh | back)
            await session.execute(statement, execution_options={"synchronize_session": False})
        session.info[NUDGES_CHANGED] = True
    return ids


async def _counted(session: AsyncSession, query: Select[Any]) -> Counted:
    some = query.limit(MOST).subquery()
    row = (await session.execute(select(func.count(), func.min(some.c.since)))).one()
    return Counted(*row)


def _retriable(now: datetime) -> Select[int]:
    return select(Nudge.id).where(_failed(), Nudge.answer.is_(None), Nudge.makes_sense_until > now)


def _failed() -> ColumnElement[bool]:
    # A literal, so that the planner can tell that the partial index will do.
    return Nudge.status == literal_column("'failed'")
