"""Done and skip end a nudge; later brings it back when the member said."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.cadence import Answered, Facts, PlannedNudge, plan, still_true
from domain.hours import Rhythm
from domain.vocabulary import Digest, InterviewStatus, NudgeKind
from tests.domain.known import DONE, SKIP, asked, at, facts, kinds, later, nudge, talk_at, with_talk

# A talk on Tuesday afternoon; nothing is left of it but the thank-you.
TALK = replace(talk_at(at(24, 15), InterviewStatus.TOOK_PLACE), debriefed=True)
THANKS = "thank_you:1"


def pressed(*answers: Answered, rhythm: Rhythm | None = None) -> Facts:
    return facts(with_talk(TALK), rhythm=rhythm, answers={THANKS: answers})


def only(known: Facts) -> PlannedNudge:
    (found,) = plan(known)
    return found


@pytest.mark.parametrize("end", [DONE, SKIP])
def test_done_and_skip_end_a_nudge(end: Answered) -> None:
    """For good, also after it was put off."""
    assert plan(pressed(end)) == frozenset()
    assert plan(pressed(later(at(26, 9)), end)) == frozenset()


def test_later_brings_the_nudge_back_with_the_first_digest_from_then_on() -> None:
    """Put off to an afternoon, it comes with the digest of the morning after, unless it is free."""
    assert only(pressed(later(at(26, 9)))).due_at == at(26, 9)
    found = only(pressed(later(at(26, 16))))
    assert (found.due_at, found.alone) == (at(27, 9), False)
    assert only(pressed(later(at(28, 9)))).due_at == at(30, 9)


def test_a_moment_of_ones_own_choosing_brings_it_back_then_and_alone() -> None:
    """Also on a free day: they chose it."""
    found = only(pressed(later(at(26, 16), alone=True)))
    assert (found.due_at, found.alone) == (at(26, 16), True)
    assert only(pressed(later(at(28, 16), alone=True))).due_at == at(28, 16)


def test_a_moment_at_night_means_in_the_morning() -> None:
    """Nothing comes in quiet hours, and nothing in a pause."""
    assert only(pressed(later(at(26, 20, 30), alone=True))).due_at == at(27, 8)
    paused = Rhythm(paused_until=at(30, 22))
    held_back = only(pressed(later(at(26, 16), alone=True), rhythm=paused))
    assert (held_back.due_at, held_back.alone) == (at(1, 9, month=12), False)
    assert only(pressed(later(at(26, 16)), rhythm=paused)).due_at == at(1, 9, month=12)


def test_each_later_is_a_round_of_its_own() -> None:
    """The round that was answered is over, the next one stands alone."""
    once = pressed(later(at(26, 9)))
    assert only(once).round_ == 1
    assert not still_true(THANKS, 0, once)
    assert still_true(THANKS, 1, once)
    twice = only(pressed(later(at(26, 9)), later(at(27, 9))))
    assert (twice.round_, twice.due_at) == (2, at(27, 9))


def test_who_asks_for_later_hears_of_it_however_old_the_talk_is() -> None:
    """Put off by a month, it still makes sense for a week from then, and that digest's day."""
    month_on = datetime(2026, 12, 28, 9, tzinfo=at(1).tzinfo)
    found = only(pressed(later(month_on)))
    assert found.due_at == month_on
    assert found.makes_sense_until == month_on + timedelta(days=8)


def test_who_hears_once_a_week_keeps_what_was_put_off_past_a_digest_that_fell_through() -> None:
    """A week on the bot may speak of it with the digest of that week, and for a day more."""
    weekly = Rhythm(digest=Digest.WEEKLY)
    found = only(pressed(later(at(26, 10)), rhythm=weekly))
    assert found.due_at == at(27, 9)
    assert found.makes_sense_until == at(4, 9, month=12) + timedelta(days=1)


def test_what_is_said_before_a_talk_is_not_put_off_past_its_beginning() -> None:
    """A brief after the talk is of no use."""
    thursday = with_talk(talk_at(at(26, 15)))
    brief, soon = "brief:1:20261126T1500Z", "talk_soon:1:20261126T1500Z"
    in_time = facts(thursday, answers={brief: (later(at(26, 12), alone=True),)})
    found = nudge(NudgeKind.BRIEF, in_time)
    assert (found.due_at, found.makes_sense_until) == (at(26, 12), at(26, 15))
    too_late = {brief: (later(at(26, 12)),), soon: (later(at(26, 15), alone=True),)}
    assert not kinds(facts(thursday, answers=too_late)) & {NudgeKind.BRIEF, NudgeKind.TALK_SOON}


def test_an_answer_that_came_in_the_meantime_ends_what_was_put_off() -> None:
    """A follow-up put off until Monday is not suggested to who answered on Friday."""
    waiting = asked(at(9, 10))
    answers = {"follow_up:7:3": (later(at(23, 9)),)}
    assert NudgeKind.FOLLOW_UP in kinds(facts(waiting, answers=answers))
    assert plan(facts(replace(waiting, asked=None), answers=answers)) == frozenset()
