"""Debriefs question by question: begun, gone through, set aside and taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from domain.debrief import Value, next_question, question_before
from domain.vocabulary import DebriefQuestion, InterviewStatus
from storage import debrief_answers, dialogue_lines, interviews, talk_touches
from storage.agenda import DEBRIEF_WITHIN
from storage.debrief_parts import answers_of, answers_of_several
from storage.models import Contact, Dialogue, DialogueLine, Interview, LineRole


@dataclass(frozen=True)
class Stands:
    """How a dialogue stands; `question` is None when all were gone through.

    `others` are the names of those who were in the talk beside the first;
    `since` is when the question was asked, or something was last done about it, aware UTC;
    `channel_id` and `message_ts` name the bot's message that shows it, if one is there.
    """

    interview_id: int
    contact_id: int
    name: str
    others: tuple[str, ...]
    question: DebriefQuestion | None
    is_open: bool
    since: datetime
    answers: Mapping[DebriefQuestion, Value] = field(default_factory=dict)
    thanked: bool = False
    channel_id: str | None = None
    message_ts: str | None = None


async def begin(session: AsyncSession, interview_id: int, now: datetime) -> int | None:
    """Begin or take up the questions after a talk, which then took place. Raises Gone.

    One is open at a time: gives the talk whose questions were set aside for it, if there was one.
    """
    await interviews.took_place(session, interview_id, now)
    before = await _one_open(session)
    other = before if before is not None and before.interview_id != interview_id else None
    if other is not None:
        other.is_open, other.updated_at = False, now
        # No two are open, not even for a moment.
        await session.flush()
    answered = await debrief_answers.of_interview(session, interview_id)
    dialogue = await _of(session, interview_id) or Dialogue(interview_id=interview_id)
    dialogue.question = dialogue.question or next_question(answered)
    session.add(dialogue)
    dialogue.is_open = dialogue.question is not None
    dialogue.message_ts, dialogue.updated_at = None, now
    await session.flush()
    return other.interview_id if other is not None else None


async def open_one(session: AsyncSession) -> Dialogue | None:
    """Give the dialogue that is open, of a talk that still counts as held."""
    dialogue = await _one_open(session)
    is_held = dialogue is not None and dialogue.interview.status == InterviewStatus.TOOK_PLACE
    return dialogue if is_held else None


async def current(session: AsyncSession) -> Stands | None:
    """Say how the dialogue stands that is open; None if there is none."""
    dialogue = await open_one(session)
    return None if dialogue is None else await _stands(session, dialogue)


async def skip(
    session: AsyncSession, interview_id: int, question: DebriefQuestion, now: datetime
) -> bool:
    """Go on to the next question; False if another one is open by now."""
    dialogue = await _asking(session, interview_id, question)
    if dialogue is not None:
        await advance(session, dialogue, now)
    return dialogue is not None


async def back(
    session: AsyncSession, interview_id: int, question: DebriefQuestion, now: datetime
) -> bool:
    """Go back to the question before, answered or not; False if another one is open by now."""
    dialogue = await _asking(session, interview_id, question)
    if dialogue is not None:
        dialogue.question = question_before(question) or question
        dialogue.message_ts, dialogue.updated_at = None, now
        await session.flush()
    return dialogue is not None


async def set_aside(session: AsyncSession, interview_id: int, now: datetime) -> bool:
    """Let the questions wait until the member comes back to them; False if none are open."""
    dialogue = await _of(session, interview_id)
    if dialogue is None or not dialogue.is_open:
        return False
    dialogue.is_open, dialogue.updated_at = False, now
    await session.flush()
    return True


async def choose(
    session: AsyncSession,
    interview_id: int,
    question: DebriefQuestion,
    value: Value,
    now: datetime,
) -> bool:
    """Keep what was chosen by a button; say whether that was the open question. Raises Gone."""
    await debrief_answers.keep(session, interview_id, question, value, now)
    await dialogue_lines.let_go(session, interview_id, [question])
    return await skip(session, interview_id, question, now)


async def finish(session: AsyncSession, interview_id: int, now: datetime) -> bool:
    """End the questions, since that is all or the form was sent; False if there were none."""
    dialogue = await _of(session, interview_id)
    if dialogue is None:
        return False
    dialogue.question, dialogue.is_open, dialogue.updated_at = None, False, now
    await session.flush()
    return True


async def posted(
    session: AsyncSession,
    interview_id: int,
    question: DebriefQuestion | None,
    channel_id: str,
    message_ts: str,
) -> bool:
    """Note the bot's message that shows how a dialogue stands; False if it stands otherwise now."""
    dialogue = await _of(session, interview_id)
    if dialogue is None or dialogue.question != question or dialogue.message_ts is not None:
        return False
    dialogue.channel_id, dialogue.message_ts = channel_id, message_ts
    if question is not None:
        asked = DialogueLine(
            dialogue_id=dialogue.id, message_ts=message_ts, question=question, role=LineRole.ASKED
        )
        session.add(asked)
    await session.flush()
    return True


async def stands(session: AsyncSession, interview_id: int) -> Stands | None:
    """Say how the questions after a talk stand; None if they were never begun."""
    dialogue = await _of(session, interview_id)
    return None if dialogue is None else await _stands(session, dialogue)


async def unfinished(
    session: AsyncSession, now: datetime, limit: int = 3, contact_id: int | None = None
) -> list[Stands]:
    """Give the dialogues about talks of the last 30 days in which questions are left.

    With everybody, or with one contact; the one that was spoken in last comes first.
    """
    rows = (await session.scalars(_unfinished(), {"since": now - DEBRIEF_WITHIN})).all()
    with_whom = [
        row
        for row in rows
        if contact_id is None or contact_id in (person.id for person in row.interview.people)
    ]
    return await _all_stand(session, with_whom[:limit])


async def advance(session: AsyncSession, dialogue: Dialogue, now: datetime) -> None:
    """Turn to the next question without an answer; after the last one the dialogue is done."""
    answered = await answers_of(session, dialogue.interview_id)
    dialogue.question = next_question(answered, dialogue.question)
    dialogue.is_open = dialogue.question is not None
    dialogue.message_ts, dialogue.updated_at = None, now
    await session.flush()


async def _asking(
    session: AsyncSession, interview_id: int, question: DebriefQuestion
) -> Dialogue | None:
    dialogue = await open_one(session)
    is_it = dialogue is not None and dialogue.interview_id == interview_id
    return dialogue if dialogue is not None and is_it and dialogue.question == question else None


async def _stands(session: AsyncSession, dialogue: Dialogue) -> Stands:
    return (await _all_stand(session, [dialogue]))[0]


async def _all_stand(session: AsyncSession, dialogues: Sequence[Dialogue]) -> list[Stands]:
    if not dialogues:
        return []
    talks = [dialogue.interview for dialogue in dialogues]
    answers = await answers_of_several(session, [talk.id for talk in talks])
    thanked = await talk_touches.thanked(session, talks)
    return [
        Stands(
            interview_id=talk.id,
            contact_id=talk.contact.id,
            name=talk.contact.name,
            others=tuple(guest.name for guest in talk.guests),
            question=dialogue.question,
            is_open=dialogue.is_open,
            since=dialogue.updated_at,
            answers=answers[talk.id],
            thanked=talk.id in thanked,
            channel_id=dialogue.channel_id,
            message_ts=dialogue.message_ts,
        )
        for dialogue, talk in zip(dialogues, talks, strict=True)
    ]


async def _one_open(session: AsyncSession) -> Dialogue | None:
    return await session.scalar(_dialogues().where(Dialogue.is_open))


async def _of(session: AsyncSession, interview_id: int) -> Dialogue | None:
    return await session.scalar(_dialogues().where(Dialogue.interview_id == interview_id))


def _dialogues() -> Select[Dialogue]:
    talk = joinedload(Dialogue.interview)
    people = talk.joinedload(Interview.contact), talk.selectinload(Interview.guests)
    return select(Dialogue).options(*people)


@cache
def _unfinished() -> Select[Dialogue]:
    return (
        _dialogues()
        .join(Interview, Interview.id == Dialogue.interview_id)
        .join(Contact, Contact.id == Interview.contact_id)
        .where(Dialogue.question.is_not(None), Contact.archived_at.is_(None))
        .where(Interview.status == InterviewStatus.TOOK_PLACE)
        .where(Interview.starts_at > bindparam("since"))
        .order_by(Dialogue.updated_at.desc(), Dialogue.id.desc())
    )
