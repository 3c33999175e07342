"""What passed between a member and a contact."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import TouchKind
from storage import guests, promises
from storage.errors import Gone
from storage.models import Contact, Touch
from storage.rows import own_row, possible
from storage.standing import renew


async def log(
    session: AsyncSession,
    contact_id: int,
    kind: TouchKind,
    at: datetime,
    *,
    note: str = "",
    interview_id: int | None = None,
    until: date | None = None,
    form_id: str | None = None,
    now: datetime,
) -> Touch:
    """Log a touch; the contact's stage and nudges follow. Raises Gone.

    The contact must be in the interview, if one is given. `until` is for "not now": the local date
    on which they may be asked again. The same form sent again changes the touch that it made.
    """
    if (kind == TouchKind.NOT_NOW) != (until is not None):
        raise ValueError("not now needs a date, and nothing else has one")
    contact = await own_row(session, Contact, contact_id)
    if interview_id is not None and contact.id not in await guests.are_there(session, interview_id):
        raise Gone("that talk was with somebody else")
    touch = await _sent_before(session, contact, form_id)
    if touch is None:
        touch = Touch(contact_id=contact.id, form_id=form_id, created_at=now)
        session.add(touch)
    touch.kind, touch.at, touch.note, touch.interview_id = kind, at, note, interview_id
    if until is not None:
        contact.not_now_until = until
    if kind == TouchKind.INTRODUCTION:
        await promises.keep_introduction(session, contact.id, at)
    await session.flush()
    await renew(session, contact, now)
    return touch


async def of_contact(session: AsyncSession, contact_id: int, limit: int = 20) -> list[Touch]:
    """Give the last touches of a contact, the latest first; raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    query = select(Touch).where(Touch.contact_id == contact.id)
    return list(
        await session.scalars(query.order_by(Touch.at.desc(), Touch.id.desc()).limit(limit))
    )


async def last_ones(
    session: AsyncSession, contact_ids: Collection[int]
) -> Mapping[int, Mapping[TouchKind, datetime]]:
    """Give when each kind of touch last was, of each of these contacts with whom there was any."""
    found: dict[int, dict[TouchKind, datetime]] = defaultdict(dict)
    about = {"contact_ids": possible(contact_ids)}
    for contact_id, kind, at in await session.execute(_last_ones(), about):
        found[contact_id][kind] = at
    return found


@cache
def _last_ones() -> Select[int, TouchKind, datetime]:
    ids: BindParameter[int] = bindparam("contact_ids", expanding=True)
    last = select(Touch.contact_id, Touch.kind, func.max(Touch.at)).where(Touch.contact_id.in_(ids))
    return last.group_by(Touch.contact_id, Touch.kind)


async def latest_of(
    session: AsyncSession, contact_ids: Collection[int], *, each: int
) -> dict[int, list[Touch]]:
    """Give the last touches of several contacts, so many of each, the latest first."""
    latest_first = Touch.at.desc(), Touch.id.desc()
    place = func.row_number().over(partition_by=Touch.contact_id, order_by=latest_first)
    placed = select(Touch.id, place.label("place")).where(
        Touch.contact_id.in_(possible(contact_ids))
    )
    these = placed.subquery()
    query = select(Touch).join(these, these.c.id == Touch.id).where(these.c.place <= each)
    found: dict[int, list[Touch]] = defaultdict(list)
    for touch in await session.scalars(query.order_by(*latest_first)):
        found[touch.contact_id].append(touch)
    return found


async def _sent_before(
    session: AsyncSession, contact: Contact, form_id: str | None
) -> Touch | None:
    if form_id is None:
        return None
    return await session.scalar(
        select(Touch).where(Touch.form_id == form_id, Touch.contact_id == contact.id)
    )
