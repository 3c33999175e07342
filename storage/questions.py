"""The questions that a member picked for a talk, and which of them others have answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from domain.vocabulary import InterviewStatus
from storage.errors import Gone
from storage.models import Contact, Interview, PickedQuestion
from storage.rows import own_row, possible
from storage.standing import renew
from storage.types import storable


@dataclass(frozen=True)
class Pick:
    """A question of the bank, or one in the member's own words."""

    question_id: str | None = None
    own_words: str = ""


@dataclass(frozen=True)
class Heard:
    """Who was asked a question of the bank; `answered` when the member said that they answered."""

    name: str
    answered: bool


async def of_interviews(
    session: AsyncSession, interview_ids: Collection[int]
) -> dict[int, list[PickedQuestion]]:
    """Give the questions picked for each of these talks, in their order."""
    ids = possible(interview_ids)
    found: dict[int, list[PickedQuestion]] = {}
    if not ids:
        return found
    for picked in await session.scalars(_picked(), {"interview_ids": ids}):
        found.setdefault(picked.interview_id, []).append(picked)
    return found


async def pick(
    session: AsyncSession, interview_id: int, picks: Sequence[Pick], now: datetime
) -> list[PickedQuestion]:
    """Have these be the questions for a talk, in this order: it is prepared then. Raises Gone."""
    talk = await own_row(session, Interview, interview_id, joinedload(Interview.contact))
    rows = (await of_interviews(session, [talk.id])).get(talk.id, [])
    before = {Pick(row.question_id, row.own_words): row for row in rows}
    wanted = dict.fromkeys(Pick(each.question_id, storable(each.own_words)) for each in picks)
    for known in before.keys() - wanted.keys():
        await session.delete(before[known])
    for position, each in enumerate(wanted):
        row = before.get(each)
        if row is None:
            row = PickedQuestion(
                interview_id=talk.id, question_id=each.question_id, own_words=each.own_words
            )
            session.add(row)
        row.position = position
    talk.prepared_at = now
    await session.flush()
    await renew(session, talk.contact, now)
    return (await of_interviews(session, [talk.id])).get(talk.id, [])


async def move_up(session: AsyncSession, interview_id: int, picked_id: int) -> list[PickedQuestion]:
    """Have a question change places with the one before it; raises Gone."""
    talk = await own_row(session, Interview, interview_id)
    rows = (await of_interviews(session, [talk.id])).get(talk.id, [])
    place = next((number for number, row in enumerate(rows) if row.id == picked_id), None)
    if place is None:
        raise Gone("no question of that talk has that id")
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows):
        row.position = position
    await session.flush()
    return rows


async def heard(session: AsyncSession, *, besides: int) -> dict[str, list[Heard]]:
    """Give, for each question of the bank, whom it was asked in other talks, the earliest first.

    Who gave no answer is left out; `besides` is the talk that is being prepared for.
    """
    query = (
        select(PickedQuestion.question_id, Contact.name, PickedQuestion.answered)
        .join(Interview, Interview.id == PickedQuestion.interview_id)
        .join(Contact, Contact.id == Interview.contact_id)
        .where(PickedQuestion.question_id.is_not(None), PickedQuestion.interview_id != besides)
        .where(Interview.status == InterviewStatus.TOOK_PLACE)
        .where(or_(PickedQuestion.answered.is_(None), PickedQuestion.answered.is_(True)))
        .order_by(Interview.starts_at, Interview.id)
    )
    found: dict[str, list[Heard]] = {}
    for question_id, name, answered in await session.execute(query):
        if question_id is not None:
            found.setdefault(question_id, []).append(Heard(name, answered is True))
    return found


async def own_before(
    session: AsyncSession, *, besides: int, path_id: int | None, limit: int = 20
) -> list[PickedQuestion]:
    """Give the member's own questions from other talks on this path, the latest first, each once.

    Without a path they are of all talks; `besides` is the talk that is being prepared for.
    """
    query = (
        select(PickedQuestion)
        .join(Interview, Interview.id == PickedQuestion.interview_id)
        .join(Contact, Contact.id == Interview.contact_id)
        .where(PickedQuestion.question_id.is_(None), PickedQuestion.interview_id != besides)
        .order_by(Interview.starts_at.desc(), PickedQuestion.id.desc())
    )
    if path_id is not None:
        query = query.where(Contact.path_id == path_id)
    latest_of_each: dict[str, PickedQuestion] = {}
    for row in await session.scalars(query):
        latest_of_each.setdefault(row.own_words.casefold(), row)
    return list(latest_of_each.values())[:limit]


async def own_words(session: AsyncSession, picked_ids: Collection[int]) -> list[str]:
    """Give the words of own questions; ids that are none of the member's give nothing."""
    query = (
        select(PickedQuestion.own_words)
        .where(PickedQuestion.id.in_(possible(picked_ids)), PickedQuestion.question_id.is_(None))
        .order_by(PickedQuestion.id)
    )
    return list(await session.scalars(query))


async def settle(session: AsyncSession, interview_id: int, answered: Collection[int]) -> None:
    """Note which questions of a talk were answered, and so which were not; raises Gone."""
    talk = await own_row(session, Interview, interview_id)
    for row in (await of_interviews(session, [talk.id])).get(talk.id, []):
        row.answered = row.id in answered
    await session.flush()


@cache
def _picked() -> Select[PickedQuestion]:
    ids: BindParameter[int] = bindparam("interview_ids", expanding=True)
    picked = select(PickedQuestion).where(PickedQuestion.interview_id.in_(ids))
    return picked.order_by(PickedQuestion.position, PickedQuestion.id)
