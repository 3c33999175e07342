"""What follows from a fact that changed: the contact's stage, and the nudges that should exist.

Every verb that changes a fact ends here, in the same transaction.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.stages import stage_of
from domain.vocabulary import InterviewStatus
from storage import nudges
from storage.models import Contact, Interview, Touch


async def renew(session: AsyncSession, contact: Contact, now: datetime) -> None:
    """Work out the contact's stage again and make the stored nudges equal to the plan."""
    touches = await session.scalars(
        select(Touch.kind).where(Touch.contact_id == contact.id).order_by(Touch.at, Touch.id)
    )
    ahead = await session.scalar(
        select(Interview.id)
        .where(Interview.contact_id == contact.id)
        .where(Interview.status == InterviewStatus.SCHEDULED)
        .limit(1)
    )
    contact.stage = stage_of(
        touches, talk_ahead=ahead is not None, overruled=contact.overruled_stage
    )
    contact.updated_at = now
    await session.flush()
    await nudges.reconcile(session, now, contact.id)
