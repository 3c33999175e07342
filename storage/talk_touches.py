"""What a talk leaves with each of its people: that it was held, and that they were thanked.

Contact and guests of the talk must be loaded; the caller renews what follows.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import TouchKind
from storage.models import Contact, Interview, Touch


async def remember(session: AsyncSession, interview: Interview, now: datetime) -> None:
    """Note with everybody in a talk that it was held."""
    at = interview.starts_at
    let_go_of_hand_set(interview.people)
    session.add_all(_touch(interview, c, TouchKind.TALK, at, now) for c in interview.people)


async def complete(session: AsyncSession, interview: Interview, now: datetime) -> None:
    """Note that a talk was held with those with whom that is not noted."""
    query = select(Touch.contact_id)
    noted = set(
        await session.scalars(
            query.where(Touch.interview_id == interview.id, Touch.kind == TouchKind.TALK)
        )
    )
    at, left = interview.starts_at, [c for c in interview.people if c.id not in noted]
    session.add_all(_touch(interview, c, TouchKind.TALK, at, now) for c in left)
    await session.flush()


def let_go_of_hand_set(people: Iterable[Contact]) -> None:
    """Let the stages that were set by hand give way to what is logged."""
    for contact in people:
        contact.overruled_stage = None


async def forget(session: AsyncSession, interview: Interview) -> None:
    """Take that back."""
    await session.execute(
        delete(Touch).where(Touch.interview_id == interview.id, Touch.kind == TouchKind.TALK)
    )


async def thank(session: AsyncSession, interview: Interview, now: datetime) -> None:
    """Note a thank-you to everybody in a talk who has had none."""
    thanked = {touch.contact_id for touch in await _thanks(session, interview)}
    others = [contact for contact in interview.people if contact.id not in thanked]
    let_go_of_hand_set(others)
    session.add_all(_touch(interview, c, TouchKind.THANK_YOU, now, now) for c in others)


async def take_thanks_back(session: AsyncSession, interview: Interview) -> None:
    """Forget the thank-yous that were ticked before and are not any more.

    Of several people some may have been thanked one by one: then nothing was ticked.
    """
    if await were_thanked(session, interview):
        for touch in await _thanks(session, interview):
            await session.delete(touch)
        await session.flush()


async def were_thanked(session: AsyncSession, interview: Interview) -> bool:
    """Say whether everybody in a talk was thanked."""
    return interview.id in await thanked(session, [interview])


async def thanked(session: AsyncSession, talks: Collection[Interview]) -> set[int]:
    """Give those of the talks, by their ids, in which everybody was thanked."""
    people = {contact.id for talk in talks for contact in talk.people}
    query = select(Touch).where(Touch.contact_id.in_(people), Touch.kind == TouchKind.THANK_YOU)
    thanks = list(await session.scalars(query))
    return {
        talk.id
        for talk in talks
        if {contact.id for contact in talk.people}
        <= {touch.contact_id for touch in thanks if _is_for(touch, talk)}
    }


def _is_for(thanks: Touch, talk: Interview) -> bool:
    """Say whether a thank-you is for a talk: said to be, or sent after it."""
    if thanks.interview_id is None:
        return thanks.at >= talk.starts_at
    return thanks.interview_id == talk.id


async def _thanks(session: AsyncSession, interview: Interview) -> list[Touch]:
    """Give the thank-yous that a talk has had: said to be for it, or sent after it."""
    query = select(Touch).where(
        Touch.contact_id.in_([contact.id for contact in interview.people]),
        Touch.kind == TouchKind.THANK_YOU,
    )
    return [touch for touch in await session.scalars(query) if _is_for(touch, interview)]


def _touch(
    interview: Interview, contact: Contact, kind: TouchKind, at: datetime, now: datetime
) -> Touch:
    return Touch(
        contact_id=contact.id,
        kind=kind,
        at=at,
        note="",
        interview_id=interview.id,
        created_at=now,
    )
