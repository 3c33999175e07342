"""What Home shows beside nudges and paths: each of these verbs is one question, whatever there is.

`people` comes after `talks`, and loads who else is there for all talks that Home names.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from domain.debrief import Value
from domain.debrief_replies import names_in
from domain.gaps import Gap, merged
from domain.vocabulary import DebriefQuestion, InterviewStatus, PromiseBy
from storage import gaps, nudges
from storage.agenda import DEBRIEF_WITHIN, LONGEST_TALK, is_ahead, is_over
from storage.debrief_parts import written_in
from storage.models import (
    Contact,
    Debrief,
    Dialogue,
    DialogueLine,
    Interview,
    InterviewGuest,
    PickedQuestion,
    Promise,
    Skill,
)


@dataclass(frozen=True)
class Unfinished:
    """A debrief question by question that is half-way: the open question, and what is answered."""

    talk: Interview
    question: DebriefQuestion
    answered: Collection[DebriefQuestion]


@dataclass(frozen=True)
class Talks:
    """Talks that are ahead, that nobody has written up, that are half-way; with their contacts.

    `picked` counts the questions for each talk, by its id.
    """

    ahead: list[Interview]
    not_written_up: list[Interview]
    half_way: list[Unfinished]
    picked: Mapping[int, int]


@dataclass(frozen=True)
class Numbers:
    """The skills named in most talks, of so many that were written up; messages that failed."""

    gaps: list[Gap]
    gaps_of: int
    failed: int


async def talks(session: AsyncSession, now: datetime) -> Talks:
    """Give the talks of the last 30 days and to come of which something is to be shown."""
    when = {"since": now - DEBRIEF_WITHIN, "ahead_since": now - LONGEST_TALK}
    rows = (await session.execute(_talks(), when)).all()
    half_way = [
        (dialogue, Unfinished(talk, dialogue.question, _answered(debrief, more)))
        for talk, dialogue, debrief, _, *more in rows
        if dialogue is not None
        and dialogue.question is not None
        and talk.status == InterviewStatus.TOOK_PLACE
        and talk.contact.archived_at is None
    ]
    half_way.sort(key=lambda it: (it[0].updated_at, it[0].id), reverse=True)
    return Talks(
        ahead=[talk for talk, *_ in rows if is_ahead(talk, now)],
        not_written_up=[
            talk for talk, _, debrief, *_ in reversed(rows) if not debrief and is_over(talk, now)
        ],
        half_way=[unfinished for _, unfinished in half_way],
        picked={talk.id: picked for talk, _, _, picked, *_ in rows},
    )


async def people(session: AsyncSession, talks: Iterable[Interview]) -> Contact | None:
    """Load who else is there in each of the talks; give whom the member dreams of talking to."""
    guests: dict[int, list[Contact]] = {}
    dream: Contact | None = None
    named = {talk.id: talk for talk in talks}
    for contact, talk_id in await session.execute(_people(), {"talk_ids": list(named)}):
        if talk_id is not None:
            guests.setdefault(talk_id, []).append(contact)
        elif contact.archived_at is None:
            dream = contact
    for talk_id, talk in named.items():
        set_committed_value(talk, "guests", guests.get(talk_id, []))
    return dream


async def numbers(session: AsyncSession, now: datetime, limit: int = 3) -> Numbers:
    """Give what talks named most, and how many messages could not be delivered."""
    named, gaps_of, failed = [], 0, 0
    for skill, talks, of_all in await session.execute(_numbers(), {"now": now}):
        if skill is None:
            failed = talks
        else:
            named.append((skill, talks))
            gaps_of = of_all
    return Numbers(merged(named)[:limit], gaps_of, failed)


@cache
def _talks() -> Select[Interview, Dialogue, Debrief, int, int, int, int, str]:
    def count(what: Select[int]) -> Select[int]:
        return what.with_only_columns(func.count())

    picked = count(select(PickedQuestion.id).where(PickedQuestion.interview_id == Interview.id))
    skills = count(select(Skill.id).where(Skill.debrief_id == Debrief.id))
    promised = select(Promise.id).where(Promise.interview_id == Interview.id)
    referrals = (
        select(func.aggregate_strings(DialogueLine.said, "\n"))
        .where(DialogueLine.dialogue_id == Dialogue.id, DialogueLine.holds)
        .where(DialogueLine.question == DebriefQuestion.REFERRALS)
    )
    is_shown = (
        Interview.starts_at > bindparam("ahead_since"),
        Debrief.id.is_(None),
        Dialogue.question.is_not(None),
    )
    return (
        select(
            Interview,
            Dialogue,
            Debrief,
            picked.scalar_subquery(),
            skills.scalar_subquery(),
            count(promised.where(Promise.by == PromiseBy.ME)).scalar_subquery(),
            count(promised.where(Promise.by == PromiseBy.THEM)).scalar_subquery(),
            referrals.scalar_subquery(),
        )
        .outerjoin(Dialogue, Dialogue.interview_id == Interview.id)
        .outerjoin(Debrief, Debrief.interview_id == Interview.id)
        .where(Interview.status.in_((InterviewStatus.SCHEDULED, InterviewStatus.TOOK_PLACE)))
        .where(Interview.starts_at > bindparam("since"), or_(*is_shown))
        .order_by(Interview.starts_at, Interview.id)
        .options(joinedload(Interview.contact))
    )


def _answered(debrief: Debrief | None, more: Iterable[object]) -> set[DebriefQuestion]:
    skills, mine, theirs, referrals = more
    answers: dict[DebriefQuestion, Value | object | None] = {
        **(written_in(debrief) if debrief is not None else {}),
        DebriefQuestion.SKILLS: skills,
        DebriefQuestion.PROMISE: mine,
        DebriefQuestion.THEIR_PROMISE: theirs,
        DebriefQuestion.REFERRALS: names_in(str(referrals or "")),
    }
    return {question for question, value in answers.items() if value}


@cache
def _people() -> Select[Contact, int]:
    ids: BindParameter[int] = bindparam("talk_ids", expanding=True)
    guest = InterviewGuest
    guests = select(guest.contact_id, guest.interview_id, guest.id).where(
        guest.interview_id.in_(ids)
    )
    no_talk, first = cast(null(), Integer), literal(0, Integer)
    dream = select(Contact.id, no_talk, first).where(Contact.is_dream)
    them = union_all(guests, dream).subquery()
    contact_id, talk_id, place = them.c
    return (
        select(Contact, talk_id)
        .join(them, contact_id == Contact.id)
        .where(Contact.merged_into_id.is_(None))
        .order_by(place)
    )


@cache
def _numbers() -> CompoundSelect[str, int, int]:
    failed = nudges.missed().with_only_columns(null(), func.count(), literal(0, Integer))
    return union_all(gaps.named(), failed)
