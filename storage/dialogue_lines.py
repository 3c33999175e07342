"""Which Slack message says what in a dialogue; times of messages sort as texts."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.debrief import Value
from domain.vocabulary import DebriefQuestion
from storage.debrief_parts import answers_of
from storage.models import Dialogue, DialogueLine, LineRole


async def of_message(session: AsyncSession, message_ts: str) -> list[DialogueLine]:
    """Give the lines of a member's message; none for one that was no reply."""
    query = select(DialogueLine).where(
        DialogueLine.message_ts == message_ts, DialogueLine.role != LineRole.ASKED
    )
    return list(await session.scalars(query.order_by(DialogueLine.id)))


async def asked_in(session: AsyncSession, message_ts: str) -> DialogueLine | None:
    """Give the question that one of the bot's messages asked."""
    query = select(DialogueLine).where(
        DialogueLine.message_ts == message_ts, DialogueLine.role == LineRole.ASKED
    )
    return await session.scalar(query)


async def last_reply(session: AsyncSession, dialogue_id: int) -> DialogueLine | None:
    """Give the member's latest reply in a dialogue."""
    query = (
        select(DialogueLine)
        .where(DialogueLine.dialogue_id == dialogue_id, DialogueLine.role == LineRole.REPLY)
        .order_by(DialogueLine.message_ts.desc())
    )
    return await session.scalar(query.limit(1))


async def holding(
    session: AsyncSession, dialogue_id: int, question: DebriefQuestion
) -> list[DialogueLine]:
    """Give the lines that make up the answer to a question, the first one first."""
    query = (
        select(DialogueLine)
        .where(DialogueLine.dialogue_id == dialogue_id, DialogueLine.holds)
        .where(DialogueLine.question == question)
        .order_by(DialogueLine.message_ts)
    )
    return list(await session.scalars(query))


async def let_go(
    session: AsyncSession, interview_id: int, questions: Collection[DebriefQuestion]
) -> None:
    """Let the messages about these questions say no more: they were answered in another way."""
    query = (
        select(DialogueLine)
        .join(Dialogue, Dialogue.id == DialogueLine.dialogue_id)
        .where(Dialogue.interview_id == interview_id, DialogueLine.holds)
        .where(DialogueLine.question.in_(questions))
    )
    for line in await session.scalars(query):
        line.holds = False
    await session.flush()


async def let_go_of_changed(
    session: AsyncSession, interview_id: int, before: Mapping[DebriefQuestion, Value]
) -> None:
    """Do the same for the questions of which the answer is another one than before."""
    now = await answers_of(session, interview_id)
    changed = [question for question in before if before[question] != now.get(question)]
    await let_go(session, interview_id, changed)
