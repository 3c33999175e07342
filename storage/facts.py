"""The facts from which a member's nudges follow, read from what is stored.

At most so many queries, whoever the contacts are; only what can still lead to a nudge is read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
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
from domain.vocabulary import InterviewStatus, Stage, TouchKind
from storage import in_touch, limits, members
from storage.models import Contact, Debrief, Interview, Nudge, Promise, Touch
from storage.rows import as_told

# Older talks have no nudge left to plan.
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
_TOLD = (TouchKind.UPDATE, TouchKind.THANK_YOU)
# Of other talks there is nothing left to say.
_PLANNED_FOR = (InterviewStatus.SCHEDULED, InterviewStatus.TOOK_PLACE)


class _Touch(NamedTuple):
    id: int
    kind: TouchKind
    at: datetime
    interview_id: int | None


async def gather(
    session: AsyncSession, now: datetime, contact_ids: Collection[int] | None
) -> Facts:
    """Give the facts of the session's member: of these contacts, or with None of all of them."""
    member = await members.current(session)
    contacts = {c.id: c for c in await session.scalars(_of(_contacts(), Contact.id, contact_ids))}
    touches = await _touches(session, contacts)
    known = _Known(
        touches=touches,
        talks=await _talks(session, contacts, now),
        agreed_at=await _agreed_long_ago(session, touches, now),
        promises=await _promises(session, contacts),
        to_tell=await _to_tell(session, contacts, now),
        asked_at=await _asked_at_companies(session, contacts),
        reminded=await in_touch.reminded(session, _talked_with(touches), now),
    )
    return Facts(
        rhythm=member.rhythm(),
        as_of=now,
        numbers=within(member.numbers(), await limits.in_force(session)),
        contacts=tuple(_contact_facts(contact, known) for contact in contacts.values()),
        answers=await _answers(session, contact_ids),
        has_contacts=bool(contacts) or await session.scalar(_contacts().limit(1)) is not None,
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


def _contacts() -> Select[Contact]:
    """Whoever was put away is left in peace, and so is the member."""
    return select(Contact).where(Contact.archived_at.is_(None))


def _of(query: Select[Any], column: Any, ids: Collection[int] | None) -> Select[Any]:
    return query if ids is None else query.where(column.in_(ids))


async def _touches(session: AsyncSession, contacts: Iterable[int]) -> dict[int, list[_Touch]]:
    query = select(Touch.contact_id, Touch.id, Touch.kind, Touch.at, Touch.interview_id).where(
        Touch.contact_id.in_(list(contacts))
    )
    found = defaultdict(list)
    for contact_id, touch_id, kind, at, interview_id in await session.execute(query):
        found[contact_id].append(_Touch(touch_id, kind, at, interview_id))
    for theirs in found.values():
        theirs.sort(key=lambda touch: as_told(touch.at, touch.id))
    return found


async def _talks(
    session: AsyncSession, contacts: Iterable[int], now: datetime
) -> dict[int, list[tuple[Interview, bool]]]:
    query = (
        select(Interview, Debrief.id)
        .outerjoin(Debrief, Debrief.interview_id == Interview.id)
        .where(Interview.contact_id.in_(list(contacts)))
        .where(Interview.starts_at > now - _LOOK_BACK)
        .order_by(Interview.starts_at, Interview.id)
    )
    found = defaultdict(list)
    for talk, debrief_id in await session.execute(query):
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
    last = func.max(Interview.created_at)
    query = select(Interview.contact_id, last).where(Interview.contact_id.in_(asked))
    rows = await session.execute(query.group_by(Interview.contact_id))
    return {contact_id: agreed_at for contact_id, agreed_at in rows}


async def _promises(session: AsyncSession, contacts: Iterable[int]) -> dict[int, list[Promise]]:
    query = select(Promise).where(Promise.contact_id.in_(list(contacts))).order_by(Promise.id)
    found = defaultdict(list)
    for promise in await session.scalars(query):
        found[promise.contact_id].append(promise)
    return found


async def _to_tell(
    session: AsyncSession, contacts: Iterable[int], now: datetime
) -> dict[int, list[ToTell]]:
    """Talks with people whom these contacts introduced, of which they have not been told."""
    told = (
        select(Touch.id)
        .where(Touch.contact_id == Contact.introduced_by_id, Touch.kind.in_(_TOLD))
        .where(Touch.at >= Interview.settled_at)
        .exists()
    )
    query = (
        select(Contact.introduced_by_id, Interview.id, Interview.settled_at)
        .join(Interview.contact)
        .where(Contact.introduced_by_id.in_(list(contacts)))
        .where(Interview.status == InterviewStatus.TOOK_PLACE, Interview.settled_at.is_not(None))
        .where(Interview.starts_at > now - _LOOK_BACK, ~told)
        .order_by(Interview.id)
    )
    found: dict[int, list[ToTell]] = defaultdict(list)
    for introducer_id, interview_id, since in await session.execute(query):
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
    query = (
        select(Contact.company_key, Contact.id, Touch.at)
        .join(Touch, Touch.contact_id == Contact.id)
        .where(Contact.company_key.in_(companies), Touch.kind == TouchKind.ASKED)
    )
    for company, contact_id, at in await session.execute(query):
        found[company].append((contact_id, at))
    return found


def _talked_with(touches: Mapping[int, Sequence[_Touch]]) -> list[int]:
    return [
        contact_id
        for contact_id, theirs in touches.items()
        if any(touch.kind == TouchKind.TALK for touch in theirs)
    ]


async def _answers(
    session: AsyncSession, contact_ids: Collection[int] | None
) -> dict[str, tuple[Answered, ...]]:
    query = (
        select(Nudge.key, Nudge.answer, Nudge.later_until, Nudge.later_alone)
        .where(Nudge.answer.is_not(None))
        .order_by(Nudge.round_)
    )
    if contact_ids is not None:
        query = query.where(Nudge.contact_id.in_(contact_ids) | Nudge.contact_id.is_(None))
    answers: dict[str, tuple[Answered, ...]] = {}
    for key, answer, until, alone in await session.execute(query):
        if answer is not None:
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
    """Find the request that waits for an answer, and count the follow-ups on it.

    Who agreed to a talk since has answered, whatever became of that talk.
    """
    first: _Touch | None = None
    last: _Touch | None = None
    follow_ups = 0
    for touch in touches:
        if touch.kind in _FROM_THEM:
            first, last, follow_ups = None, None, 0
        elif touch.kind == TouchKind.ASKED:
            first, last, follow_ups = touch, touch, 0
        elif touch.kind == TouchKind.FOLLOW_UP:
            first, last, follow_ups = first or touch, touch, follow_ups + 1
    if first is None or last is None or (agreed_at is not None and agreed_at >= last.at):
        return None
    others = any(other != contact.id and at >= first.at for other, at in at_company)
    return Asked(last.id, last.at, follow_ups=follow_ups, others_asked=others)


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
