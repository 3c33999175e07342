"""What a member writes in a dialogue: kept under its question, and followed when it is edited."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from domain.debrief import CHOICES, Value
from domain.debrief_replies import Problem, Read, Step, read_reply, read_step, split
from domain.vocabulary import DebriefQuestion
from storage import debrief_answers, dialogue_lines, dialogues
from storage.models import Dialogue, DialogueLine, LineRole

# So long a question may be on its way to the member.
_ON_ITS_WAY = timedelta(seconds=10)


@dataclass(frozen=True)
class Reply:
    """A member's message: `ts` is its time as Slack writes it, `zone` an IANA name."""

    ts: str
    text: str
    zone: str
    thread_ts: str | None = None


@dataclass
class Taken:
    """What became of a reply.

    `noted` holds what was kept, None for "nothing"; `rest` what was said beside it. `asks` says
    that a question is to be asked now, the next one or the same again; `added` that it belongs to
    the answer before; `crossed` that it came before the open question and has no place there;
    `repeated` that it was taken before.
    """

    interview_id: int
    noted: dict[DebriefQuestion, Value | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rest: dict[DebriefQuestion, str] = field(default_factory=dict)
    step: Step | None = None
    asks: bool = False
    added: bool = False
    crossed: bool = False
    repeated: bool = False


async def take(session: AsyncSession, reply: Reply, now: datetime) -> Taken | None:
    """Keep what a message says; None if no question is open that it could answer.

    A message that Slack delivers twice is taken once.
    """
    dialogue, question, in_thread = await _addressed(session, reply)
    if dialogue is None or question is None:
        return None
    taken = Taken(dialogue.interview_id)
    if await dialogue_lines.of_message(session, reply.ts):
        taken.repeated = True
        return taken
    if not in_thread and not _was_seen(dialogue, reply):
        # It was written before the open question came: it goes on with the answer before.
        last = await dialogue_lines.last_reply(session, dialogue.id)
        if last is not None:
            question, taken.added = last.question, True
            # Or the question was lost on its way, and the same is said once more.
            is_again = last.said == reply.text
            taken.asks = is_again or now - dialogue.updated_at > _ON_ITS_WAY
            if is_again:
                _note(session, dialogue, reply, question, "", LineRole.REPLY)
                return taken
    step = None if in_thread or taken.added else read_step(reply.text)
    if step is not None:
        taken.step = step
        _note(session, dialogue, reply, question, "", LineRole.REPLY)
        await _go(session, dialogue, question, step, now)
        dialogue.message_ts, taken.asks = None, True
        return taken
    said = split(reply.text, question)
    # Of an edit it must be known which question was open.
    said.setdefault(question, "")
    for about, words in said.items():
        role = LineRole.REPLY if about == question else LineRole.LABELLED
        line = _note(session, dialogue, reply, about, words, role)
        is_more = taken.added and about == question
        if words:
            await _answer(session, taken, line, words, reply, now, is_more=is_more)
    await _follow(session, dialogue, taken, now)
    if dialogue.is_open and not (taken.asks or taken.added or in_thread):
        # What came of it, and the question again, now stand below what the member wrote.
        dialogue.message_ts, taken.asks = None, True
    return taken


async def edited(session: AsyncSession, reply: Reply, now: datetime) -> Taken | None:
    """Have the answers follow a message that was edited; None for one that is no reply."""
    lines = await dialogue_lines.of_message(session, reply.ts)
    lead = next((line for line in lines if line.role == LineRole.REPLY), None)
    if lead is None:
        return None
    dialogue = await _get(session, lead.dialogue_id)
    taken = Taken(dialogue.interview_id)
    before = {line.question: line for line in lines}
    said = split(reply.text, lead.question)
    answered = await debrief_answers.of_interview(session, dialogue.interview_id)
    for question, words in said.items():
        line = before.get(question)
        if line is None:
            line = _note(session, dialogue, reply, question, words, LineRole.LABELLED)
        elif line.said == words:
            continue
        elif not line.holds and question in answered:
            # Another message or the form has answered it since.
            continue
        await _answer(session, taken, line, words, reply, now, is_more=line.holds)
    for question, line in before.items():
        if question not in said and line.holds:
            await _withdraw(session, taken, line, reply, now)
    await _follow(session, dialogue, taken, now)
    return taken


async def deleted(session: AsyncSession, reply: Reply, now: datetime) -> Taken | None:
    """Take back what a message said that was deleted; None for one that is no reply."""
    lines = await dialogue_lines.of_message(session, reply.ts)
    if not lines:
        return None
    dialogue = await _get(session, lines[0].dialogue_id)
    taken = Taken(dialogue.interview_id)
    for line in lines:
        if line.holds:
            await _withdraw(session, taken, line, reply, now)
    return taken


async def _addressed(
    session: AsyncSession, reply: Reply
) -> tuple[Dialogue | None, DebriefQuestion | None, bool]:
    """Say which question a message answers: the open one, or that under which it was written."""
    if reply.thread_ts is not None and reply.thread_ts != reply.ts:
        asked = await dialogue_lines.asked_in(session, reply.thread_ts)
        if asked is None:
            return None, None, True
        return await _get(session, asked.dialogue_id), asked.question, True
    dialogue = await dialogues.open_one(session)
    return dialogue, dialogue.question if dialogue else None, False


def _was_seen(dialogue: Dialogue, reply: Reply) -> bool:
    return dialogue.message_ts is not None and dialogue.message_ts < reply.ts


async def _go(
    session: AsyncSession,
    dialogue: Dialogue,
    question: DebriefQuestion,
    step: Step,
    now: datetime,
) -> None:
    if step == Step.LATER:
        await dialogues.set_aside(session, dialogue.interview_id, now)
    elif step == Step.BACK:
        await dialogues.back(session, dialogue.interview_id, question, now)
    else:
        await dialogues.skip(session, dialogue.interview_id, question, now)


async def _answer(
    session: AsyncSession,
    taken: Taken,
    line: DialogueLine,
    words: str,
    reply: Reply,
    now: datetime,
    *,
    is_more: bool,
) -> None:
    """Keep the answer of which a line is the whole or, with `is_more`, a part."""
    others = [
        other
        for other in await dialogue_lines.holding(session, line.dialogue_id, line.question)
        if other is not line
    ]
    together = others if is_more and line.question not in CHOICES else []
    texts = [(other.message_ts, other.said) for other in together] + [(line.message_ts, words)]
    read = _read(line.question, texts, reply, now)
    if read.problem is not None:
        is_crossing = taken.added and line.question in CHOICES
        taken.crossed = taken.crossed or is_crossing
        taken.problems += [] if is_crossing else [read.problem]
        return
    await debrief_answers.keep(session, taken.interview_id, line.question, read.value, now)
    for other in others:
        other.holds = other in together
    line.said, line.holds = words, read.value is not None
    taken.noted[line.question] = read.value
    if read.rest:
        taken.rest[line.question] = read.rest
    await session.flush()


async def _withdraw(
    session: AsyncSession, taken: Taken, line: DialogueLine, reply: Reply, now: datetime
) -> None:
    """Leave a line out of the answer that it held."""
    holding = await dialogue_lines.holding(session, line.dialogue_id, line.question)
    texts = [(other.message_ts, other.said) for other in holding if other is not line]
    value = _read(line.question, texts, reply, now).value if texts else None
    await debrief_answers.keep(session, taken.interview_id, line.question, value, now)
    line.said, line.holds = "", False
    taken.noted[line.question] = value
    await session.flush()


def _read(
    question: DebriefQuestion, texts: list[tuple[str, str]], reply: Reply, now: datetime
) -> Read:
    return read_reply(question, "\n".join(text for _, text in sorted(texts)), now, reply.zone)


async def _follow(session: AsyncSession, dialogue: Dialogue, taken: Taken, now: datetime) -> None:
    """Turn to the next question, if the open one has its answer by now."""
    if dialogue.is_open and not taken.added and dialogue.question in taken.noted:
        await dialogues.advance(session, dialogue, now)
        taken.asks = True


def _note(
    session: AsyncSession,
    dialogue: Dialogue,
    reply: Reply,
    question: DebriefQuestion,
    words: str,
    role: LineRole,
) -> DialogueLine:
    line = DialogueLine(
        dialogue_id=dialogue.id,
        message_ts=reply.ts,
        question=question,
        role=role,
        said=words,
        holds=False,
    )
    session.add(line)
    return line


async def _get(session: AsyncSession, dialogue_id: int) -> Dialogue:
    query = select(Dialogue).where(Dialogue.id == dialogue_id)
    return (await session.scalars(query.options(joinedload(Dialogue.interview)))).one()
