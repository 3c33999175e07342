"""What passed between a member and a contact."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Answer, TouchKind
from storage import guests, nudges, promises
from storage.errors import Gone
from storage.models import Contact, Touch
from storage.rows import own_row, possible
from storage.scope import WITH_REMOVED
from storage.standing import SAY_NOTHING, renew, renew_logged


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
    nudge_id: int | None = None,
    now: datetime,
) -> Touch:
    """Log a touch; the contact's stage and nudges follow. Raises Gone.

    The contact must be in the interview, if one is given. `until` is for "not now": the local date
    on which they may be asked again. The same form sent again changes the touch that it made.
    `nudge_id` is whose answer says so. A stage that was set by hand gives way to what is logged.
    """
    if (kind == TouchKind.NOT_NOW) != (until is not None):
        raise ValueError("not now needs a date, and nothing else has one")
    contact = await own_row(session, Contact, contact_id)
    if interview_id is not None and contact.id not in await guests.are_there(session, interview_id):
        raise Gone("that talk was with somebody else")
    before = await _sent_before(session, contact, form_id)
    touch = before or Touch(contact_id=contact.id, form_id=form_id, created_at=now)
    session.add(touch)
    touch.kind, touch.at, touch.note, touch.interview_id = kind, at, note, interview_id
    touch.until, touch.nudge_id, touch.removed_at = until, nudge_id, None
    if kind not in SAY_NOTHING:
        contact.overruled_stage = None
    await _says_now(session, touch)
    if before is None:
        await renew_logged(session, contact, kind, now)
    else:
        await renew(session, contact, now)
    return touch


async def get(session: AsyncSession, touch_id: int) -> Touch:
    """Give a touch, deleted or not; raises Gone, also for one that only says: we talked."""
    return await _own(session, touch_id, removed=True)


async def correct(
    session: AsyncSession,
    touch_id: int,
    kind: TouchKind,
    at: datetime,
    *,
    note: str = "",
    until: date | None = None,
    now: datetime,
) -> Touch:
    """Say otherwise what passed; the contact's stage and nudges follow. Raises Gone."""
    touch = await _own(session, touch_id)
    await _says_no_more(session, touch)
    if kind != touch.kind:
        # Only a thank-you is for a talk.
        touch.interview_id = None
    touch.kind, touch.at, touch.note, touch.until = kind, at, note, until
    await _says_now(session, touch)
    await _renew(session, touch, now)
    return touch


async def remove(session: AsyncSession, touch_id: int, now: datetime) -> Touch:
    """Delete a touch; stage and nudges follow, also the one whose answer logged it. Raises Gone."""
    touch = await _own(session, touch_id, removed=True)
    if touch.removed_at is not None:
        return touch
    await _says_no_more(session, touch)
    touch.removed_at = now
    await session.flush()
    if touch.nudge_id is not None:
        await nudges.unanswer(session, touch.nudge_id)
    await _renew(session, touch, now)
    return touch


async def bring_back(session: AsyncSession, touch_id: int, now: datetime) -> Touch:
    """Bring a deleted touch back as it was; one that was not deleted stays. Raises Gone."""
    touch = await _own(session, touch_id, removed=True)
    if touch.removed_at is None:
        return touch
    touch.removed_at = None
    await _says_now(session, touch)
    if touch.nudge_id is not None:
        await nudges.answer(session, touch.nudge_id, Answer.DONE, now, plan=False)
    await _renew(session, touch, now)
    return touch


async def of_contact(
    session: AsyncSession, contact_id: int, limit: int = 20, offset: int = 0
) -> list[Touch]:
    """Give the last touches of a contact, the latest first, but for `offset`; raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    query = select(Touch).where(Touch.contact_id == contact.id)
    return list(
        await session.scalars(
            query.order_by(Touch.at.desc(), Touch.id.desc()).limit(limit).offset(offset)
        )
    )


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


async def _own(session: AsyncSession, touch_id: int, *, removed: bool = False) -> Touch:
    touch = await own_row(session, Touch, touch_id, removed=removed)
    if touch.kind == TouchKind.TALK:
        raise Gone("that touch stands and falls with its talk")
    return touch


async def _says_now(session: AsyncSession, touch: Touch) -> None:
    if touch.kind == TouchKind.INTRODUCTION:
        await promises.keep_introduction(session, touch.contact_id, touch.at)
    await session.flush()


async def _says_no_more(session: AsyncSession, touch: Touch) -> None:
    if touch.kind == TouchKind.INTRODUCTION:
        await promises.take_introduction_back(session, touch.contact_id, touch.at)


async def _renew(session: AsyncSession, touch: Touch, now: datetime) -> None:
    await renew(session, await own_row(session, Contact, touch.contact_id), now)


async def _sent_before(
    session: AsyncSession, contact: Contact, form_id: str | None
) -> Touch | None:
    if form_id is None:
        return None
    return await session.scalar(
        select(Touch)
        .where(Touch.form_id == form_id, Touch.contact_id == contact.id)
        .execution_options(**WITH_REMOVED)
    )
