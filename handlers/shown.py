"""Turns rows into the plain values that screens are drawn from."""

from dataclasses import astuple

from domain.debrief import left
from domain.tags import read_tags
from handlers.views.contact_cards import ContactShown
from handlers.views.contact_form import ContactTyped
from handlers.views.debrief_form import FieldTyped, FirstPageTyped, SecondPageTyped
from handlers.views.home import HalfWay, TalkShown
from handlers.views.words import listed
from handlers.whom import with_whom
from storage.debriefs import SecondPage
from storage.dialogues import Stands
from storage.glance import Unfinished
from storage.models import Contact, Debrief, Interview


def contact_shown(contact: Contact) -> ContactShown:
    """A contact for a card."""
    return ContactShown(
        contact_id=contact.id,
        name=contact.name,
        company=contact.company,
        title=contact.title,
        stage=contact.stage,
        by_hand=contact.overruled_stage is not None,
        not_now_until=contact.not_now_until,
        note=contact.note,
        tags=read_tags(contact.tags),
        is_dream=contact.is_dream,
        is_archived=contact.archived_at is not None,
    )


def talk_shown(interview: Interview, questions: int = 0) -> TalkShown:
    """A talk for a list, with how many questions are picked; its contact must be loaded."""
    return TalkShown(
        interview_id=interview.id,
        name=with_whom(interview),
        company="" if interview.guests else interview.contact.company,
        starts_at=interview.starts_at,
        medium=interview.medium,
        place=interview.place,
        questions=questions,
    )


def half_way_shown(stands: Stands) -> HalfWay:
    """A debrief question by question that is half-way."""
    question = stands.question
    after = left(stands.answers, question) if question is not None else 0
    return HalfWay(stands.interview_id, listed([stands.name, *stands.others]), after + 1)


def unfinished_shown(unfinished: Unfinished) -> HalfWay:
    """The same, as Home knows it; contact and guests of the talk must be loaded."""
    after = left(unfinished.answered, unfinished.question)
    return HalfWay(unfinished.talk.id, with_whom(unfinished.talk), after + 1)


def contact_typed(contact: Contact) -> ContactTyped:
    """A contact as its form is filled; its path must be loaded."""
    return ContactTyped(
        name=contact.name,
        company=contact.company,
        title=contact.title,
        path=contact.path.name if contact.path else "",
        vantage=contact.vantage,
        how_found=contact.how_found,
        introduced_by_id=contact.introduced_by_id,
        email=contact.email,
        profile_url=contact.profile_url,
        note=contact.note,
        tags=contact.tags,
    )


def first_page_typed(debrief: Debrief | None) -> FirstPageTyped:
    """Page 1 of a debrief as it was answered before, if it was."""
    if debrief is None:
        return FirstPageTyped()
    return FirstPageTyped(
        takeaway=debrief.takeaway,
        picture=debrief.picture,
        likes=debrief.likes,
        dislikes=debrief.dislikes,
    )


def second_page_typed(page: SecondPage) -> SecondPageTyped:
    """Page 2 of a debrief as it was answered before."""
    return SecondPageTyped(
        referrals=page.referrals,
        promise=page.promise,
        promise_due=page.promise_due,
        their_promise=page.their_promise,
        skills=page.skills,
        opportunity=page.opportunity,
        thanked=page.thanked,
        field=FieldTyped(*astuple(page.field)) if page.field else None,
    )
