"""A member's contacts in pages: all, or by stage, company, path, tag, silence, or archived."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from domain.finding import key_of
from domain.lists import Which
from domain.vocabulary import TouchKind
from storage.models import Contact, Path, Touch
from storage.types import storable

EVERYBODY = Which()


async def page(
    session: AsyncSession,
    now: datetime,
    which: Which = EVERYBODY,
    *,
    offset: int = 0,
    limit: int = 10,
) -> list[Contact]:
    """Give a page of those whom `which` chooses, the most recently updated first."""
    query = await _chosen(session, which, now)
    query = query.order_by(Contact.updated_at.desc(), Contact.id.desc())
    loaded = query.options(joinedload(Contact.path), joinedload(Contact.introduced_by))
    return list(await session.scalars(loaded.offset(offset).limit(limit)))


async def count(session: AsyncSession, now: datetime, which: Which = EVERYBODY) -> int:
    """Count those whom `which` chooses."""
    query = await _chosen(session, which, now)
    return (await session.scalars(query.with_only_columns(func.count(Contact.id)))).one()


async def _chosen(session: AsyncSession, which: Which, now: datetime) -> Select[Contact]:
    query = select(Contact).where(Contact.archived_at.is_(None))
    if which.archived:
        # Whoever became one with another is that other one.
        gone = Contact.archived_at.is_not(None), Contact.merged_into_id.is_(None)
        query = select(Contact).where(*gone)
    if which.path:
        names = await session.execute(select(Path.id, Path.name))
        wanted = key_of(storable(which.path))
        query = query.where(Contact.path_id.in_([i for i, name in names if key_of(name) == wanted]))
    return query.where(*_filters(which, now))


def _filters(which: Which, now: datetime) -> Iterator[ColumnElement[bool]]:
    if which.stage is not None:
        yield Contact.stage == which.stage
    if which.company:
        yield Contact.company_key == key_of(storable(which.company))
    if which.tag:
        yield Contact.tags_key.contains(f",{key_of(storable(which.tag))},", autoescape=True)
    if which.silent_days is not None:
        touched = exists().where(Touch.contact_id == Contact.id, Touch.kind != TouchKind.NOTE)
        yield touched
        yield ~touched.where(Touch.at > now - timedelta(days=which.silent_days))
