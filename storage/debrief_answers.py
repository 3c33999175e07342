"""One answer after a talk, kept by itself; every one can be changed or taken back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.debrief import CHOICES, Promised, Value
from domain.vocabulary import DebriefQuestion, PromiseBy
from storage import debrief_parts as parts
from storage import interviews
from storage.models import Debrief, Interview
from storage.rows import own_row
from storage.standing import renew_all

_SIDES = {
    DebriefQuestion.PROMISE: PromiseBy.ME,
    DebriefQuestion.THEIR_PROMISE: PromiseBy.THEM,
}


async def of_interview(session: AsyncSession, interview_id: int) -> dict[DebriefQuestion, Value]:
    """Give what was answered after a talk so far; raises Gone."""
    interview = await own_row(session, Interview, interview_id)
    return await parts.answers_of(session, interview.id)


async def keep(
    session: AsyncSession,
    interview_id: int,
    question: DebriefQuestion,
    value: Value | None,
    now: datetime,
) -> None:
    """Keep one answer, None for no answer; a debrief in which nothing is left goes. Raises Gone."""
    interview = await interviews.get(session, interview_id)
    before = await parts.answers_of(session, interview.id)
    debrief = await parts.begun(session, interview.id, now)
    if question in _SIDES:
        promised = value if isinstance(value, Promised) else Promised("")
        due_on = promised.due_on
        side = _SIDES[question]
        await parts.keep_promise(session, interview, side, promised.what, due_on, now)
    elif question in (DebriefQuestion.SKILLS, DebriefQuestion.REFERRALS):
        items = value if isinstance(value, tuple) else ()
        await _keep_list(session, interview, debrief, question, items, before.get(question), now)
    else:
        nothing = None if question in CHOICES else ""
        setattr(debrief, question, nothing if value is None else value)
    if value is None and not before.keys() - {question}:
        await session.delete(debrief)
    await session.flush()
    await renew_all(session, interview.people, now)


async def _keep_list(
    session: AsyncSession,
    interview: Interview,
    debrief: Debrief,
    question: DebriefQuestion,
    items: tuple[str, ...],
    before: Value | None,
    now: datetime,
) -> None:
    if question == DebriefQuestion.SKILLS:
        await parts.replace_skills(session, debrief, items)
        return
    for gone in before if isinstance(before, tuple) else ():
        if gone not in items:
            await parts.forget_referral(session, interview.contact, gone, now)
    for named in items:
        await parts.add_referral(session, interview.contact, named, now)
