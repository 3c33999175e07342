"""What is logged anywhere cancels the nudge that it answers: for every touch, whatever is known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cadence import Asked, ContactFacts, Facts, Talk, plan
from domain.vocabulary import InterviewStatus, NudgeKind, PromiseBy
from tests.domain.any_facts import MOMENTS, any_facts

NEW_TOUCH = 99
NEW_TALK = 98
ASKING = {NudgeKind.OTHER_PERSON, NudgeKind.FOLLOW_UP, NudgeKind.RESTS}
THANKING = {NudgeKind.THANK_YOU, NudgeKind.THANK_YOU_AGAIN}
SCHEDULED = {
    NudgeKind.UNPREPARED,
    NudgeKind.BRIEF,
    NudgeKind.TALK_SOON,
    NudgeKind.DID_IT_TAKE_PLACE,
    NudgeKind.ASK_AGAIN_HOW_IT_WENT,
}


@dataclass(frozen=True)
class Logged:
    """A touch: what it does to a contact's facts at a moment, and which nudges it answers."""

    effect: Callable[[ContactFacts, datetime], ContactFacts]
    answers: set[NudgeKind]


def asked(contact: ContactFacts, at: datetime) -> ContactFacts:
    return replace(contact, asked=Asked(NEW_TOUCH, at), not_now_until=None)


def followed_up(contact: ContactFacts, at: datetime) -> ContactFacts:
    sent = contact.asked.follow_ups + 1 if contact.asked is not None else 0
    return replace(contact, asked=Asked(NEW_TOUCH, at, sent, is_request=False))


def replied(contact: ContactFacts, at: datetime) -> ContactFacts:
    return replace(contact, asked=None, last_touch_id=NEW_TOUCH, last_touch_at=at)


def scheduled(contact: ContactFacts, at: datetime) -> ContactFacts:
    starts_at = at + timedelta(days=3)
    ends_at, status = starts_at + timedelta(minutes=30), InterviewStatus.SCHEDULED
    talk = Talk(NEW_TALK, starts_at, ends_at, status, at, starts_at.date())
    return replace(contact, talks=(*contact.talks, talk))


def settled(status: InterviewStatus) -> Callable[[ContactFacts, datetime], ContactFacts]:
    def settle(contact: ContactFacts, at: datetime) -> ContactFacts:
        talks = [replace(talk, status=status, settled_at=at) for talk in contact.talks]
        return replace(contact, talks=tuple(talks))

    return settle


def prepared(contact: ContactFacts, at: datetime) -> ContactFacts:
    return replace(contact, talks=tuple(replace(talk, prepared=True) for talk in contact.talks))


def debriefed(contact: ContactFacts, at: datetime) -> ContactFacts:
    return replace(contact, talks=tuple(replace(talk, debriefed=True) for talk in contact.talks))


def thanked(contact: ContactFacts, at: datetime) -> ContactFacts:
    talks = tuple(replace(talk, thanked=True) for talk in contact.talks)
    return replace(replied(contact, at), talks=talks)


def kept(contact: ContactFacts, at: datetime) -> ContactFacts:
    promises = tuple(replace(promise, kept_at=at) for promise in contact.promises)
    return replace(contact, promises=promises)


def told(contact: ContactFacts, at: datetime) -> ContactFacts:
    """An update: they heard how it went, and that my promises were kept."""
    promises = tuple(
        replace(promise, told_since_kept=promise.by == PromiseBy.ME) for promise in contact.promises
    )
    return replace(replied(contact, at), promises=promises, to_tell=())


def declined(contact: ContactFacts, at: datetime) -> ContactFacts:
    return replace(replied(contact, at), declined=True)


LOGGED = {
    "asked": Logged(asked, {*ASKING, NudgeKind.NOT_NOW_IS_OVER, NudgeKind.KEEP_IN_TOUCH}),
    "followed up": Logged(followed_up, ASKING),
    "replied": Logged(replied, {*ASKING, NudgeKind.KEEP_IN_TOUCH}),
    "scheduled": Logged(scheduled, {*ASKING, NudgeKind.KEEP_IN_TOUCH, NudgeKind.NOT_NOW_IS_OVER}),
    "took place": Logged(settled(InterviewStatus.TOOK_PLACE), SCHEDULED),
    "called off": Logged(settled(InterviewStatus.CALLED_OFF), {*SCHEDULED, *THANKING}),
    "no show": Logged(settled(InterviewStatus.NO_SHOW), {*SCHEDULED, *THANKING}),
    "prepared": Logged(prepared, {NudgeKind.UNPREPARED}),
    "debriefed": Logged(debriefed, {NudgeKind.DEBRIEF_MISSING}),
    "thanked": Logged(thanked, {*THANKING, NudgeKind.KEEP_IN_TOUCH}),
    "promise kept": Logged(kept, {NudgeKind.MY_PROMISE, NudgeKind.THEIR_PROMISE}),
    "told": Logged(
        told,
        {NudgeKind.PROGRESS_UPDATE, NudgeKind.TELL_INTRODUCER, NudgeKind.KEEP_IN_TOUCH},
    ),
    "declined": Logged(declined, set(NudgeKind) - {*THANKING, NudgeKind.MY_PROMISE}),
}


@pytest.mark.parametrize("touch", LOGGED)
@given(known=any_facts(), at=MOMENTS, chosen=st.integers(0, 2))
def test_a_touch_leaves_no_nudge_that_it_answers(
    touch: str, known: Facts, at: datetime, chosen: int
) -> None:
    """Not even one that was put off until later."""
    if not known.contacts:
        return
    contact = known.contacts[chosen % len(known.contacts)]
    logged = LOGGED[touch]
    before = replace(known, contacts=(contact,), has_contacts=None)
    after = replace(before, contacts=(logged.effect(contact, at),))
    answered = {nudge.key for nudge in plan(before) if nudge.kind in logged.answers}
    assert not answered & {nudge.key for nudge in plan(after)}


@pytest.mark.parametrize("touch", LOGGED)
@settings(max_examples=25)
@given(known=any_facts(), at=MOMENTS)
def test_a_touch_changes_nothing_for_others(touch: str, known: Facts, at: datetime) -> None:
    """What was logged of one contact is theirs alone."""
    if not known.contacts:
        return
    first, *others = known.contacts
    after = replace(known, contacts=(LOGGED[touch].effect(first, at), *others))
    mine = first.contact_id

    def of_others(planned: Facts) -> set[object]:
        return {nudge for nudge in plan(planned) if nudge.contact_id != mine}

    assert of_others(known) == of_others(after)
