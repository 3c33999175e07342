"""Getting one of a member's own rows; shared by the verbs."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Protocol, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.interfaces import ORMOption

from domain.vocabulary import TouchKind
from storage.errors import Gone
from storage.models import Assumption, Contact, Debrief, Interview, Merge, Nudge, Promise, Touch
from storage.scope import WITH_REMOVED

Row = TypeVar("Row", Assumption, Contact, Debrief, Interview, Merge, Nudge, Promise, Touch)

# Ids are INTEGER columns: a larger number in a button is no row, and no reason to stumble.
_LARGEST_ID = 2**31 - 1


async def own_row(
    session: AsyncSession,
    table: type[Row],
    row_id: int,
    *loading: ORMOption,
    lock: bool = False,
    removed: bool = False,
) -> Row:
    """Give the member's own row of that id, or raise Gone.

    Of a contact who turned out to be the same person as another it is that other one's row. `lock`
    reads it as it is now and keeps delivery from changing it before this transaction ends.
    `removed` finds it also when the member has deleted it.
    """
    if not possible([row_id]):
        raise Gone(f"no {table.__name__} has that id")
    question = _row_of(table, loading, lock, removed)
    row: Row | None = await session.scalar(question, {"row_id": row_id})
    if row is None:
        raise Gone(f"no {table.__name__} of this member has that id")
    if isinstance(row, Contact) and row.merged_into_id is not None:
        return await own_row(session, table, row.merged_into_id, *loading, lock=lock)
    return row


@lru_cache(maxsize=64)
def _row_of(
    table: type[Row], loading: tuple[ORMOption, ...], lock: bool, removed: bool
) -> Select[Row]:
    query = select(table).where(table.id == bindparam("row_id")).options(*loading)
    if removed:
        query = query.execution_options(**WITH_REMOVED)
    if lock:
        query = query.with_for_update(of=table).execution_options(populate_existing=True)
    return query


class _Touch(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> TouchKind: ...
    @property
    def at(self) -> datetime: ...


TouchLike = TypeVar("TouchLike", bound=_Touch)
_ANSWERS = (
    TouchKind.REPLIED,
    TouchKind.TALK,
    TouchKind.INTRODUCTION,
    TouchKind.NOT_NOW,
    TouchKind.DECLINED,
)


def as_told(at: datetime, row_id: int) -> tuple[datetime, int]:
    """Give by what touches are ordered: by the minute, as people tell the time, then as told.

    An answer that is logged right after the follow-up that it answers came after it, whichever
    second each of the two bears.
    """
    return at.replace(second=0, microsecond=0), row_id


def in_their_order(touches: Iterable[TouchLike]) -> list[TouchLike]:
    """Order what passed with one contact; that it rests says no more once an answer was told.

    Whenever that answer came: it may have been told late, or while the bot was saying so.
    """
    told = sorted(touches, key=lambda touch: as_told(touch.at, touch.id))
    answered = max((touch.id for touch in told if touch.kind in _ANSWERS), default=0)
    return [touch for touch in told if touch.kind != TouchKind.RESTED or touch.id > answered]


def possible(ids: Iterable[int]) -> list[int]:
    """Give those of the ids that a row may have."""
    return [row_id for row_id in ids if 0 < row_id <= _LARGEST_ID]
