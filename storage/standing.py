"""What follows from a fact that changed: the contact's stage, and the nudges that should exist.

Every verb that changes a fact ends here, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.numbers import NOT_NOW_DAYS
from domain.stages import is_not_now, stage_of
from domain.vocabulary import InterviewStatus, NudgeKind, ResearchItem, Stage, TouchKind
from storage import nudges
from storage.fact_rows import TO_THEM, Touched
from storage.models import Contact, Interview, InterviewGuest, Nudge, ResearchTick, Touch
from storage.planned_rows import waiting
from storage.rows import in_their_order

# What was logged in these says nothing of where a contact stands.
SAY_NOTHING = {TouchKind.NOTE}
_THESE: BindParameter[int] = bindparam("contact_ids", expanding=True)


async def renew(session: AsyncSession, contact: Contact, now: datetime) -> None:
    """Work out the contact's stage again and make the stored nudges equal to the plan.

    What happens with one contact bears on two kinds of others: on who introduced them, who wants
    to hear of it, and on those who were asked at the same company.
    """
    await renew_all(session, [contact], now)


async def renew_all(session: AsyncSession, contacts: Collection[Contact], now: datetime) -> None:
    """Do the same for several contacts at once; the questions do not grow in number."""
    await _set_stages(session, contacts, now)
    companies = {contact.company_key for contact in contacts} - {""}
    asked_there = await _of_companies(session, _asked_at(), companies)
    await _reconcile(session, contacts, asked_there, now)


async def renew_logged(
    session: AsyncSession, contact: Contact, kind: TouchKind, now: datetime
) -> None:
    """Do the same where all that has changed is a touch of this kind, and what it says of them.

    Whoever has many contacts has many at one company. Only a request bears on these, and takes from
    them no more than that somebody else there be asked.
    """
    await _set_stages(session, [contact], now)
    companies = {contact.company_key} - {""} if kind == TouchKind.ASKED else set()
    still_suggested = await _of_companies(session, _somebody_else_suggested(), companies)
    await _reconcile(session, [contact], still_suggested, now)


async def _set_stages(session: AsyncSession, contacts: Collection[Contact], now: datetime) -> None:
    stands = await _standing(session, contacts)
    for contact in contacts:
        contact.stage, until = stands[contact.id]
        if contact.overruled_stage == Stage.NOT_NOW:
            # By the member's own word, which names no date: it comes back all the same.
            in_time = now.date() + timedelta(days=NOT_NOW_DAYS)
            until = until or contact.not_now_until or in_time
        contact.not_now_until = until
        contact.updated_at = now
    await session.flush()


async def _reconcile(
    session: AsyncSession,
    contacts: Collection[Contact],
    colleagues: Collection[int],
    now: datetime,
) -> None:
    introduced_them = [c.introduced_by_id for c in contacts if c.introduced_by_id is not None]
    concerned = [*(contact.id for contact in contacts), *introduced_them, *colleagues]
    await nudges.reconcile(session, now, *dict.fromkeys(concerned))


async def follows_from_logged(session: AsyncSession, contact: Contact) -> Stage:
    """Say where a contact stands by what was logged, whatever the member has set by hand."""
    return (await _standing(session, [contact], by_hand=False))[contact.id][0]


async def _standing(
    session: AsyncSession, contacts: Collection[Contact], *, by_hand: bool = True
) -> dict[int, tuple[Stage, date | None]]:
    """Give each contact's stage, and the date before which not to ask them."""
    about = {"contact_ids": [contact.id for contact in contacts]}
    told: dict[int, list[Touched]] = defaultdict(list)
    until: dict[int, date | None] = {}
    for contact_id, at, row_id, kind, not_before in await session.execute(_touches(), about):
        told[contact_id].append(Touched(row_id, kind, at, None))
        until[row_id] = not_before
    ahead, agreed_at = await _talks(session, about)
    in_order = {each.id: in_their_order(told[each.id]) for each in contacts}
    kinds = {contact_id: [t.kind for t in theirs] for contact_id, theirs in in_order.items()}
    # Of somebody to whom more has happened, what was looked up says no more.
    at_the_start = [i for i, them in kinds.items() if i not in ahead and set(them) <= SAY_NOTHING]
    researched = await _researched(session, at_the_start)
    stands = {}
    for contact in contacts:
        stage = stage_of(
            kinds[contact.id],
            talk_ahead=contact.id in ahead,
            agreed=_is_the_last_word(agreed_at.get(contact.id), in_order[contact.id]),
            researched=contact.id in researched,
            overruled=contact.overruled_stage if by_hand else None,
        )
        # Who stands elsewhere by the member's word is not waited for.
        not_now = stage == Stage.NOT_NOW or contact.overruled_stage is None
        until_then = _not_now_until(in_order[contact.id], until) if not_now else None
        stands[contact.id] = stage, until_then
    return stands


async def _talks(
    session: AsyncSession, about: Mapping[str, Any]
) -> tuple[set[int], dict[int, datetime]]:
    """Give who is to be met, and when the last talk that fell through was agreed with whom."""
    ahead: set[int] = set()
    agreed_at: dict[int, datetime] = {}
    for question in (_of_talks(), _of_guests()):
        for contact_id, status, planned_at in await session.execute(question, about):
            if status == InterviewStatus.SCHEDULED:
                ahead.add(contact_id)
            else:
                agreed_at[contact_id] = max(planned_at, agreed_at.get(contact_id, planned_at))
    return ahead, agreed_at


def _is_the_last_word(agreed_at: datetime | None, theirs: Sequence[Touched]) -> bool:
    """Say whether a talk was agreed after all messages that went out, and after it rested."""
    waits = (touch for touch in theirs if touch.kind in (*TO_THEM, TouchKind.RESTED))
    return agreed_at is not None and all(touch.at <= agreed_at for touch in waits)


def _not_now_until(theirs: Sequence[Touched], until: Mapping[int, date | None]) -> date | None:
    if not is_not_now(touch.kind for touch in theirs):
        return None
    return until[[touch.id for touch in theirs if touch.kind == TouchKind.NOT_NOW][-1]]


async def _researched(session: AsyncSession, contact_ids: Collection[int]) -> set[int]:
    if not contact_ids:
        return set()
    ticked = await session.execute(_ticked(), {"contact_ids": contact_ids})
    return {contact_id for contact_id, number in ticked if number == len(ResearchItem)}


async def _of_companies(
    session: AsyncSession, question: Select[int], companies: Collection[str]
) -> Collection[int]:
    if not companies:
        return ()
    return (await session.scalars(question, {"companies": list(companies)})).all()


@cache
def _touches() -> Select[int, datetime, int, TouchKind, date | None]:
    query = select(Touch.contact_id, Touch.at, Touch.id, Touch.kind, Touch.until)
    return query.where(Touch.contact_id.in_(_THESE))


@cache
def _of_talks() -> Select[int, InterviewStatus, datetime]:
    return (
        select(Interview.contact_id, Interview.status, Interview.created_at)
        .where(Interview.contact_id.in_(_THESE))
        .where(Interview.status != InterviewStatus.TOOK_PLACE)
    )


@cache
def _of_guests() -> Select[int, InterviewStatus, datetime]:
    return (
        select(InterviewGuest.contact_id, Interview.status, Interview.created_at)
        .join(Interview, Interview.id == InterviewGuest.interview_id)
        .where(InterviewGuest.contact_id.in_(_THESE))
        .where(Interview.status != InterviewStatus.TOOK_PLACE)
    )


@cache
def _asked_at() -> Select[int]:
    """Who was ever asked at a company: also who has heard of the member since may be waited for."""
    asked = exists(Touch.id).where(Touch.contact_id == Contact.id, Touch.kind == TouchKind.ASKED)
    return _at_companies().where(asked)


@cache
def _somebody_else_suggested() -> Select[int]:
    """Instead of whom at a company the member is to write to somebody else."""
    suggested = exists(Nudge.id).where(
        Nudge.contact_id == Contact.id, Nudge.kind == NudgeKind.OTHER_PERSON, waiting(Nudge)
    )
    return _at_companies().where(suggested)


def _at_companies() -> Select[int]:
    companies: BindParameter[str] = bindparam("companies", expanding=True)
    return select(Contact.id).where(Contact.company_key.in_(companies))


@cache
def _ticked() -> Select[int, int]:
    return (
        select(ResearchTick.contact_id, func.count(ResearchTick.id))
        .where(ResearchTick.contact_id.in_(_THESE))
        .group_by(ResearchTick.contact_id)
    )
