"""What follows from a fact that changed: the contact's stage, and the nudges that should exist.

Every verb that changes a fact ends here, in the same transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.stages import is_not_now, stage_of
from domain.vocabulary import InterviewStatus, ResearchItem, Stage, TouchKind
from storage import nudges
from storage.fact_rows import Touched
from storage.models import Contact, Interview, ResearchTick, Touch
from storage.rows import in_their_order


async def renew(session: AsyncSession, contact: Contact, now: datetime) -> None:
    """Work out the contact's stage again and make the stored nudges equal to the plan.

    What happens with one contact bears on two kinds of others: on who introduced them, who wants
    to hear of it, and on those who were asked at the same company.
    """
    about = {"contact_id": contact.id}
    rows = (await session.execute(_touches(), about)).all()
    told = [Touched(row_id, kind, at, None) for at, row_id, kind in rows]
    touches = [touch.kind for touch in in_their_order(told)]
    ahead = await session.scalar(_talk_ahead(), about)
    # Of somebody to whom more has happened, what was looked up says no more.
    at_the_start = ahead is None and set(touches) <= {TouchKind.NOTE}
    contact.stage = stage_of(
        touches,
        talk_ahead=ahead is not None,
        researched=at_the_start and await _is_researched(session, about),
        overruled=contact.overruled_stage,
    )
    if not is_not_now(touches):
        contact.not_now_until = None
    contact.updated_at = now
    await session.flush()
    await nudges.reconcile(session, now, contact.id, *await _concerned(session, contact))


async def _is_researched(session: AsyncSession, about: Mapping[str, int]) -> bool:
    return (await session.scalars(_ticked(), about)).one() == len(ResearchItem)


async def _concerned(session: AsyncSession, contact: Contact) -> list[int]:
    concerned = [contact.introduced_by_id] if contact.introduced_by_id is not None else []
    if contact.company_key:
        about = {"company_key": contact.company_key, "contact_id": contact.id}
        concerned += await session.scalars(_asked_colleagues(), about)
    return concerned


@cache
def _touches() -> Select[datetime, int, TouchKind]:
    return select(Touch.at, Touch.id, Touch.kind).where(Touch.contact_id == bindparam("contact_id"))


@cache
def _talk_ahead() -> Select[int]:
    return (
        select(Interview.id)
        .where(Interview.contact_id == bindparam("contact_id"))
        .where(Interview.status == InterviewStatus.SCHEDULED)
        .limit(1)
    )


@cache
def _asked_colleagues() -> Select[int]:
    return select(Contact.id).where(
        Contact.company_key == bindparam("company_key"),
        Contact.stage == Stage.ASKED,
        Contact.id != bindparam("contact_id"),
    )


@cache
def _ticked() -> Select[int]:
    return select(func.count(ResearchTick.id)).where(
        ResearchTick.contact_id == bindparam("contact_id")
    )
