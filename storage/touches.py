"""What passed between a member and a contact."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import TouchKind
from storage.errors import Gone
from storage.models import Contact, Interview, Touch
from storage.rows import own_row
from storage.standing import renew


async def log(
    session: AsyncSession,
    contact_id: int,
    kind: TouchKind,
    at: datetime,
    *,
    note: str = "",
    interview_id: int | None = None,
    now: datetime,
) -> Touch:
    """Log a touch; the contact's stage and nudges follow. Raises Gone.

    The interview, if one is given, must be with this contact.
    """
    contact = await own_row(session, Contact, contact_id)
    if interview_id is not None:
        interview = await own_row(session, Interview, interview_id)
        if interview.contact_id != contact.id:
            raise Gone("that talk was with somebody else")
    touch = Touch(
        contact_id=contact.id,
        kind=kind,
        at=at,
        note=note,
        interview_id=interview_id,
        created_at=now,
    )
    session.add(touch)
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
