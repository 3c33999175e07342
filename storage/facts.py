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
    Asked,
    ContactFacts,
    Facts,
    PromiseMade,
    Reminded,
    Talk,
    ToTell,
)
from domain.limits import within
from domain.vocabulary import Answer, InterviewStatus, Stage, TouchKind
from storage import fact_questions as questions
from storage import in_touch, limits, members
from storage.models import Contact, Interview, Promise
from storage.rows import as_told

# Older talks have no nudge left to plan, unless one was put off.
_LOOK_BACK = timedelta(days=60)
# What answers a request, and what goes out to the contact.
_FROM_THEM = (
    TouchKind.REPLIED,
    TouchKind.TALK,
    TouchKind.INTRODUCTION,
    TouchKind.NOT_NOW,
    TouchKind.DECLINED,
    TouchKind.RESTED,
)
_TO_THEM = (TouchKind.ASKED, TouchKind.FOLLOW_UP)
# Of other talks there is nothing left to say.
_PLANNED_FOR = (InterviewStatus.SCHEDULED, InterviewStatus.TOOK_PLACE)


class _Touch(NamedTuple):
    id: int
    kind: TouchKind
    at: datetime
    interview_id: int | None


class _Pressed(NamedTuple):
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
    contacts = {c.id: c for c in await _contacts(session, contact_ids)}
    answered = await _answered(session, contact_ids)
    known = await _known(session, contacts, answered, now) if contacts else _NOTHING
    return Facts(
        rhythm=member.rhythm(),
        as_of=now,
        numbers=within(member.numbers(), await limits.in_force(session)),
        contacts=tuple(_contact_facts(contact, known) for contact in contacts.values()),
        answers=_answers(answered),
        unwanted=member.unwanted(),
        has_contacts=bool(contacts) or await session.scalar(questions.any_contact()) is not None,
    )


class _Known(NamedTuple):
    """What was read, by contact id; `asked_at` by company: who was asked there, and when.

    `agreed_at` is when the last talk was written down, of whoever was asked long ago.
    """

    touches: Mapping[int, Sequence[_Touch]]
    talks: Mapping[int, Sequence[tuple[Interview, bool]]]
    agreed_at: Mapping[int, datetime]
    promises: Mapping[int, Sequence[Promise]]
    to_tell: Mapping[int, Sequence[ToTell]]
    asked_at: Mapping[str, Sequence[tuple[int, datetime]]]
    reminded: Mapping[int, Sequence[Reminded]]


_NOTHING = _Known({}, {}, {}, {}, {}, {}, {})


async def _known(
    session: AsyncSession,
    contacts: Mapping[int, Contact],
    answered: Iterable[_Pressed],
    now: datetime,
) -> _Known:
    touches = await _touches(session, contacts)
    about = {
        "contact_ids": list(contacts),
        "since": now - _LOOK_BACK,
        "put_off": [n.interview_id for n in answered if n.until and n.until > now - _LOOK_BACK],
    }
    return _Known(
        touches=touches,
        talks=await _talks(session, about),
        agreed_at=await _agreed_long_ago(session, touches, now),
        promises=await _promises(session, contacts),
        to_tell=await _to_tell(session, about),
        asked_at=await _asked_at_companies(session, contacts),
        reminded=await in_touch.reminded(session, _talked_with(touches), now),
    )


async def _contacts(
    session: AsyncSession, contact_ids: Collection[int] | None
) -> Iterable[Contact]:
    if contact_ids is None:
        return await session.scalars(questions.contacts())
    if not contact_ids:
        return ()
    return await session.scalars(questions.these_contacts(), {"contact_ids": list(contact_ids)})


async def _touches(session: AsyncSession, contacts: Iterable[int]) -> dict[int, list[_Touch]]:
    about = {"contact_ids": list(contacts)}
    found = defaultdict(list)
    rows = await session.execute(questions.touches(), about)
    for contact_id, touch_id, kind, at, interview_id in rows:
        found[contact_id].append(_Touch(touch_id, kind, at, interview_id))
    for theirs in found.values():
        theirs.sort(key=lambda touch: as_told(touch.at, touch.id))
    return found


async def _talks(
    session: AsyncSession, about: Mapping[str, Any]
) -> dict[int, list[tuple[Interview, bool]]]:
    found = defaultdict(list)
    for talk, debrief_id in await session.execute(questions.talks(), about):
        found[talk.contact_id].append((talk, debrief_id is not None))
    return found


async def _agreed_long_ago(
    session: AsyncSession, touches: Mapping[int, Sequence[_Touch]], now: datetime
) -> dict[int, datetime]:
    """The talks that answered an old request may be too old themselves to be read."""
    asked = [
        contact_id
        for contact_id, theirs in touches.items()
        if any(t.kind in _TO_THEM and t.at <= now - _LOOK_BACK for t in theirs)
    ]
    if not asked:
        return {}
    rows = await session.execute(questions.last_agreed(), {"contact_ids": asked})
    return {contact_id: agreed_at for contact_id, agreed_at in rows}


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


async def _asked_at_companies(
    session: AsyncSession, contacts: Mapping[int, Contact]
) -> dict[str, list[tuple[int, datetime]]]:
    companies = {c.company_key for c in contacts.values() if c.stage == Stage.ASKED} - {""}
    found: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    if not companies:
        return found
    rows = await session.execute(questions.asked_at(), {"companies": list(companies)})
    for company, contact_id, at in rows:
        found[company].append((contact_id, at))
    return found


def _talked_with(touches: Mapping[int, Sequence[_Touch]]) -> list[int]:
    return [
        contact_id
        for contact_id, theirs in touches.items()
        if any(touch.kind == TouchKind.TALK for touch in theirs)
    ]


async def _answered(session: AsyncSession, contact_ids: Collection[int] | None) -> list[_Pressed]:
    if contact_ids is None:
        rows = await session.execute(questions.answers())
    else:
        about = {"contact_ids": list(contact_ids)}
        rows = await session.execute(questions.answers_about(), about)
    return [
        _Pressed(key, interview_id, answer, until, alone)
        for key, interview_id, answer, until, alone in rows
        if answer is not None
    ]


def _answers(answered: Iterable[_Pressed]) -> dict[str, tuple[Answered, ...]]:
    answers: dict[str, tuple[Answered, ...]] = {}
    for key, _, answer, until, alone in answered:
        answers[key] = (*answers.get(key, ()), Answered(answer, until, alone))
    return answers


def _contact_facts(contact: Contact, known: _Known) -> ContactFacts:
    touches = known.touches.get(contact.id, ())
    talked = any(touch.kind == TouchKind.TALK for touch in touches)
    last = next((t for t in reversed(touches) if t.kind != TouchKind.NOTE), None)
    talks = known.talks.get(contact.id, ())
    agreed = [talk.created_at for talk, _ in talks]
    if contact.id in known.agreed_at:
        agreed.append(known.agreed_at[contact.id])
    return ContactFacts(
        contact_id=contact.id,
        has_company=bool(contact.company_key),
        asked=_asked(
            contact, touches, known.asked_at.get(contact.company_key, ()), max(agreed, default=None)
        ),
        talks=tuple(_talk(*talk, touches) for talk in talks if talk[0].status in _PLANNED_FOR),
        promises=tuple(_promise(p, touches) for p in known.promises.get(contact.id, ())),
        to_tell=tuple(known.to_tell.get(contact.id, ())),
        last_touch_id=last.id if last and talked else None,
        last_touch_at=last.at if last and talked else None,
        reminded=tuple(known.reminded.get(contact.id, ())),
        not_now_until=contact.not_now_until,
        declined=contact.stage == Stage.DECLINED,
        stopped=contact.nudges_stopped,
    )


def _asked(
    contact: Contact,
    touches: Sequence[_Touch],
    at_company: Sequence[tuple[int, datetime]],
    agreed_at: datetime | None,
) -> Asked | None:
    """Find the request that waits for an answer, and count the messages that found none.

    Who agreed to a talk since has answered, whatever became of that talk. Asking the same silent
    person anew, also after the thread rested, is one message more: the ceiling is of all of them.
    """
    request: _Touch | None = None
    last: _Touch | None = None
    sent = 0
    for touch in touches:
        if touch.kind in _FROM_THEM:
            request, last = None, None
            sent = sent if touch.kind == TouchKind.RESTED else 0
        elif touch.kind in _TO_THEM and (agreed_at is None or touch.at > agreed_at):
            is_request = touch.kind == TouchKind.ASKED
            # A follow-up of which no request was told had one before it.
            request, last = touch if is_request else request or touch, touch
            sent = sent + 1 if is_request else max(sent, 1) + 1
    if request is None or last is None:
        return None
    others = any(other != contact.id and at >= request.at for other, at in at_company)
    is_request = last.kind == TouchKind.ASKED
    return Asked(last.id, last.at, is_request=is_request, follow_ups=sent - 1, others_asked=others)


def _talk(talk: Interview, debriefed: bool, touches: Sequence[_Touch]) -> Talk:
    thanked = any(
        touch.kind == TouchKind.THANK_YOU
        and (
            touch.interview_id == talk.id
            or (touch.interview_id is None and touch.at >= talk.starts_at)
        )
        for touch in touches
    )
    return Talk(
        interview_id=talk.id,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        status=talk.status,
        logged_at=talk.created_at,
        settled_at=talk.settled_at,
        prepared=bool(talk.goal.strip()),
        debriefed=debriefed,
        thanked=thanked,
    )


def _promise(promise: Promise, touches: Sequence[_Touch]) -> PromiseMade:
    kept = promise.kept_at
    told = kept is not None and any(t.kind == TouchKind.UPDATE and t.at >= kept for t in touches)
    return PromiseMade(
        promise_id=promise.id,
        by=promise.by,
        made_at=promise.created_at,
        due_on=promise.due_on,
        kept_at=kept,
        told_since_kept=told,
    )
