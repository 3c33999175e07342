"""Which stored nudges a plan is compared with."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select, true, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.vocabulary import NudgeKind, NudgeStatus
from storage.models import Nudge

# A nudge's key and round, by which a member's plan names it.
Key = tuple[str, int]
# These stand before the member, in a DM or in Home, until the member or the facts settle them.
_SETTLED_BY_MEMBER = (NudgeStatus.SENT, NudgeStatus.FAILED)


async def stored_beside(
    session: AsyncSession,
    plans: Iterable[Iterable[Key]],
    contact_ids: Collection[int] | None,
) -> list[Nudge]:
    """Give what waits and what has a wanted key, locked: delivery skips it until this ends.

    About these contacts and about nobody, or with None about everybody.
    """
    keys = sorted({key for plan in plans for key, _ in plan})
    if contact_ids is None:
        return list(await session.scalars(_everything_stored(), {"keys": keys}))
    about = {"keys": keys, "contact_ids": list(contact_ids)}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return list(await session.scalars(_found_about() if on_sqlite else _stored_about(), about))


@cache
def _everything_stored() -> Select[Nudge]:
    return _stored_where(true())


@cache
def _stored_about() -> Select[Nudge]:
    ids: BindParameter[int] = bindparam("contact_ids", expanding=True)
    return _stored_where(Nudge.contact_id.in_(ids) | Nudge.contact_id.is_(None))


@cache
def _found_about() -> Select[Nudge]:
    """Ask the same of SQLite, which locks no rows.

    All at once it would read whatever the member was reminded of; it takes an outer join's order.
    """
    ids: BindParameter[int] = bindparam("contact_ids", expanding=True)
    of_them, of_none, named = aliased(Nudge), aliased(Nudge), aliased(Nudge)
    these = union(
        select(of_them.id).where(of_them.contact_id.in_(ids), waiting(of_them)),
        select(of_none.id).where(of_none.contact_id.is_(None), waiting(of_none)),
        select(named.id).where(named.key.in_(bindparam("keys", expanding=True))),
    ).subquery()
    query = select(Nudge).select_from(these).outerjoin(Nudge, Nudge.id == these.c.id)
    return query.order_by(these.c.id).execution_options(populate_existing=True)


def _stored_where(is_about: ColumnElement[bool]) -> Select[Nudge]:
    named = Nudge.key.in_(bindparam("keys", expanding=True))
    query = select(Nudge).where((waiting(Nudge) & is_about) | named).order_by(Nudge.id)
    return query.with_for_update(of=Nudge).execution_options(populate_existing=True)


def waiting(nudge: Any) -> Any:
    """Ask the database for nudges that are to come, or to be answered; `waits` says it of a row."""
    # Whether to go on is the bot's own question, and follows from no fact.
    to_come = (nudge.status == NudgeStatus.PENDING) & (nudge.kind != NudgeKind.GO_ON)
    # A review that was sent stays as it is: the plan is about the next one by then.
    return to_come | (
        nudge.status.in_(_SETTLED_BY_MEMBER)
        & nudge.answer.is_(None)
        & nudge.contact_id.is_not(None)
    )


def waits(nudge: Nudge) -> bool:
    """Say of a nudge what `stored_beside` asks the database: it is to come, or to be answered."""
    if nudge.status == NudgeStatus.PENDING:
        return nudge.kind != NudgeKind.GO_ON
    unanswered = nudge.answer is None and nudge.contact_id is not None
    return nudge.status in _SETTLED_BY_MEMBER and unanswered
