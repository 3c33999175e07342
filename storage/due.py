"""When delivery has something to do, of all members; asked at every beat."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.vocabulary import Digest
from storage.models import Member, Nudge
from storage.types import UTCDateTime


@dataclass(frozen=True)
class Ahead:
    """When delivery has something to do: nudges that are due, claims that nobody settled."""

    due: datetime | None
    claim_ends: datetime | None

    @property
    def next(self) -> datetime | None:
        """The earlier of the two."""
        moments = (self.due, self.claim_ends)
        return min((moment for moment in moments if moment is not None), default=None)


async def ahead(session: AsyncSession, after: datetime | None = None) -> Ahead:
    """Give the earliest moments at which delivery has something to do, of all members.

    Either a pending nudge of an active member is due, after their pause, or a lease runs out. What
    was due by `after` is left out: it waits for something else, such as room in its workspace.
    """
    asked = await session.execute(_later_moments() if after else _moments(), {"after": after})
    due, after_a_pause, claim_ends = asked.one()
    dues = [moment for moment in (due, after_a_pause) if moment is not None]
    return Ahead(min(dues, default=None), claim_ends)


async def next_due(session: AsyncSession) -> datetime | None:
    """Give the earliest moment at which delivery has something to do, of all members."""
    return (await ahead(session)).next


@cache
def _moments() -> Select[Any]:
    """Give the question for what is due next; asked at every beat, it is built once."""
    return _next_moments(_earliest_due(), _earliest_pause_end())


@cache
def _later_moments() -> Select[Any]:
    # The index is read from there on, however much is waiting.
    after = bindparam("after", type_=UTCDateTime())
    return _next_moments(
        _earliest_due().where(Nudge.due_at > after),
        _earliest_pause_end().where(Member.paused_until > after),
    )


def _next_moments(due: Select[Any], pause_ends: Select[Any]) -> Select[Any]:
    claim_ends = select(Nudge.lease_until).where(sending()).order_by(Nudge.lease_until).limit(1)
    return select(*(each.scalar_subquery() for each in (due, pause_ends, claim_ends)))


def _earliest_due() -> Select[Any]:
    unpaused = or_(Member.paused_until.is_(None), Member.paused_until <= Nudge.due_at)
    heard = and_(Member.active, Member.asked_to_go_on_at.is_(None), wanted())
    return (
        select(Nudge.due_at)
        .join(Member, Member.id == Nudge.member_id)
        .where(pending(), heard, unpaused)
        .order_by(Nudge.due_at)
        .limit(1)
    )


def _earliest_pause_end() -> Select[Any]:
    """Of members for whom something was held back in their pause."""
    held_back = select(Nudge.id).where(
        pending(), Nudge.member_id == Member.id, Nudge.due_at < Member.paused_until
    )
    return (
        select(Member.paused_until)
        # With an offset PostgreSQL asks this for each pause, the earliest first; without one it may
        # compare all members with all that is pending.
        .where(Member.paused_until.is_not(None), Member.active, held_back.offset(0).exists())
        .order_by(Member.paused_until)
        .limit(1)
    )


def pending(nudge: Any = Nudge) -> Any:
    """What is to come; written so that the databases see that an index is for it."""
    return nudge.status == literal_column("'pending'")


@cache
def wanted() -> Any:
    """What comes on its own; and a digest, for who wants one and has none of an open fate."""
    other = aliased(Nudge)
    under_way = select(other.member_id).where(sending(other), other.alone.is_(False))
    has_none = Member.id.not_in(under_way)
    return or_(Nudge.alone, and_(Member.digest != Digest.NONE, has_none))


def sending(nudge: Any = Nudge) -> Any:
    """What somebody has claimed."""
    return nudge.status == literal_column("'sending'")
