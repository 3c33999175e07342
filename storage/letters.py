"""What is known of a contact when the member writes to them, and whether it went out already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus, PromiseBy, TouchKind
from storage import contacts, remarks
from storage.facts import gather
from storage.models import Contact, Interview, Promise, Touch
from storage.rows import own_row


@dataclass(frozen=True)
class Known:
    """A contact with what a letter to them may take up; what is not known is empty.

    `last_touch_id` is 0 without a touch. `learned` is from the last talk with them, `promised` what
    the member promised and has kept last, `led_to` whom they introduced and the member talked with
    last. `may_follow_up` says that they were asked, are silent, and have not had all the
    follow-ups that the member allows, `fell_through` that the last that happened is a talk which
    was called off, or to which they did not come.
    """

    contact: Contact
    last_touch_id: int = 0
    learned: str = ""
    promised: str = ""
    led_to: str = ""
    may_follow_up: bool = False
    fell_through: bool = False


async def known(session: AsyncSession, contact_id: int, now: datetime) -> Known:
    """Gather what is known of a contact; raises Gone."""
    contact = await contacts.get(session, contact_id)
    last = select(func.max(Touch.id)).where(Touch.contact_id == contact.id)
    learned = (await remarks.about(session, [], [contact.id])).learned
    kept = (
        select(Promise.what)
        .where(Promise.contact_id == contact.id, Promise.by == PromiseBy.ME)
        .where(Promise.kept_at.is_not(None))
        .order_by(Promise.kept_at.desc(), Promise.id.desc())
    )
    met = (
        select(Contact.name)
        .join(Touch, Touch.contact_id == Contact.id)
        .join(Interview, Interview.id == Touch.interview_id)
        .where(Contact.introduced_by_id == contact.id, Contact.merged_into_id.is_(None))
        .where(Touch.kind == TouchKind.TALK)
        .where(Interview.status == InterviewStatus.TOOK_PLACE)
        .order_by(Interview.starts_at.desc(), Interview.id.desc())
    )
    return Known(
        contact=contact,
        last_touch_id=await session.scalar(last) or 0,
        learned=learned.get(contact.id, ""),
        promised=await session.scalar(kept.limit(1)) or "",
        led_to=await session.scalar(met.limit(1)) or "",
        may_follow_up=await _may_follow_up(session, contact.id, now),
        fell_through=await _fell_through(session, contact.id),
    )


async def went_out_since(
    session: AsyncSession, contact_id: int, kind: TouchKind, touch_id: int, form_id: str
) -> bool:
    """Say whether a touch of this kind was logged after that one, by another form. Raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    told = select(Touch.id).where(Touch.contact_id == contact.id, Touch.kind == kind)
    elsewhere = or_(Touch.form_id.is_(None), Touch.form_id != form_id)
    return await session.scalar(told.where(Touch.id > touch_id, elsewhere).limit(1)) is not None


async def _may_follow_up(session: AsyncSession, contact_id: int, now: datetime) -> bool:
    facts = await gather(session, now, [contact_id])
    asked = [contact.asked for contact in facts.contacts if contact.asked is not None]
    return any(request.follow_ups < facts.numbers.follow_ups for request in asked)


async def _fell_through(session: AsyncSession, contact_id: int) -> bool:
    """Say whether a talk that did not come about is the last that happened with a contact."""
    talks = select(Interview).where(Interview.contact_id == contact_id)
    latest_first = talks.order_by(Interview.updated_at.desc(), Interview.id.desc())
    last = await session.scalar(latest_first.limit(1))
    if last is None or last.settled_at is None or last.status == InterviewStatus.TOOK_PLACE:
        return False
    since = select(Touch.id).where(Touch.contact_id == contact_id, Touch.at > last.settled_at)
    return await session.scalar(since.limit(1)) is None
