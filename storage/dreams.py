"""The one person a member dreams of talking to."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import contacts
from storage.models import Contact


async def name(
    session: AsyncSession, contact_id: int, now: datetime
) -> tuple[Contact, Contact | None]:
    """Name the one; gives them, and who was it before, if that is another. Raises Gone."""
    contact = await contacts.get(session, contact_id)
    before = await session.scalar(_named())
    if before is contact:
        return contact, None
    if before is not None:
        before.is_dream = False
        # There are no two, not even for a moment.
        await session.flush()
    contact.is_dream, contact.updated_at = True, now
    await session.flush()
    return contact, before


async def take_back(session: AsyncSession, contact_id: int) -> Contact:
    """Have the dream talk be no more with this contact; raises Gone."""
    contact = await contacts.get(session, contact_id)
    contact.is_dream = False
    await session.flush()
    return contact


@cache
def _named() -> Select[Contact]:
    return select(Contact).where(Contact.is_dream)
