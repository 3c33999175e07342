"""The facts from which a member's nudges follow, read from what is stored."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import Answered, Facts, Talk
from domain.vocabulary import InterviewStatus, NudgeStatus, TouchKind
from storage import members
from storage.models import Contact, Interview, Nudge, Touch

# Older talks have no nudge left to plan; the second bound holds where the first one is not known.
_LOOK_BACK = timedelta(days=30)
_MOST_TALKS = 200


async def gather(
    session: AsyncSession, contact_id: int | None = None, now: datetime | None = None
) -> Facts:
    """Give the facts of the session's member, or of one contact of theirs.

    Bounded: the newest 200 talks that are planned, or that took place without a thank-you. With
    `now`, of the latter only those of the last 30 days or with a nudge still to come.
    """
    talks = await _talks(session, contact_id, now)
    member = await members.current(session)
    return Facts(rhythm=member.rhythm(), talks=talks, answers=await _answers(session, talks))


async def _talks(
    session: AsyncSession, contact_id: int | None, now: datetime | None
) -> tuple[Talk, ...]:
    thanked = exists(Touch.id).where(
        Touch.kind == TouchKind.THANK_YOU,
        Touch.contact_id == Interview.contact_id,
        or_(
            Touch.interview_id == Interview.id,
            and_(Touch.interview_id.is_(None), Touch.at >= Interview.starts_at),
        ),
    )
    unthanked = and_(Interview.status == InterviewStatus.TOOK_PLACE, ~thanked)
    if now is not None:
        to_come = exists(Nudge.id).where(
            Nudge.interview_id == Interview.id,
            Nudge.status.in_((NudgeStatus.PENDING, NudgeStatus.SENDING)),
        )
        unthanked = and_(unthanked, or_(Interview.starts_at > now - _LOOK_BACK, to_come))
    query = select(Interview).where(
        or_(Interview.status == InterviewStatus.SCHEDULED, unthanked),
    )
    # Who was put away is left in peace, and so is the member.
    query = query.join(Interview.contact).where(Contact.archived_at.is_(None))
    if contact_id is not None:
        query = query.where(Interview.contact_id == contact_id)
    query = query.order_by(Interview.starts_at.desc(), Interview.id.desc()).limit(_MOST_TALKS)
    return tuple(
        Talk(
            interview_id=talk.id,
            contact_id=talk.contact_id,
            ends_at=talk.ends_at,
            status=talk.status,
            settled_at=talk.settled_at,
        )
        for talk in await session.scalars(query)
    )


async def _answers(
    session: AsyncSession, talks: tuple[Talk, ...]
) -> dict[str, tuple[Answered, ...]]:
    query = (
        select(Nudge.key, Nudge.answer, Nudge.later_until)
        .where(Nudge.interview_id.in_([talk.interview_id for talk in talks]))
        .where(Nudge.answer.is_not(None))
        .order_by(Nudge.round_)
    )
    answers: dict[str, tuple[Answered, ...]] = {}
    for key, answer, until in await session.execute(query):
        if answer is not None:
            answers[key] = (*answers.get(key, ()), Answered(answer, until))
    return answers
