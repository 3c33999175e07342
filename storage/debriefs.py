"""What a member took home from a talk: two pages of one form, each kept as soon as it is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from domain.finding import key_of
from domain.quick_add import read_person
from domain.vocabulary import HowFound, Opportunity, Picture, PromiseBy, TouchKind
from storage import contacts, interviews
from storage.contacts import ContactFields
from storage.models import NAME_LENGTH, Contact, Debrief, Interview, Promise, Skill, Touch
from storage.rows import own_row, possible
from storage.standing import renew
from storage.types import storable


@dataclass(frozen=True)
class FirstPage:
    """What the member learned, and whether they could picture themselves there."""

    takeaway: str = ""
    picture: Picture | None = None
    likes: str = ""
    dislikes: str = ""


@dataclass(frozen=True)
class SecondPage:
    """What follows from the talk; `referrals` are typed as NAME, TITLE at COMPANY.

    `promise` is the member's own, due on a day in their zone; `thanked` says that the thank-you
    went out already.
    """

    skills: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    promise: str = ""
    promise_due: date | None = None
    their_promise: str = ""
    opportunity: Opportunity | None = None
    thanked: bool = False


async def get(session: AsyncSession, interview_id: int) -> Debrief | None:
    """Give the debrief of a talk with its skills, None when there is none yet; raises Gone."""
    interview = await own_row(session, Interview, interview_id)
    return await session.scalar(
        select(Debrief)
        .where(Debrief.interview_id == interview.id)
        .options(selectinload(Debrief.skills))
    )


async def takeaways(session: AsyncSession, contact_ids: Collection[int]) -> dict[int, str]:
    """Give the one thing learned from the last talk with each contact, as far as there is one."""
    query = (
        select(Interview.contact_id, Debrief.takeaway)
        .join(Debrief, Debrief.interview_id == Interview.id)
        .where(Interview.contact_id.in_(possible(contact_ids)), Debrief.takeaway != "")
        .order_by(Interview.starts_at, Interview.id)
    )
    return {contact_id: takeaway for contact_id, takeaway in await session.execute(query)}


async def save_first(
    session: AsyncSession, interview_id: int, page: FirstPage, now: datetime
) -> Debrief:
    """Keep the first page, new or changed; the talk then took place. Raises Gone."""
    interview = await interviews.settle_as_held(session, interview_id, now)
    debrief = await _begun(session, interview_id, now)
    debrief.takeaway, debrief.picture = page.takeaway, page.picture
    debrief.likes, debrief.dislikes = page.likes, page.dislikes
    await renew(session, interview.contact, now)
    return debrief


async def save_second(
    session: AsyncSession, interview_id: int, page: SecondPage, now: datetime
) -> Debrief:
    """Keep the second page, new or changed; the talk then took place. Raises Gone.

    Who was named becomes a contact, introduced by this one, once.
    """
    interview = await interviews.settle_as_held(session, interview_id, now)
    debrief = await _begun(session, interview_id, now)
    debrief.opportunity = page.opportunity
    await _replace_skills(session, debrief, page.skills)
    await _keep_promise(session, interview, PromiseBy.ME, page.promise, page.promise_due, now)
    await _keep_promise(session, interview, PromiseBy.THEM, page.their_promise, None, now)
    for referral in page.referrals:
        await _add_referral(session, interview.contact, referral, now)
    if page.thanked:
        await _thank_once(session, interview, now)
    else:
        await _take_thanks_back(session, interview)
    await renew(session, interview.contact, now)
    return debrief


async def second_page(session: AsyncSession, interview_id: int) -> SecondPage:
    """Give the second page as it was answered before, but for who was named: they are contacts."""
    debrief = await get(session, interview_id)
    promises = {
        promise.by: promise
        for promise in await session.scalars(
            select(Promise).where(Promise.interview_id == interview_id)
        )
    }
    mine, theirs = promises.get(PromiseBy.ME), promises.get(PromiseBy.THEM)
    return SecondPage(
        skills=tuple(skill.name for skill in debrief.skills) if debrief else (),
        promise=mine.what if mine else "",
        promise_due=mine.due_on if mine else None,
        their_promise=theirs.what if theirs else "",
        opportunity=debrief.opportunity if debrief else None,
        thanked=await _was_thanked(session, await own_row(session, Interview, interview_id)),
    )


async def _begun(session: AsyncSession, interview_id: int, now: datetime) -> Debrief:
    debrief = await get(session, interview_id)
    if debrief is None:
        debrief = Debrief(
            interview_id=interview_id, takeaway="", likes="", dislikes="", created_at=now
        )
        set_committed_value(debrief, "skills", [])
        session.add(debrief)
    debrief.updated_at = now
    await session.flush()
    return debrief


async def _replace_skills(session: AsyncSession, debrief: Debrief, names: tuple[str, ...]) -> None:
    """Keep the rows of the skills that are named again, so that what refers to them stays."""
    wanted: dict[str, str] = {}
    for name in names:
        typed = storable(name).strip()[:NAME_LENGTH]
        if typed:
            wanted.setdefault(key_of(typed), typed)
    kept = []
    for skill in debrief.skills:
        if wanted.get(key_of(skill.name)) == skill.name:
            del wanted[key_of(skill.name)]
            kept.append(skill)
        else:
            await session.delete(skill)
    # The old names go first: a name may come back spelt otherwise.
    await session.flush()
    added = [Skill(debrief_id=debrief.id, name=name) for name in wanted.values()]
    session.add_all(added)
    await session.flush()
    set_committed_value(debrief, "skills", kept + added)


async def _keep_promise(
    session: AsyncSession,
    interview: Interview,
    by: PromiseBy,
    what: str,
    due_on: date | None,
    now: datetime,
) -> None:
    """Add, change or take back the one promise of this side; what was kept stays kept."""
    query = select(Promise).where(Promise.interview_id == interview.id, Promise.by == by)
    promise = await session.scalar(query)
    if not what.strip():
        if promise is not None:
            await session.delete(promise)
    elif promise is None:
        session.add(
            Promise(
                contact_id=interview.contact_id,
                interview_id=interview.id,
                by=by,
                what=what,
                due_on=due_on,
                created_at=now,
            )
        )
    else:
        promise.what, promise.due_on = what, due_on
    await session.flush()


async def _add_referral(
    session: AsyncSession, introducer: Contact, typed: str, now: datetime
) -> None:
    person = read_person(typed)
    name = storable(person.name).strip()[:NAME_LENGTH]
    if not name:
        return
    title, company = person.title[:NAME_LENGTH], person.company[:NAME_LENGTH]
    known = await contacts.same_person(session, name, company)
    if known is None:
        fields = ContactFields(
            name=name,
            title=title,
            company=company,
            how_found=HowFound.INTRODUCED,
            introduced_by_id=introducer.id,
        )
        await contacts.add(session, fields, now)
    elif known.introduced_by_id is None and known.id != introducer.id:
        known.introduced_by_id, known.updated_at = introducer.id, now
        await session.flush()


async def _thank_once(session: AsyncSession, interview: Interview, now: datetime) -> None:
    if not await _was_thanked(session, interview):
        session.add(
            Touch(
                contact_id=interview.contact_id,
                kind=TouchKind.THANK_YOU,
                at=now,
                note="",
                interview_id=interview.id,
                created_at=now,
            )
        )


async def _take_thanks_back(session: AsyncSession, interview: Interview) -> None:
    """Forget a thank-you that was ticked before and is not any more."""
    for touch in await session.scalars(select(Touch).where(_thanks_for(interview))):
        await session.delete(touch)
    await session.flush()


async def _was_thanked(session: AsyncSession, interview: Interview) -> bool:
    thanks = select(Touch.id).where(_thanks_for(interview))
    return await session.scalar(thanks.limit(1)) is not None


def _thanks_for(interview: Interview) -> ColumnElement[bool]:
    """The thank-yous that a talk has had: said to be for it, or sent after it."""
    for_it = Touch.interview_id == interview.id
    after_it = Touch.interview_id.is_(None) & (Touch.at >= interview.starts_at)
    return and_(
        Touch.contact_id == interview.contact_id,
        Touch.kind == TouchKind.THANK_YOU,
        or_(for_it, after_it),
    )
