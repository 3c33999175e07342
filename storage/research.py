"""What a member looked up about a contact before asking them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import ResearchItem
from storage.errors import Gone
from storage.models import Contact, ResearchTick
from storage.rows import own_row, possible
from storage.standing import renew

Found = Mapping[ResearchItem, str]


async def of_contact(session: AsyncSession, contact_id: int) -> dict[ResearchItem, str]:
    """Give what is ticked on a contact's check-list, with what was found; raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    return (await of_contacts(session, [contact.id])).get(contact.id, {})


async def of_contacts(
    session: AsyncSession, contact_ids: Collection[int]
) -> dict[int, dict[ResearchItem, str]]:
    """Give the same of several contacts, in the order of the check-list."""
    query = (
        select(ResearchTick.contact_id, ResearchTick.item, ResearchTick.note)
        .where(ResearchTick.contact_id.in_(possible(contact_ids)))
        .order_by(ResearchTick.id)
    )
    ticked: dict[int, dict[ResearchItem, str]] = {}
    for contact_id, item, note in await session.execute(query):
        ticked.setdefault(contact_id, {})[item] = note
    return {
        contact_id: {item: notes[item] for item in ResearchItem if item in notes}
        for contact_id, notes in ticked.items()
    }


async def save(session: AsyncSession, contact_id: int, found: Found, now: datetime) -> Contact:
    """Keep the check-list as it is ticked now; the contact's stage follows. Raises Gone.

    Also where they have become one with somebody since: what was found of both is not overwritten.
    """
    contact = await own_row(session, Contact, contact_id)
    if contact.id != contact_id:
        raise Gone("that contact has become one with another")
    query = select(ResearchTick).where(ResearchTick.contact_id == contact.id)
    before = {tick.item: tick for tick in await session.scalars(query)}
    for item, tick in before.items():
        if item in found:
            tick.note = found[item]
        else:
            await session.delete(tick)
    for item in found.keys() - before.keys():
        session.add(
            ResearchTick(contact_id=contact.id, item=item, note=found[item], created_at=now)
        )
    await session.flush()
    await renew(session, contact, now)
    return contact
