"""What `storage.facts` asks the database, at every change of a fact: each question is built once.

Of the contacts whose ids are in the parameter `contact_ids`, where there is one.
"""

from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from domain.vocabulary import Answer, InterviewStatus, TouchKind
from storage.models import (
    Contact,
    Debrief,
    Interview,
    InterviewGuest,
    Member,
    Nudge,
    Promise,
    Touch,
)

# Whoever has news for an introducer, or meets them, after the talk that they led to tells of it.
_TOLD = (TouchKind.UPDATE, TouchKind.THANK_YOU, TouchKind.TALK)
_THESE: BindParameter[int] = bindparam("contact_ids", expanding=True)


@cache
def contacts() -> Select[Contact]:
    """Whoever was put away is left in peace, and so is the member."""
    return select(Contact).where(Contact.archived_at.is_(None))


@cache
def these_contacts() -> Select[Contact]:
    """These contacts, also who was put away: by their ids SQLite finds them, and not among all."""
    return select(Contact).where(Contact.id.in_(_THESE))


@cache
def with_contacts() -> Select[int]:
    """The members whose session it is, so far as they have anybody on their list."""
    has_any = contacts().with_only_columns(Contact.id).where(Contact.member_id == Member.id)
    return select(Member.id).where(has_any.exists())


@cache
def touches() -> Select[int, int, TouchKind, datetime, int | None]:
    """What passed with these contacts."""
    return select(Touch.contact_id, Touch.id, Touch.kind, Touch.at, Touch.interview_id).where(
        Touch.contact_id.in_(_THESE)
    )


def _recent() -> ColumnElement[bool]:
    """Talks that began after `since`, and those of which something was `put_off`."""
    put_off: BindParameter[int] = bindparam("put_off", expanding=True)
    return or_(Interview.starts_at > bindparam("since"), Interview.id.in_(put_off))


@cache
def talks() -> Select[Interview, int]:
    """The talks that may still lead to a nudge, with the ids of their debriefs."""
    return (
        select(Interview, Debrief.id)
        .outerjoin(Debrief, Debrief.interview_id == Interview.id)
        .where(Interview.contact_id.in_(_THESE))
        .where(_recent())
        .order_by(Interview.starts_at, Interview.id)
    )


@cache
def talks_of_guests() -> Select[int, Interview, int]:
    """The same of those whom the talk is with besides; who it is comes first."""
    return (
        select(InterviewGuest.contact_id, Interview, Debrief.id)
        .join(Interview, Interview.id == InterviewGuest.interview_id)
        .outerjoin(Debrief, Debrief.interview_id == Interview.id)
        .where(InterviewGuest.contact_id.in_(_THESE))
        .where(_recent())
        .order_by(Interview.starts_at, Interview.id)
    )


@cache
def last_agreed_of_guests() -> Select[int, datetime]:
    """When the last talk with several people, of whom each was one, was written down."""
    last = func.max(Interview.created_at)
    query = select(InterviewGuest.contact_id, last).where(InterviewGuest.contact_id.in_(_THESE))
    query = query.join(Interview, Interview.id == InterviewGuest.interview_id)
    return query.group_by(InterviewGuest.contact_id)


@cache
def last_agreed() -> Select[int, datetime]:
    """When the last talk with each was written down."""
    last = func.max(Interview.created_at)
    query = select(Interview.contact_id, last).where(Interview.contact_id.in_(_THESE))
    return query.group_by(Interview.contact_id)


@cache
def promises() -> Select[Promise]:
    """What was promised, kept or not."""
    return select(Promise).where(Promise.contact_id.in_(_THESE)).order_by(Promise.id)


@cache
def to_tell() -> Select[int | None, int, datetime | None]:
    """Such talks with whom these contacts introduced, and of which they have not heard since.

    The talk itself counts, not its debrief: who tells the introducer first may write it up later.
    Whoever was in it themselves has nothing to be told.
    """
    heard = aliased(Touch)
    told = (
        exists(heard.id)
        .where(heard.contact_id == Contact.introduced_by_id, heard.kind.in_(_TOLD))
        .where(heard.at >= Interview.starts_at)
    )
    return (
        # Several people whom they introduced may have been there.
        select(Contact.introduced_by_id, Interview.id, Interview.settled_at)
        .distinct()
        .join(Touch, (Touch.contact_id == Contact.id) & (Touch.kind == TouchKind.TALK))
        .join(Interview, Interview.id == Touch.interview_id)
        .where(Contact.introduced_by_id.in_(_THESE), Contact.merged_into_id.is_(None))
        .where(Interview.status == InterviewStatus.TOOK_PLACE, Interview.settled_at.is_not(None))
        .where(_recent(), ~told)
        .order_by(Interview.id)
    )


@cache
def asked_at() -> Select[int, str, int, datetime]:
    """Who was asked at `companies` by which member, and when; no moment for who was not."""
    is_request = (Touch.contact_id == Contact.id) & (Touch.kind == TouchKind.ASKED)
    # With an outer join SQLite begins with those who are there, and not with all touches.
    return (
        select(Contact.member_id, Contact.company_key, Contact.id, Touch.at)
        .outerjoin(Touch, is_request)
        .where(_at_companies())
    )


@cache
def talks_at() -> Select[int, str, int, datetime]:
    """With whom at `companies` a member has a talk, or had one, and when it begins."""
    met = (InterviewStatus.SCHEDULED, InterviewStatus.TOOK_PLACE)
    return (
        select(Contact.member_id, Contact.company_key, Contact.id, Interview.starts_at)
        .join(Interview, Interview.contact_id == Contact.id)
        .where(_at_companies(), Interview.status.in_(met))
    )


def _at_companies() -> ColumnElement[bool]:
    return Contact.company_key.in_(bindparam("companies", expanding=True))


@cache
def answers() -> Select[int, str, int | None, Answer | None, datetime | None, bool, int]:
    """What a member answered, with the round of each."""
    return select(
        Nudge.member_id,
        Nudge.key,
        Nudge.interview_id,
        Nudge.answer,
        Nudge.later_until,
        Nudge.later_alone,
        Nudge.round_,
    ).where(Nudge.answer.is_not(None))


@cache
def answers_about() -> CompoundSelect[
    int, str, int | None, Answer | None, datetime | None, bool, int
]:
    """What a member answered about these contacts, and about none in particular.

    Asked for both at once SQLite reads all that the member was ever reminded of.
    """
    about_none = answers().where(Nudge.contact_id.is_(None))
    return union_all(answers().where(Nudge.contact_id.in_(_THESE)), about_none)
