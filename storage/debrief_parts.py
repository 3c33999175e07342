"""The parts of a debrief, as its form and the questions one by one both keep them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from domain.debrief import Promised, Value
from domain.debrief_replies import names_in
from domain.finding import key_of
from domain.quick_add import PersonTyped, read_person
from domain.vocabulary import DebriefQuestion, HowFound, PromiseBy, Stage
from storage import contacts, nudges
from storage.contacts import ContactFields
from storage.models import (
    NAME_LENGTH,
    Contact,
    Debrief,
    Dialogue,
    DialogueLine,
    Interview,
    InterviewGuest,
    Merge,
    Promise,
    Skill,
    Touch,
)
from storage.scope import WITH_REMOVED
from storage.types import storable


async def find(session: AsyncSession, interview_id: int) -> Debrief | None:
    """Give the debrief of a talk with its skills, if there is one."""
    return await session.scalar(
        select(Debrief)
        .where(Debrief.interview_id == interview_id)
        .options(selectinload(Debrief.skills))
    )


async def begun(session: AsyncSession, interview_id: int, now: datetime) -> Debrief:
    """Give the debrief of a talk, an empty one if there was none."""
    debrief = await find(session, interview_id)
    if debrief is None:
        debrief = Debrief(
            interview_id=interview_id,
            takeaway="",
            likes="",
            dislikes="",
            hiring="",
            trends="",
            advice="",
            created_at=now,
        )
        set_committed_value(debrief, "skills", [])
        session.add(debrief)
    debrief.updated_at = now
    await session.flush()
    return debrief


async def answers_of(session: AsyncSession, interview_id: int) -> dict[DebriefQuestion, Value]:
    """Give what was answered after a talk; of the people who were named, those named in the DM."""
    return (await answers_of_several(session, [interview_id]))[interview_id]


async def answers_of_several(
    session: AsyncSession, interview_ids: Collection[int]
) -> dict[int, dict[DebriefQuestion, Value]]:
    """Give the same for several talks; the questions do not grow in number."""
    found: dict[int, dict[DebriefQuestion, Value | None]] = {each: {} for each in interview_ids}
    query = select(Debrief).where(Debrief.interview_id.in_(interview_ids))
    for debrief in await session.scalars(query.options(selectinload(Debrief.skills))):
        found[debrief.interview_id] = written_in(debrief)
        skills = tuple(skill.name for skill in debrief.skills)
        found[debrief.interview_id][DebriefQuestion.SKILLS] = skills
    for interview_id, names in (await _named(session, interview_ids)).items():
        found[interview_id][DebriefQuestion.REFERRALS] = names
    for promise in await session.scalars(
        select(Promise).where(Promise.interview_id.in_(interview_ids))
    ):
        is_mine = promise.by == PromiseBy.ME
        question = DebriefQuestion.PROMISE if is_mine else DebriefQuestion.THEIR_PROMISE
        if promise.interview_id is not None:
            found[promise.interview_id][question] = Promised(promise.what, promise.due_on)
    return {
        interview_id: {question: value for question, value in answers.items() if value}
        for interview_id, answers in found.items()
    }


def written_in(debrief: Debrief) -> dict[DebriefQuestion, Value | None]:
    """Give what a debrief itself holds, answered or not."""
    return {
        DebriefQuestion.TAKEAWAY: debrief.takeaway,
        DebriefQuestion.PICTURE: debrief.picture,
        DebriefQuestion.LIKES: debrief.likes,
        DebriefQuestion.DISLIKES: debrief.dislikes,
        DebriefQuestion.HIRING: debrief.hiring,
        DebriefQuestion.TRENDS: debrief.trends,
        DebriefQuestion.ADVICE: debrief.advice,
        DebriefQuestion.OPPORTUNITY: debrief.opportunity,
    }


async def replace_skills(session: AsyncSession, debrief: Debrief, names: tuple[str, ...]) -> None:
    """Keep the rows of the skills that are named again, so that what refers to them stays."""
    wanted: dict[str, str] = {}
    for name in names:
        typed = storable(name).strip()[:NAME_LENGTH]
        if typed:
            wanted.setdefault(key_of(typed), typed)
    kept = []
    for skill in debrief.skills:
        if wanted.get(key_of(skill.name)) == skill.name:
            del wanted[key_of(skill.name)]
            kept.append(skill)
        else:
            await session.delete(skill)
    # The old names go first: a name may come back spelt otherwise.
    await session.flush()
    added = [Skill(debrief_id=debrief.id, name=name) for name in wanted.values()]
    session.add_all(added)
    await session.flush()
    set_committed_value(debrief, "skills", kept + added)


async def keep_promise(
    session: AsyncSession,
    interview: Interview,
    by: PromiseBy,
    what: str,
    due_on: date | None,
    now: datetime,
) -> None:
    """Add, change or take back the one promise of this side; what was kept stays kept."""
    query = select(Promise).where(Promise.interview_id == interview.id, Promise.by == by)
    promise = await session.scalar(query)
    if promise is None and what.strip():
        # There is one of each side: what is said now takes the place of one that was deleted.
        promise = await session.scalar(query.execution_options(**WITH_REMOVED))
        if promise is not None:
            promise.removed_at, promise.kept_at, promise.created_at = None, None, now
    if not what.strip():
        if promise is not None:
            await session.delete(promise)
    elif promise is None:
        session.add(
            Promise(
                contact_id=interview.contact_id,
                interview_id=interview.id,
                by=by,
                what=what,
                due_on=due_on,
                created_at=now,
            )
        )
    else:
        promise.what, promise.due_on = what, due_on
    await session.flush()


async def add_referral(
    session: AsyncSession, introducer: Contact, typed: str, now: datetime
) -> None:
    """Make who was named a contact, introduced by this one, once."""
    person = _person(typed)
    if not person.name:
        return
    known = await contacts.same_person(session, person.name, person.company)
    if known is None:
        fields = ContactFields(
            name=person.name,
            title=person.title,
            company=person.company,
            how_found=HowFound.INTRODUCED,
            introduced_by_id=introducer.id,
        )
        await contacts.add(session, fields, now)
    elif known.introduced_by_id is None and known.id != introducer.id:
        known.introduced_by_id, known.updated_at = introducer.id, now
        await session.flush()


async def forget_referral(
    session: AsyncSession, introducer: Contact, typed: str, now: datetime
) -> None:
    """Forget who was named by mistake, unless the member has done anything with them since."""
    person = _person(typed)
    known = await contacts.same_person(session, person.name, person.company)
    if (
        known is None
        or known.introduced_by_id != introducer.id
        or known.updated_at != (known.created_at)
    ):
        return
    has_talk = exists(Interview.id).where(Interview.contact_id == known.id)
    is_guest = exists(InterviewGuest.id).where(InterviewGuest.contact_id == known.id)
    has_touch = exists(Touch.id).where(Touch.contact_id == known.id)
    was_joined = exists(Merge.id).where((Merge.kept_id == known.id) | (Merge.other_id == known.id))
    used = await session.scalar(
        select(Contact.id).where(
            Contact.id == known.id, has_talk | is_guest | has_touch | was_joined
        )
    )
    if used is None and known.stage == Stage.IDENTIFIED:
        await session.delete(known)
        await session.flush()
        await nudges.reconcile(session, now, known.id)


def _person(typed: str) -> PersonTyped:
    person = read_person(typed)
    return PersonTyped(
        name=storable(person.name).strip()[:NAME_LENGTH],
        title=person.title[:NAME_LENGTH],
        company=person.company[:NAME_LENGTH],
    )


async def _named(
    session: AsyncSession, interview_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    query = (
        select(Dialogue.interview_id, DialogueLine.said)
        .join(Dialogue, Dialogue.id == DialogueLine.dialogue_id)
        .where(Dialogue.interview_id.in_(interview_ids), DialogueLine.holds)
        .where(DialogueLine.question == DebriefQuestion.REFERRALS)
        .order_by(DialogueLine.message_ts)
    )
    said: dict[int, list[str]] = {}
    for interview_id, line in await session.execute(query):
        said.setdefault(interview_id, []).append(line)
    return {interview_id: names_in("\n".join(lines)) for interview_id, lines in said.items()}
