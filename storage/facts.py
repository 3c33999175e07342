"""The facts from which a member's nudges follow, read from what is stored.

At most so many queries, whoever the contacts are; only what can still lead to a nudge is read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import (
    Answered,
    ContactFacts,
    Facts,
    ToTell,
)
from domain.vocabulary import Answer, TouchKind
from storage import fact_questions as questions
from storage import in_touch, limits, members
from storage.fact_rows import (
    NOTHING,
    TO_THEM,
    Colleague,
    Known,
    Touched,
    contact_facts,
    waits,
)
from storage.models import Contact, Interview, Member, Promise
from storage.rows import in_their_order

# Older talks have no nudge left to plan, unless one was put off.
_LOOK_BACK = timedelta(days=60)


class _Pressed(NamedTuple):
    member_id: int
    key: str
    interview_id: int | None
    answer: Answer
    until: datetime | None
    alone: bool


async def gather(
    session: AsyncSession, now: datetime, contact_ids: Collection[int] | None
) -> Facts:
    """Give the facts of the session's member: of these contacts, or with None of all of them."""
    member = await members.current(session)
    return (await gather_for(session, [member], now, contact_ids))[member.id]


async def gather_for(
    session: AsyncSession,
    whose: Collection[Member],
    now: datetime,
    contact_ids: Collection[int] | None,
) -> dict[int, Facts]:
    """Give the facts of all members whose session it is, by their ids; as many queries as of one.

    Of these contacts, each of whom is one member's.
    """
    contacts = {c.id: c for c in await _contacts(session, contact_ids)}
    answered = await _answered(session, contact_ids)
    known = await _known(session, contacts, answered, now) if contacts else NOTHING
    answers = _answers(answered)
    facts: dict[int, list[ContactFacts]] = defaultdict(list)
    for contact in contacts.values():
        facts[contact.member_id].append(contact_facts(contact, known))
    if any(member.id not in facts for member in whose):
        with_contacts = {*facts, *await session.scalars(questions.with_contacts())}
    else:
        with_contacts = {*facts}
    return {
        member.id: Facts(
            rhythm=member.rhythm(),
            as_of=now,
            numbers=await limits.numbers_of(session, member),
            contacts=tuple(facts[member.id]),
            answers=answers.get(member.id, {}),
            unwanted=member.unwanted(),
            has_contacts=member.id in with_contacts,
        )
        for member in whose
    }


async def _known(
    session: AsyncSession,
    contacts: Mapping[int, Contact],
    answered: Iterable[_Pressed],
    now: datetime,
) -> Known:
    touches = await _touches(session, contacts)
    came = await in_touch.reached(session, _spoken_of(touches), now)
    about = {
        "contact_ids": list(contacts),
        "since": now - _LOOK_BACK,
        "put_off": [n.interview_id for n in answered if n.until and n.until > now - _LOOK_BACK],
    }
    return Known(
        touches=touches,
        talks=await _talks(session, about),
        agreed_at=await _agreed_long_ago(session, touches, now),
        promises=await _promises(session, contacts),
        to_tell=await _to_tell(session, about),
        colleagues=await _colleagues(session, contacts, touches),
        reminded=came.reminded,
        offered=came.offered,
    )


async def _contacts(
    session: AsyncSession, contact_ids: Collection[int] | None
) -> Iterable[Contact]:
    if contact_ids is None:
        return await session.scalars(questions.contacts())
    if not contact_ids:
        return ()
    these = await session.scalars(questions.these_contacts(), {"contact_ids": list(contact_ids)})
    return [contact for contact in these if contact.archived_at is None]


async def _touches(session: AsyncSession, contacts: Iterable[int]) -> dict[int, list[Touched]]:
    about = {"contact_ids": list(contacts)}
    found = defaultdict(list)
    rows = await session.execute(questions.touches(), about)
    for contact_id, touch_id, kind, at, interview_id in rows:
        found[contact_id].append(Touched(touch_id, kind, at, interview_id))
    return {contact_id: in_their_order(theirs) for contact_id, theirs in found.items()}


async def _talks(
    session: AsyncSession, about: Mapping[str, Any]
) -> dict[int, list[tuple[Interview, bool]]]:
    found = defaultdict(list)
    for talk, debrief_id in await session.execute(questions.talks(), about):
        found[talk.contact_id].append((talk, debrief_id is not None))
    for contact_id, talk, debrief_id in await session.execute(questions.talks_of_guests(), about):
        found[contact_id].append((talk, debrief_id is not None))
    return found


async def _agreed_long_ago(
    session: AsyncSession, touches: Mapping[int, Sequence[Touched]], now: datetime
) -> dict[int, datetime]:
    """The talks that answered an old request may be too old themselves to be read."""
    asked = [
        contact_id
        for contact_id, theirs in touches.items()
        if any(t.kind in TO_THEM and t.at <= now - _LOOK_BACK for t in theirs)
    ]
    if not asked:
        return {}
    last: dict[int, datetime] = {}
    for question in (questions.last_agreed(), questions.last_agreed_of_guests()):
        for contact_id, agreed_at in await session.execute(question, {"contact_ids": asked}):
            last[contact_id] = max(agreed_at, last.get(contact_id, agreed_at))
    return last


async def _promises(session: AsyncSession, contacts: Iterable[int]) -> dict[int, list[Promise]]:
    found = defaultdict(list)
    about = {"contact_ids": list(contacts)}
    for promise in await session.scalars(questions.promises(), about):
        found[promise.contact_id].append(promise)
    return found


async def _to_tell(session: AsyncSession, about: Mapping[str, Any]) -> dict[int, list[ToTell]]:
    """Talks with people whom these contacts introduced, of which they have not been told."""
    found: dict[int, list[ToTell]] = defaultdict(list)
    rows = await session.execute(questions.to_tell(), about)
    for introducer_id, interview_id, since in rows:
        if introducer_id is not None and since is not None:
            found[introducer_id].append(ToTell(interview_id, introducer_id, since))
    return found


async def _colleagues(
    session: AsyncSession,
    contacts: Mapping[int, Contact],
    touches: Mapping[int, Sequence[Touched]],
) -> dict[tuple[int, str], list[Colleague]]:
    """Whom else the member turned to at the companies of those who have not answered.

    Not by their stage: whoever was thanked or told of news since may be waited for as well.
    """
    waiting = (c for c in contacts.values() if waits(touches.get(c.id, ())))
    companies = {contact.company_key for contact in waiting} - {""}
    found: dict[tuple[int, str], list[Colleague]] = defaultdict(list)
    if not companies:
        return found
    about = {"companies": list(companies)}
    for question in (questions.asked_at(), questions.talks_at()):
        for member_id, company, contact_id, at in await session.execute(question, about):
            if at is not None:
                found[member_id, company].append(Colleague(contact_id, at))
    return found


def _spoken_of(touches: Mapping[int, Sequence[Touched]]) -> list[int]:
    """With whom the member talked, or whom they wrote to without an answer so far."""
    return [
        contact_id
        for contact_id, theirs in touches.items()
        if waits(theirs) or any(touch.kind == TouchKind.TALK for touch in theirs)
    ]


async def _answered(session: AsyncSession, contact_ids: Collection[int] | None) -> list[_Pressed]:
    if contact_ids is None:
        rows = await session.execute(questions.answers())
    else:
        about = {"contact_ids": list(contact_ids)}
        rows = await session.execute(questions.answers_about(), about)
    return [
        _Pressed(member_id, key, interview_id, answer, until, alone)
        for member_id, key, interview_id, answer, until, alone, _ in sorted(rows, key=_round)
        if answer is not None
    ]


def _round(row: Sequence[Any]) -> int:
    return int(row[-1])


def _answers(answered: Iterable[_Pressed]) -> dict[int, dict[str, tuple[Answered, ...]]]:
    """Give what each member answered, by the nudge's key."""
    answers: dict[int, dict[str, tuple[Answered, ...]]] = defaultdict(dict)
    for member_id, key, _, answer, until, alone in answered:
        theirs = answers[member_id]
        theirs[key] = (*theirs.get(key, ()), Answered(answer, until, alone))
    return answers
