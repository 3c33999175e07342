"""What a member took home from a talk: two pages of one form, each kept as soon as it is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus, Opportunity, Picture, PromiseBy
from storage import debrief_parts as parts
from storage import dialogue_lines, interviews, talk_touches
from storage.models import Debrief, Interview, Promise
from storage.rows import own_row, possible
from storage.standing import renew_all


@dataclass(frozen=True)
class FirstPage:
    """What the member learned, and whether they could picture themselves there."""

    takeaway: str = ""
    picture: Picture | None = None
    likes: str = ""
    dislikes: str = ""


@dataclass(frozen=True)
class FieldWords:
    """What hiring managers look for, where the field goes, and what they advised."""

    hiring: str = ""
    trends: str = ""
    advice: str = ""


@dataclass(frozen=True)
class SecondPage:
    """What follows from the talk; `referrals` are typed as NAME, TITLE at COMPANY.

    `promise` is the member's own, due on a day in their zone; `thanked` says that the thank-you
    went out already, to everybody in the talk. Without `field` what was said about it stays as it
    is.
    """

    skills: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    promise: str = ""
    promise_due: date | None = None
    their_promise: str = ""
    opportunity: Opportunity | None = None
    thanked: bool = False
    field: FieldWords | None = None


async def get(session: AsyncSession, interview_id: int) -> Debrief | None:
    """Give the debrief of a talk with its skills, None when there is none yet; raises Gone."""
    interview = await own_row(session, Interview, interview_id)
    return await parts.find(session, interview.id)


async def of_talks(session: AsyncSession, interview_ids: Collection[int]) -> list[Debrief]:
    """Give the debriefs of these talks, as far as they are written up, in no order."""
    query = select(Debrief).where(Debrief.interview_id.in_(possible(interview_ids)))
    return list(await session.scalars(query))


async def save_first(
    session: AsyncSession, interview_id: int, page: FirstPage, now: datetime
) -> Debrief:
    """Keep the first page, new or changed; the talk then took place. Raises Gone."""
    interview = await interviews.settle_as_held(session, interview_id, now)
    before = await parts.answers_of(session, interview_id)
    debrief = await parts.begun(session, interview_id, now)
    debrief.takeaway, debrief.picture = page.takeaway, page.picture
    debrief.likes, debrief.dislikes = page.likes, page.dislikes
    await dialogue_lines.let_go_of_changed(session, interview_id, before)
    await renew_all(session, interview.people, now)
    return debrief


async def save_second(
    session: AsyncSession, interview_id: int, page: SecondPage, now: datetime
) -> Debrief:
    """Keep the second page, new or changed; the talk then took place. Raises Gone.

    Who was named becomes a contact, introduced by this one, once.
    """
    interview = await interviews.settle_as_held(session, interview_id, now)
    before = await parts.answers_of(session, interview_id)
    debrief = await parts.begun(session, interview_id, now)
    debrief.opportunity = page.opportunity
    if page.field is not None:
        debrief.hiring, debrief.trends = page.field.hiring, page.field.trends
        debrief.advice = page.field.advice
    await parts.replace_skills(session, debrief, page.skills)
    mine, theirs = page.promise, page.their_promise
    await parts.keep_promise(session, interview, PromiseBy.ME, mine, page.promise_due, now)
    await parts.keep_promise(session, interview, PromiseBy.THEM, theirs, None, now)
    for referral in page.referrals:
        await parts.add_referral(session, interview.contact, referral, now)
    await dialogue_lines.let_go_of_changed(session, interview_id, before)
    if page.thanked:
        await talk_touches.thank(session, interview, now)
    else:
        await talk_touches.take_thanks_back(session, interview)
    await renew_all(session, interview.people, now)
    return debrief


async def thanked(session: AsyncSession, interview_id: int, now: datetime) -> None:
    """Note that everybody in a talk that took place was thanked for it; raises Gone."""
    interview = await interviews.get(session, interview_id)
    if interview.status == InterviewStatus.TOOK_PLACE:
        await talk_touches.thank(session, interview, now)
        await renew_all(session, interview.people, now)


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
    interview = await interviews.get(session, interview_id)
    return SecondPage(
        skills=tuple(skill.name for skill in debrief.skills) if debrief else (),
        promise=mine.what if mine else "",
        promise_due=mine.due_on if mine else None,
        their_promise=theirs.what if theirs else "",
        opportunity=debrief.opportunity if debrief else None,
        thanked=await talk_touches.were_thanked(session, interview),
        field=_field(debrief),
    )


def _field(debrief: Debrief | None) -> FieldWords | None:
    words = (debrief.hiring, debrief.trends, debrief.advice) if debrief else ()
    return FieldWords(*words) if any(words) else None
