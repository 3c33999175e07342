"""What the member and a contact promised each other."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.introductions import is_introduction
from domain.vocabulary import Answer, PromiseBy
from storage import nudges
from storage.models import Contact, Interview, Nudge, Promise
from storage.rows import own_row, possible


async def open_of(session: AsyncSession, contact_id: int) -> list[Promise]:
    """Give the promises between the member and a contact that are not kept yet; raises Gone.

    Those with the nearest day come first, those without a day last.
    """
    contact = await own_row(session, Contact, contact_id)
    return (await open_of_several(session, [contact.id])).get(contact.id, [])


async def open_of_several(
    session: AsyncSession, contact_ids: Collection[int]
) -> dict[int, list[Promise]]:
    """Give the same of several contacts."""
    query = (
        select(Promise)
        .where(Promise.contact_id.in_(possible(contact_ids)), Promise.kept_at.is_(None))
        .order_by(Promise.due_on.is_(None), Promise.due_on, Promise.id)
    )
    found: dict[int, list[Promise]] = {}
    for promise in await session.scalars(query):
        found.setdefault(promise.contact_id, []).append(promise)
    return found


async def of_interview(session: AsyncSession, interview_id: int) -> list[Promise]:
    """Give what both sides promised in a talk, kept or not; raises Gone."""
    interview = await own_row(session, Interview, interview_id)
    query = select(Promise).where(Promise.interview_id == interview.id).order_by(Promise.id)
    return list(await session.scalars(query))


async def keep(session: AsyncSession, promise_id: int, now: datetime) -> Promise:
    """Note that a promise was kept; the first time counts. Raises Gone."""
    promise = await own_row(session, Promise, promise_id)
    if promise.kept_at is None:
        promise.kept_at = now
        await session.flush()
        await nudges.reconcile(session, now, promise.contact_id)
    return promise


async def of_contact(session: AsyncSession, contact_id: int, limit: int = 50) -> list[Promise]:
    """Give what was promised between the member and a contact, the latest first; raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    query = select(Promise).where(Promise.contact_id == contact.id)
    latest_first = query.order_by(Promise.created_at.desc(), Promise.id.desc())
    return list(await session.scalars(latest_first.limit(limit)))


async def get(session: AsyncSession, promise_id: int) -> Promise:
    """Give a promise, deleted or not; raises Gone."""
    return await own_row(session, Promise, promise_id, removed=True)


async def correct(
    session: AsyncSession,
    promise_id: int,
    what: str,
    due_on: date | None,
    *,
    kept: bool,
    now: datetime,
) -> Promise:
    """Say otherwise what was promised, until when, and whether it was kept. Raises Gone."""
    promise = await own_row(session, Promise, promise_id)
    promise.what, promise.due_on = what, due_on
    if not kept:
        await _not_kept(session, promise)
    elif promise.kept_at is None:
        promise.kept_at = now
    return await _followed(session, promise, now)


async def unkeep(session: AsyncSession, promise_id: int, now: datetime) -> Promise:
    """Note that a promise was not kept after all; raises Gone."""
    promise = await own_row(session, Promise, promise_id)
    await _not_kept(session, promise)
    return await _followed(session, promise, now)


async def remove(session: AsyncSession, promise_id: int, now: datetime) -> Promise:
    """Delete a promise; its nudges go. Raises Gone."""
    promise = await get(session, promise_id)
    promise.removed_at = promise.removed_at or now
    return await _followed(session, promise, now)


async def bring_back(session: AsyncSession, promise_id: int, now: datetime) -> Promise:
    """Bring a deleted promise back as it was; raises Gone."""
    promise = await get(session, promise_id)
    promise.removed_at = None
    return await _followed(session, promise, now)


async def _not_kept(session: AsyncSession, promise: Promise) -> None:
    """Take back that it was kept, and the answers to nudges that said so."""
    if promise.kept_at is None:
        return
    promise.kept_at = None
    said = select(Nudge).where(Nudge.promise_id == promise.id, Nudge.answer == Answer.DONE)
    for nudge in await session.scalars(said):
        await nudges.unanswer(session, nudge.id)


async def _followed(session: AsyncSession, promise: Promise, now: datetime) -> Promise:
    await session.flush()
    await nudges.reconcile(session, now, promise.contact_id)
    return promise


async def take_introduction_back(session: AsyncSession, contact_id: int, at: datetime) -> None:
    """Take back that a contact has introduced somebody at that moment: the promise is open again.

    The caller has the nudges follow.
    """
    query = (
        select(Promise)
        .where(Promise.contact_id == contact_id, Promise.by == PromiseBy.THEM)
        .where(Promise.kept_at == at)
        .order_by(Promise.id)
    )
    for promise in await session.scalars(query):
        if is_introduction(promise.what):
            promise.kept_at = None
            return


async def keep_introduction(session: AsyncSession, contact_id: int, at: datetime) -> None:
    """Note that a contact has introduced somebody: their oldest open promise of that is kept.

    If it was made before that moment. The caller has the nudges follow.
    """
    query = (
        select(Promise)
        .join(Interview, Interview.id == Promise.interview_id)
        .where(Promise.contact_id == contact_id, Promise.by == PromiseBy.THEM)
        .where(Promise.kept_at.is_(None), Interview.starts_at <= at)
        .order_by(Promise.id)
    )
    for promise in await session.scalars(query):
        if is_introduction(promise.what):
            promise.kept_at = at
            return
