"""What stored rows mean to the rules: each contact's facts, made from what was read of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.cadence import Asked, ContactFacts, PromiseMade, Reminded, Talk, ToTell
from domain.vocabulary import InterviewStatus, Stage, TouchKind
from storage.models import Contact, Interview, Promise

# What answers a request, and what goes out to the contact.
_FROM_THEM = (
    TouchKind.REPLIED,
    TouchKind.TALK,
    TouchKind.INTRODUCTION,
    TouchKind.NOT_NOW,
    TouchKind.DECLINED,
    TouchKind.RESTED,
)
TO_THEM = (TouchKind.ASKED, TouchKind.FOLLOW_UP)
# Of other talks there is nothing left to say.
_PLANNED_FOR = (InterviewStatus.SCHEDULED, InterviewStatus.TOOK_PLACE)


class Touched(NamedTuple):
    id: int
    kind: TouchKind
    at: datetime
    interview_id: int | None


class Colleague(NamedTuple):
    """Somebody of a company who was asked, or is met, at a moment."""

    contact_id: int
    at: datetime


class Known(NamedTuple):
    """What was read, by contact id; `colleagues` by member and company: whom they turned to there.

    `agreed_at` is when the last talk was written down, of whoever was asked long ago.
    """

    touches: Mapping[int, Sequence[Touched]]
    talks: Mapping[int, Sequence[tuple[Interview, bool]]]
    agreed_at: Mapping[int, datetime]
    promises: Mapping[int, Sequence[Promise]]
    to_tell: Mapping[int, Sequence[ToTell]]
    colleagues: Mapping[tuple[int, str], Sequence[Colleague]]
    reminded: Mapping[int, Sequence[Reminded]]
    offered: Mapping[int, Sequence[Reminded]]


NOTHING = Known({}, {}, {}, {}, {}, {}, {}, {})


def waits(touches: Sequence[Touched]) -> bool:
    """Say whether the last message that went out has no answer, by the touches in their order."""
    messages = (t.kind for t in reversed(touches) if t.kind in (*_FROM_THEM, *TO_THEM))
    return next(messages, None) in TO_THEM


def contact_facts(contact: Contact, known: Known) -> ContactFacts:
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
            contact,
            touches,
            known.colleagues.get((contact.member_id, contact.company_key), ()),
            max(agreed, default=None),
        ),
        talks=tuple(
            _talk(*talk, touches, contact.id) for talk in talks if talk[0].status in _PLANNED_FOR
        ),
        promises=tuple(_promise(p, touches) for p in known.promises.get(contact.id, ())),
        to_tell=tuple(known.to_tell.get(contact.id, ())),
        last_touch_id=last.id if last and talked else None,
        last_touch_at=last.at if last and talked else None,
        reminded=tuple(known.reminded.get(contact.id, ())),
        offered=tuple(known.offered.get(contact.id, ())),
        not_now_until=contact.not_now_until,
        declined=contact.stage in (Stage.DECLINED, Stage.CLOSED),
        stopped=contact.nudges_stopped,
    )


def _asked(
    contact: Contact,
    touches: Sequence[Touched],
    colleagues: Sequence[Colleague],
    agreed_at: datetime | None,
) -> Asked | None:
    """Find the request that waits for an answer, and count the messages that found none.

    Who agreed to a talk since has answered, whatever became of that talk; who stands elsewhere by
    the member's own word is not waited for. Asking the same silent
    person anew, also after the thread rested, is one message more: the ceiling is of all of them.
    """
    if contact.overruled_stage not in (None, Stage.ASKED):
        return None
    request: Touched | None = None
    last: Touched | None = None
    sent = 0
    for touch in touches:
        if touch.kind in _FROM_THEM:
            request, last = None, None
            sent = sent if touch.kind == TouchKind.RESTED else 0
        elif touch.kind in TO_THEM and (agreed_at is None or touch.at > agreed_at):
            is_request = touch.kind == TouchKind.ASKED
            # A follow-up of which no request was told had one before it.
            request, last = touch if is_request else request or touch, touch
            sent = sent + 1 if is_request else max(sent, 1) + 1
    if request is None or last is None:
        return None
    others = any(other.contact_id != contact.id and other.at >= request.at for other in colleagues)
    is_request = last.kind == TouchKind.ASKED
    return Asked(last.id, last.at, is_request=is_request, follow_ups=sent - 1, others_asked=others)


def _talk(talk: Interview, debriefed: bool, touches: Sequence[Touched], contact_id: int) -> Talk:
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
        on_day=talk.on_day,
        settled_at=talk.settled_at,
        prepared=talk.prepared_at is not None or bool(talk.goal.strip()),
        debriefed=debriefed,
        thanked=thanked,
        as_guest=talk.contact_id != contact_id,
    )


def _promise(promise: Promise, touches: Sequence[Touched]) -> PromiseMade:
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
