"""Whatever is known of a member: the plan follows from it alone, and has the bot's manners."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import Facts, PlannedNudge, plan
from domain.cadence.keys import handed_over
from domain.numbers import MOST_FOLLOW_UPS
from domain.vocabulary import Answer, InterviewStatus, NudgeKind
from tests.domain.any_facts import any_facts

ALONE = {NudgeKind.TALK_SOON, NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.THANK_YOU}
BEFORE_A_TALK = {NudgeKind.UNPREPARED, NudgeKind.BRIEF, NudgeKind.TALK_SOON}


def chosen_moment(nudge: PlannedNudge, known: Facts) -> bool:
    """Whether the member put it off to a moment of their own."""
    answers = known.answers.get(nudge.key, ())
    return bool(answers) and answers[-1].alone


@given(any_facts(), st.randoms())
def test_the_plan_depends_on_the_facts_alone(known: Facts, chance: Random) -> None:
    """Asked twice, or told in another order, it is the same plan."""
    contacts = []
    for contact in chance.sample(known.contacts, len(known.contacts)):
        talks = chance.sample(contact.talks, len(contact.talks))
        promises = chance.sample(contact.promises, len(contact.promises))
        to_tell = chance.sample(contact.to_tell, len(contact.to_tell))
        contacts.append(
            replace(contact, talks=tuple(talks), promises=tuple(promises), to_tell=tuple(to_tell))
        )
    answers = dict(chance.sample(sorted(known.answers.items()), len(known.answers)))
    assert plan(known) == plan(known)
    assert plan(known) == plan(replace(known, contacts=tuple(contacts), answers=answers))


@given(any_facts())
def test_contacts_do_not_depend_on_each_other(known: Facts) -> None:
    """The plan of all of them is the plans of each: so one contact's may be renewed alone."""
    apart = [plan(replace(known, contacts=(c,), has_contacts=None)) for c in known.contacts]
    week = plan(replace(known, contacts=()))
    assert plan(known) == frozenset[PlannedNudge]().union(week, *apart)


@given(any_facts())
def test_no_nudge_is_due_in_quiet_hours_or_in_a_pause(known: Facts) -> None:
    """Whatever the zone, the hours and the answers."""
    for nudge in plan(known):
        assert not known.rhythm.is_quiet(nudge.due_at)
        paused_until = known.rhythm.paused_until
        assert paused_until is None or nudge.due_at >= paused_until


@given(any_facts())
def test_there_is_at_most_one_digest_in_a_day_and_none_on_free_days(known: Facts) -> None:
    """All but what comes alone comes at the digest moment of a day that has one."""
    for nudge in plan(known):
        if not nudge.alone:
            day = known.rhythm.local(nudge.due_at).date()
            assert nudge.due_at == known.rhythm.digest_on(day)
            assert known.rhythm.has_digest(day)
            assert not known.rhythm.is_free(day)


@given(any_facts())
def test_only_what_is_tied_to_a_clock_comes_alone(known: Facts) -> None:
    """Or what the member chose a moment for; that a thread rests may need no words at all."""
    for nudge in plan(known):
        if nudge.alone:
            unsaid = nudge.kind == NudgeKind.RESTS and known.is_unspoken(NudgeKind.RESTS)
            assert nudge.kind in ALONE or chosen_moment(nudge, known) or unsaid
            if nudge.kind == NudgeKind.THANK_YOU and not chosen_moment(nudge, known):
                assert known.rhythm.may_speak_at(nudge.due_at)


@given(any_facts())
def test_a_nudge_has_one_round_at_a_time_and_none_once_it_is_settled(known: Facts) -> None:
    """Done and skip end it; later counts the rounds."""
    planned = plan(known)
    assert len({nudge.key for nudge in planned}) == len(planned)
    for nudge in planned:
        pressed = [answer.answer for answer in known.answers.get(nudge.key, ())]
        assert set(pressed) <= {Answer.LATER}
        assert nudge.round_ == len(pressed)


@given(any_facts())
def test_every_nudge_makes_sense_when_it_comes(known: Facts) -> None:
    """And for a while after; what is said before a talk ends when the talk begins."""
    starts = {talk.interview_id: talk.starts_at for c in known.contacts for talk in c.talks}
    for nudge in plan(known):
        assert nudge.makes_sense_until > nudge.due_at
        if nudge.kind in BEFORE_A_TALK and nudge.interview_id is not None:
            assert nudge.makes_sense_until == starts[nudge.interview_id]


@given(any_facts())
def test_no_question_and_no_thanks_before_the_talk_is_over(known: Facts) -> None:
    """The first round gives everybody half an hour to breathe, or as long as they would have it."""
    ends = {talk.interview_id: talk.ends_at for c in known.contacts for talk in c.talks}
    asked_after = timedelta(minutes=known.numbers.debrief_minutes)
    after = {
        NudgeKind.DID_IT_TAKE_PLACE: asked_after,
        NudgeKind.THANK_YOU: min(timedelta(minutes=30), asked_after),
        NudgeKind.ASK_AGAIN_HOW_IT_WENT: timedelta(hours=12),
        NudgeKind.DEBRIEF_MISSING: timedelta(hours=12),
        NudgeKind.THANK_YOU_AGAIN: timedelta(hours=known.numbers.thank_you_again_hours),
    }
    for nudge in plan(known):
        if nudge.kind in after and nudge.round_ == 0 and nudge.interview_id is not None:
            assert nudge.due_at >= ends[nudge.interview_id] + after[nudge.kind]


@given(any_facts())
def test_who_is_stopped_or_declined_is_left_in_peace(known: Facts) -> None:
    """Nothing at all of the first; of the second no more than thanks and promises of mine."""
    still = {NudgeKind.THANK_YOU, NudgeKind.THANK_YOU_AGAIN, NudgeKind.MY_PROMISE}
    contacts = {contact.contact_id: contact for contact in known.contacts}
    for nudge in plan(known):
        if nudge.contact_id is not None:
            contact = contacts[nudge.contact_id]
            assert not contact.stopped
            assert not contact.declined or nudge.kind in still


@given(any_facts())
def test_nobody_is_followed_up_more_often_than_allowed(known: Facts) -> None:
    """However often the member does what the nudge says: never more than three times."""
    for contact in known.contacts:
        if contact.asked is None:
            continue
        sent, now = contact.asked, replace(known, contacts=(contact,), answers={})
        while any(nudge.kind == NudgeKind.FOLLOW_UP for nudge in plan(now)):
            assert sent.follow_ups < now.numbers.follow_ups
            sent = replace(
                sent,
                touch_id=sent.touch_id + 1,
                at=sent.at + timedelta(days=14),
                follow_ups=sent.follow_ups + 1,
                is_request=False,
            )
            now = replace(known, contacts=(replace(contact, asked=sent),), answers={})
        assert sent.follow_ups <= max(MOST_FOLLOW_UPS, contact.asked.follow_ups)


@given(any_facts())
def test_each_matter_is_raised_no_more_often_than_its_rule_says(known: Facts) -> None:
    """One nudge of each kind for a talk, a promise or a request, three for a silence."""
    count = Counter(
        (nudge.kind, nudge.contact_id, nudge.interview_id, nudge.promise_id)
        for nudge in plan(known)
        if nudge.kind != NudgeKind.WEEKLY_REVIEW
    )
    most = {NudgeKind.KEEP_IN_TOUCH: 3}
    assert all(number <= most.get(kind, 1) for (kind, *_), number in count.items())


@given(any_facts())
def test_nobody_is_to_be_kept_in_touch_with_more_than_three_times_a_year(known: Facts) -> None:
    """Unprompted, that is; whatever the number of days, and however many silences there were."""
    planned = plan(replace(known, answers={}))
    for contact in known.contacts:
        came = {reminded.key: reminded.at for reminded in contact.reminded}
        of_theirs = [n for n in planned if n.contact_id == contact.contact_id]
        coming = {n.key: n.due_at for n in of_theirs if n.kind == NudgeKind.KEEP_IN_TOUCH}
        moments = coming | came
        for key in coming.keys() - came.keys():
            year = coming[key] - timedelta(days=365), coming[key]
            assert sum(year[0] < at <= year[1] for at in moments.values()) <= 3


@given(any_facts(), st.integers(-2, 2), st.integers(0, 2))
def test_two_plans_a_minute_apart_differ_only_by_what_came_due(
    known: Facts, near: int, back: int
) -> None:
    """When a review comes due the next one joins it; when it is old it leaves. All else stays."""
    due = known.rhythm.review(known.as_of)
    before = replace(known, as_of=due + timedelta(days=near * 1.5, minutes=-back))
    minute_on = before.as_of + timedelta(minutes=1)
    first, second = plan(before), plan(replace(before, as_of=minute_on))
    gone, new = first - second, second - first
    assert {nudge.kind for nudge in gone | new} <= {NudgeKind.WEEKLY_REVIEW}
    assert all(before.as_of >= nudge.due_at for nudge in gone if nudge.round_ == 0)
    assert all(nudge.makes_sense_until <= minute_on for nudge in gone if nudge.round_ == 0)
    assert all(nudge.due_at >= minute_on for nudge in new)
    assert len(gone) <= 2 and len(new) <= 1


@given(any_facts())
def test_talks_that_did_not_happen_bring_nothing(known: Facts) -> None:
    """Neither questions nor thanks nor briefs."""
    idle = {InterviewStatus.CALLED_OFF, InterviewStatus.NO_SHOW}
    quiet = {t.interview_id for c in known.contacts for t in c.talks if t.status in idle}
    assert not quiet & {nudge.interview_id for nudge in plan(known)}


@given(any_facts())
def test_a_nudge_of_a_contact_who_is_another_one_has_the_key_of_that_one(known: Facts) -> None:
    """Whatever names a contact in its key is found again under the other's id."""
    for contact in known.contacts:
        alone = replace(known, contacts=(contact,), answers={})
        another = replace(contact, contact_id=999, reminded=(), offered=())
        contact = replace(contact, reminded=(), offered=())
        before = {n.key: n.kind for n in plan(replace(alone, contacts=(contact,)))}
        after = {n.key for n in plan(replace(alone, contacts=(another,)))}
        own = contact.contact_id
        assert {handed_over(key, kind, own, 999) for key, kind in before.items()} == after
