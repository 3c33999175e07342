"""What follows from a fact that changed: the contact's stage, and the nudges that should exist.

Every verb that changes a fact ends here, in the same transaction.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.stages import is_not_now, stage_of
from domain.vocabulary import InterviewStatus, Stage
from storage import nudges
from storage.models import Contact, Interview, Touch
from storage.rows import as_told


async def renew(session: AsyncSession, contact: Contact, now: datetime) -> None:
    """Work out the contact's stage again and make the stored nudges equal to the plan.

    What happens with one contact bears on two kinds of others: on who introduced them, who wants
    to hear of it, and on those who were asked at the same company.
    """
    query = select(Touch.at, Touch.id, Touch.kind).where(Touch.contact_id == contact.id)
    rows = (await session.execute(query)).all()
    touches = [kind for _, _, kind in sorted(rows, key=lambda row: as_told(row.at, row.id))]
    ahead = await session.scalar(
        select(Interview.id)
        .where(Interview.contact_id == contact.id)
        .where(Interview.status == InterviewStatus.SCHEDULED)
        .limit(1)
    )
    contact.stage = stage_of(
        touches, talk_ahead=ahead is not None, overruled=contact.overruled_stage
    )
    if not is_not_now(touches):
        contact.not_now_until = None
    contact.updated_at = now
    await session.flush()
    await nudges.reconcile(session, now, contact.id, *await _concerned(session, contact))


async def _concerned(session: AsyncSession, contact: Contact) -> list[int]:
    concerned = [contact.introduced_by_id] if contact.introduced_by_id is not None else []
    if contact.company_key:
        colleagues = select(Contact.id).where(
            Contact.company_key == contact.company_key,
            Contact.stage == Stage.ASKED,
            Contact.id != contact.id,
        )
        concerned += await session.scalars(colleagues)
    return concerned
