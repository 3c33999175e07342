"""What a member believes about the work before a talk, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import AssumptionStatus
from storage import guests
from storage.models import Assumption, Contact, Interview
from storage.rows import own_row, possible
from storage.types import storable

# Of one contact or path; more than these are kept, and come once some are settled.
MOST_SHOWN = 3


async def open_of(
    session: AsyncSession, contact_ids: Collection[int]
) -> dict[int, list[Assumption]]:
    """Give what is still open for a talk with each contact: theirs first, then of their path."""
    query = (
        select(Contact.id, Assumption)
        .join(
            Assumption,
            or_(
                Assumption.contact_id == Contact.id,
                Assumption.path_id == Contact.path_id,
            ),
        )
        .where(Contact.id.in_(possible(contact_ids)), Assumption.status == AssumptionStatus.OPEN)
        .order_by((Assumption.contact_id == Contact.id).desc(), Assumption.id)
    )
    found: dict[int, list[Assumption]] = {}
    for contact_id, assumption in await session.execute(query):
        found.setdefault(contact_id, []).append(assumption)
    return {contact_id: rows[:MOST_SHOWN] for contact_id, rows in found.items()}


async def of_contact(session: AsyncSession, contact_id: int, limit: int = 50) -> list[Assumption]:
    """Give what was believed ahead of talks with a contact, the latest first; raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    query = select(Assumption).where(Assumption.contact_id == contact.id)
    return list(await session.scalars(query.order_by(Assumption.id.desc()).limit(limit)))


async def get(session: AsyncSession, assumption_id: int) -> Assumption:
    """Give an assumption, deleted or not; raises Gone."""
    return await own_row(session, Assumption, assumption_id, removed=True)


async def correct(
    session: AsyncSession,
    assumption_id: int,
    text: str,
    status: AssumptionStatus,
    outcome: str,
    now: datetime,
) -> Assumption:
    """Say otherwise what was believed and what came of it; raises Gone.

    One that is open again goes on to the next talk.
    """
    assumption = await own_row(session, Assumption, assumption_id)
    is_open = status == AssumptionStatus.OPEN
    assumption.text, assumption.status, assumption.outcome = text, status, outcome
    assumption.interview_id = None if is_open else assumption.interview_id
    assumption.settled_at = None if is_open else assumption.settled_at or now
    await session.flush()
    return assumption


async def remove(session: AsyncSession, assumption_id: int, now: datetime) -> Assumption:
    """Delete an assumption; raises Gone."""
    assumption = await get(session, assumption_id)
    assumption.removed_at = assumption.removed_at or now
    await session.flush()
    return assumption


async def bring_back(session: AsyncSession, assumption_id: int) -> Assumption:
    """Bring a deleted assumption back as it was; raises Gone."""
    assumption = await get(session, assumption_id)
    assumption.removed_at = None
    await session.flush()
    return assumption


async def write(
    session: AsyncSession,
    contact_id: int,
    known: Mapping[int, str],
    new: Sequence[str],
    now: datetime,
) -> None:
    """Keep what is believed before a talk with a contact; raises Gone.

    `known` are open ones by their ids: with other words they change, without any they go. A new
    one that says the same as one that is open already is none.
    """
    contact = await own_row(session, Contact, contact_id)
    for assumption_id, text in known.items():
        assumption = await own_row(session, Assumption, assumption_id)
        if assumption.status != AssumptionStatus.OPEN:
            continue
        if text:
            assumption.text = text
        else:
            await session.delete(assumption)
    await session.flush()
    query = select(Assumption.text).where(
        Assumption.contact_id == contact.id, Assumption.status == AssumptionStatus.OPEN
    )
    said = set(await session.scalars(query))
    for text in dict.fromkeys(new):
        if text and storable(text) not in said:
            session.add(
                Assumption(
                    contact_id=contact.id,
                    path_id=contact.path_id,
                    text=text,
                    status=AssumptionStatus.OPEN,
                    outcome="",
                    created_at=now,
                )
            )
    await session.flush()


async def to_settle(session: AsyncSession, interview_id: int) -> list[Assumption]:
    """Give what a talk may have settled: what is open for it, and what it settled before.

    Raises Gone.
    """
    talk = await own_row(session, Interview, interview_id)
    settled = await session.scalars(
        select(Assumption)
        .where(
            and_(
                Assumption.interview_id == talk.id,
                Assumption.status != AssumptionStatus.OPEN,
            )
        )
        .order_by(Assumption.id)
    )
    open_ones = await open_of(session, await guests.are_there(session, talk.id))
    still_open = sorted(chain.from_iterable(open_ones.values()), key=lambda belief: belief.id)
    return [*settled, *still_open][: 2 * MOST_SHOWN]


async def settle(
    session: AsyncSession,
    assumption_id: int,
    interview_id: int,
    status: AssumptionStatus,
    outcome: str,
    now: datetime,
) -> Assumption:
    """Note what a talk made of an assumption, in a few words; raises Gone.

    As long as it is open it goes on to the next talk.
    """
    talk = await own_row(session, Interview, interview_id)
    assumption = await own_row(session, Assumption, assumption_id)
    is_open = status == AssumptionStatus.OPEN
    assumption.status, assumption.outcome = status, outcome
    assumption.interview_id = None if is_open else talk.id
    assumption.settled_at = None if is_open else now
    await session.flush()
    return assumption
