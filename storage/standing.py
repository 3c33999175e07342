"""What follows from a fact that changed: the contact's stage, and the nudges that should exist.

Every verb that changes a fact ends here, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.stages import is_not_now, stage_of
from domain.vocabulary import InterviewStatus, ResearchItem, Stage, TouchKind
from storage import nudges
from storage.fact_rows import Touched
from storage.models import Contact, Interview, InterviewGuest, ResearchTick, Touch
from storage.rows import in_their_order

_SAY_NOTHING = {TouchKind.NOTE}
_THESE: BindParameter[int] = bindparam("contact_ids", expanding=True)


async def renew(session: AsyncSession, contact: Contact, now: datetime) -> None:
    """Work out the contact's stage again and make the stored nudges equal to the plan.

    What happens with one contact bears on two kinds of others: on who introduced them, who wants
    to hear of it, and on those who were asked at the same company.
    """
    await renew_all(session, [contact], now)


async def renew_all(session: AsyncSession, contacts: Collection[Contact], now: datetime) -> None:
    """Do the same for several contacts at once; the questions do not grow in number."""
    about = {"contact_ids": [contact.id for contact in contacts]}
    told: dict[int, list[Touched]] = defaultdict(list)
    for contact_id, at, row_id, kind in await session.execute(_touches(), about):
        told[contact_id].append(Touched(row_id, kind, at, None))
    ahead = set(await session.scalars(_talks_ahead(), about))
    ahead |= set(await session.scalars(_guests_ahead(), about))
    kinds = {each.id: [t.kind for t in in_their_order(told[each.id])] for each in contacts}
    # Of somebody to whom more has happened, what was looked up says no more.
    at_the_start = [i for i, them in kinds.items() if i not in ahead and set(them) <= _SAY_NOTHING]
    researched = await _researched(session, at_the_start)
    for contact in contacts:
        contact.stage = stage_of(
            kinds[contact.id],
            talk_ahead=contact.id in ahead,
            researched=contact.id in researched,
            overruled=contact.overruled_stage,
        )
        if not is_not_now(kinds[contact.id]):
            contact.not_now_until = None
        contact.updated_at = now
    await session.flush()
    concerned = await _concerned(session, contacts)
    await nudges.reconcile(session, now, *dict.fromkeys([*about["contact_ids"], *concerned]))


async def _researched(session: AsyncSession, contact_ids: Collection[int]) -> set[int]:
    if not contact_ids:
        return set()
    ticked = await session.execute(_ticked(), {"contact_ids": contact_ids})
    return {contact_id for contact_id, number in ticked if number == len(ResearchItem)}


async def _concerned(session: AsyncSession, contacts: Collection[Contact]) -> list[int]:
    concerned = [c.introduced_by_id for c in contacts if c.introduced_by_id is not None]
    companies = {contact.company_key for contact in contacts} - {""}
    if companies:
        concerned += await session.scalars(_asked_at(), {"companies": list(companies)})
    return concerned


@cache
def _touches() -> Select[int, datetime, int, TouchKind]:
    query = select(Touch.contact_id, Touch.at, Touch.id, Touch.kind)
    return query.where(Touch.contact_id.in_(_THESE))


@cache
def _talks_ahead() -> Select[int]:
    return (
        select(Interview.contact_id)
        .where(Interview.contact_id.in_(_THESE))
        .where(Interview.status == InterviewStatus.SCHEDULED)
    )


@cache
def _guests_ahead() -> Select[int]:
    return (
        select(InterviewGuest.contact_id)
        .join(Interview, Interview.id == InterviewGuest.interview_id)
        .where(InterviewGuest.contact_id.in_(_THESE))
        .where(Interview.status == InterviewStatus.SCHEDULED)
    )


@cache
def _asked_at() -> Select[int]:
    return select(Contact.id).where(
        Contact.company_key.in_(bindparam("companies", expanding=True)),
        Contact.stage == Stage.ASKED,
    )


@cache
def _ticked() -> Select[int, int]:
    return (
        select(ResearchTick.contact_id, func.count(ResearchTick.id))
        .where(ResearchTick.contact_id.in_(_THESE))
        .group_by(ResearchTick.contact_id)
    )
