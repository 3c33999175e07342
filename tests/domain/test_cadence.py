"""The nudges that should exist follow from a member's facts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import Answered, Facts, PlannedNudge, Talk, is_timely, plan, still_true
from domain.hours import Rhythm
from domain.vocabulary import Answer, InterviewStatus, NudgeKind

# A Tuesday afternoon.
ENDED = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
PLANNED = Talk(interview_id=1, contact_id=7, ends_at=ENDED, status=InterviewStatus.SCHEDULED)
HELD = replace(PLANNED, status=InterviewStatus.TOOK_PLACE)
THANKS = f"{NudgeKind.THANK_YOU}:1"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def only(facts: Facts) -> PlannedNudge:
    (nudge,) = plan(facts)
    return nudge


def facts(*talks: Talk, rhythm: Rhythm | None = None) -> Facts:
    return Facts(rhythm=rhythm or Rhythm(), talks=talks)


def answered(*answers: Answered) -> Facts:
    return Facts(rhythm=Rhythm(), talks=(HELD,), answers={THANKS: answers})


def test_half_an_hour_after_a_talk_the_bot_asks_how_it_went() -> None:
    """On its own, not in a digest."""
    nudge = only(facts(PLANNED))
    assert nudge.kind == NudgeKind.DID_IT_TAKE_PLACE
    assert nudge.due_at == at(24, 16)
    assert (nudge.interview_id, nudge.contact_id, nudge.round_) == (1, 7, 0)
    assert is_timely(nudge.kind)


def test_a_talk_late_in_the_evening_is_asked_about_in_the_morning() -> None:
    """Nothing comes in quiet hours."""
    assert only(facts(replace(PLANNED, ends_at=at(24, 19, 45)))).due_at == at(25, 8)


def test_a_talk_is_not_asked_about_after_a_week() -> None:
    """By then it is old news."""
    assert only(facts(PLANNED)).makes_sense_until == ENDED + timedelta(days=7)


def test_a_talk_that_moves_is_asked_about_anew() -> None:
    """The question is about the talk at its time: the old one does not stand for the new one."""
    moved = replace(PLANNED, ends_at=ENDED + timedelta(days=1))
    before, after = only(facts(PLANNED)), only(facts(moved))
    assert before.key != after.key
    assert not still_true(before.key, 0, facts(moved))
    assert still_true(after.key, 0, facts(moved))


@pytest.mark.parametrize("status", [InterviewStatus.CALLED_OFF, InterviewStatus.NO_SHOW])
def test_a_talk_that_did_not_happen_is_left_alone(status: InterviewStatus) -> None:
    """No question, no thank-you."""
    assert plan(facts(replace(PLANNED, status=status))) == frozenset()


def test_a_thank_you_comes_with_the_digest_inside_24_hours() -> None:
    """The talk was on Tuesday afternoon: Wednesday's digest is in time."""
    nudge = only(facts(HELD))
    assert nudge.kind == NudgeKind.THANK_YOU
    assert nudge.due_at == at(25, 9)
    assert not is_timely(nudge.kind)


def test_before_a_free_day_the_thank_you_comes_on_its_own() -> None:
    """Friday's talk has no digest within 24 hours: four hours later, or before quiet hours."""
    friday = replace(HELD, ends_at=at(27, 14))
    assert only(facts(friday)).due_at == at(27, 18)
    late = replace(HELD, ends_at=at(27, 17))
    assert only(facts(late)).due_at == at(27, 19, 45)


def test_on_a_free_day_the_thank_you_waits_for_the_next_digest() -> None:
    """A talk on Saturday morning: nothing may be said before Monday."""
    assert only(facts(replace(HELD, ends_at=at(28, 10)))).due_at == at(30, 9)


def test_who_was_thanked_needs_no_nudge() -> None:
    """What is logged anywhere cancels the nudge that it answers."""
    assert plan(facts(replace(HELD, thanked=True))) == frozenset()


@pytest.mark.parametrize("answer", [Answer.DONE, Answer.SKIP])
def test_done_and_skip_end_a_nudge(answer: Answer) -> None:
    """For good, also after it was put off."""
    later = Answered(Answer.LATER, at(26, 9))
    assert plan(answered(Answered(answer))) == frozenset()
    assert plan(answered(later, Answered(answer))) == frozenset()


def test_later_brings_the_nudge_back_once_at_that_moment() -> None:
    """The round that was answered is over, the next one stands alone."""
    once = answered(Answered(Answer.LATER, at(26, 9)))
    nudge = only(once)
    assert (nudge.round_, nudge.due_at) == (1, at(26, 9))
    assert not still_true(THANKS, 0, once)
    assert still_true(THANKS, 1, once)
    twice = answered(Answered(Answer.LATER, at(26, 9)), Answered(Answer.LATER, at(27, 9)))
    assert (only(twice).round_, only(twice).due_at) == (2, at(27, 9))


def test_later_in_an_hour_at_night_means_in_the_morning() -> None:
    """Nothing comes in quiet hours."""
    assert only(answered(Answered(Answer.LATER, at(26, 20, 30)))).due_at == at(27, 8)


def test_who_asks_for_later_hears_of_it_however_old_the_talk_is() -> None:
    """Put off by a month, it still makes sense for a week from then."""
    month_on = datetime(2026, 12, 28, 9, tzinfo=UTC)
    nudge = only(answered(Answered(Answer.LATER, month_on)))
    assert nudge.due_at == month_on
    assert nudge.makes_sense_until == month_on + timedelta(days=7)


def test_a_pause_holds_everything_back() -> None:
    """Until it ends."""
    rhythm = Rhythm(paused_until=at(26, 10))
    assert only(facts(PLANNED, rhythm=rhythm)).due_at == at(26, 10)
    assert only(facts(HELD, rhythm=rhythm)).due_at == at(27, 9)


ZONES = st.sampled_from(sorted(available_timezones()))
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: ENDED + timedelta(minutes=minutes))
ANSWERS = st.builds(Answered, st.sampled_from(Answer), MOMENTS)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    quiet_from = draw(st.integers(0, 23))
    return Rhythm(
        zone=draw(ZONES),
        digest_hour=draw(st.integers(0, 23)),
        working_days=frozenset(draw(st.sets(st.integers(1, 7)))),
        quiet_from=quiet_from,
        quiet_until=(quiet_from + draw(st.integers(0, 20))) % 24,
        paused_until=draw(st.none() | MOMENTS),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    talks = [
        Talk(number, number % 3, draw(MOMENTS), draw(st.sampled_from(InterviewStatus)))
        for number in range(draw(st.integers(0, 4)))
    ]
    rhythm = draw(rhythms())
    keys = sorted(nudge.key for nudge in plan(Facts(rhythm, tuple(talks))))
    answers = {
        key: tuple(draw(st.lists(ANSWERS, max_size=3))) for key in keys if draw(st.booleans())
    }
    return Facts(rhythm, tuple(talks), answers)


@given(any_facts(), st.randoms())
def test_the_plan_depends_on_the_facts_alone(known: Facts, chance: Random) -> None:
    """Asked twice, or told in another order, it is the same plan."""
    talks = list(known.talks)
    chance.shuffle(talks)
    assert plan(known) == plan(known) == plan(replace(known, talks=tuple(talks)))


@given(any_facts())
def test_no_nudge_is_due_in_quiet_hours_or_in_a_pause(known: Facts) -> None:
    """Whatever the zone, the hours and the answers."""
    for nudge in plan(known):
        assert not known.rhythm.is_quiet(nudge.due_at)
        paused_until = known.rhythm.paused_until
        assert paused_until is None or nudge.due_at >= paused_until


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
def test_no_nudge_comes_before_the_talk_is_over(known: Facts) -> None:
    """The first round gives everybody half an hour to breathe."""
    ends = {talk.interview_id: talk.ends_at for talk in known.talks}
    for nudge in plan(known):
        if nudge.round_ == 0:
            assert nudge.due_at >= ends[nudge.interview_id] + timedelta(minutes=30)
