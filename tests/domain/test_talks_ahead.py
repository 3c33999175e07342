"""Steps 5 to 7 of the practice: prepared, briefed, an hour before, and did it take place."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.cadence import Answered, Talk, still_true
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Digest, InterviewStatus, NudgeKind
from tests.domain.known import (
    ADA,
    DONE,
    SKIP,
    at,
    due,
    facts,
    keys,
    kinds,
    later,
    nudge,
    talk_at,
    with_talk,
)

# On a Thursday at 15:00.
THURSDAY = talk_at(at(26, 15))
ASKED_KEY = "did_it_take_place:1:20261126T1530Z"


def of(talk: Talk, kind: NudgeKind, rhythm: Rhythm | None = None) -> datetime | None:
    return due(kind, facts(with_talk(talk), rhythm=rhythm))


def test_a_talk_less_than_3_days_away_with_nothing_prepared_brings_one_nudge() -> None:
    """Thursday 15:00 is less than 3 days away from Monday 15:00 on: Tuesday's digest."""
    found = nudge(NudgeKind.UNPREPARED, facts(with_talk(THURSDAY)))
    assert (found.key, found.due_at) == ("unprepared:1:2026-11-26", at(24, 9))
    assert found.makes_sense_until == THURSDAY.starts_at


def test_who_is_prepared_needs_no_nudge() -> None:
    """The brief comes all the same."""
    known = kinds(facts(with_talk(replace(THURSDAY, prepared=True))))
    assert NudgeKind.UNPREPARED not in known
    assert NudgeKind.BRIEF in known


def test_unprepared_does_not_come_with_the_brief_or_after_it() -> None:
    """The brief says so, too: told of on Wednesday, the talk has a brief on Thursday only."""
    late = replace(THURSDAY, logged_at=at(25, 10))
    assert of(late, NudgeKind.UNPREPARED) is None
    assert of(late, NudgeKind.BRIEF) == at(26, 9)
    monday = talk_at(at(30, 10))
    assert of(monday, NudgeKind.UNPREPARED) is None
    assert of(monday, NudgeKind.BRIEF) == at(27, 9)


def test_how_early_unprepared_comes_is_the_members_own_number() -> None:
    """A week before a talk on Thursday the 26th at 15:00: on Friday the 20th."""
    known = facts(with_talk(THURSDAY), numbers=Numbers(unprepared_days=7))
    assert due(NudgeKind.UNPREPARED, known) == at(20, 9)


def test_the_brief_comes_the_day_before() -> None:
    """With the digest."""
    found = nudge(NudgeKind.BRIEF, facts(with_talk(THURSDAY)))
    assert (found.key, found.due_at) == ("brief:1:20261126T1500Z", at(25, 9))
    assert (found.alone, found.makes_sense_until) == (False, THURSDAY.starts_at)


def test_the_brief_for_monday_comes_on_friday() -> None:
    """The last digest before the talk's day."""
    assert of(talk_at(at(30, 15)), NudgeKind.BRIEF) == at(27, 9)


def test_the_day_before_is_the_members_own() -> None:
    """In Auckland, 21:00 in London on Wednesday is Thursday: the brief comes on Wednesday there."""
    auckland = Rhythm(zone="Pacific/Auckland")
    found = of(talk_at(at(25, 21)), NudgeKind.BRIEF, auckland)
    assert found == auckland.at(at(25).date(), 9)


def test_a_brief_is_never_more_than_4_days_old() -> None:
    """After a long holiday it comes on the day itself, or not at all."""
    rests = Rhythm(working_days=frozenset({1, 4}))
    assert of(talk_at(at(30, 15)), NudgeKind.BRIEF, rests) == at(26, 9)
    mondays = Rhythm(working_days=frozenset({1}))
    assert of(talk_at(at(30, 15)), NudgeKind.BRIEF, mondays) == at(30, 9)
    assert of(talk_at(at(28, 15)), NudgeKind.BRIEF, mondays) is None
    assert of(talk_at(at(30, 8, 30)), NudgeKind.BRIEF, mondays) is None


def test_a_talk_told_of_today_is_briefed_today_if_there_is_time() -> None:
    """Told of at seven, with the digest at nine; told of at ten, not at all."""
    assert of(replace(THURSDAY, logged_at=at(26, 7)), NudgeKind.BRIEF) == at(26, 9)
    assert of(replace(THURSDAY, logged_at=at(26, 10)), NudgeKind.BRIEF) is None


def test_a_digest_at_midnight_does_not_take_the_talks_own_day_for_the_day_before() -> None:
    """The brief comes at the midnight that begins the day before."""
    midnight = Rhythm(digest_hour=0, quiet_from=2, quiet_until=8)
    assert of(THURSDAY, NudgeKind.BRIEF, midnight) == at(25, 0)


def test_a_weekly_digest_brings_the_brief_only_where_it_is_near() -> None:
    """It comes on Friday for all of the next week; a talk on Friday has that morning's."""
    weekly = Rhythm(digest=Digest.WEEKLY)
    assert of(talk_at(at(30, 15)), NudgeKind.BRIEF, weekly) == at(27, 9)
    assert of(THURSDAY, NudgeKind.BRIEF, weekly) == at(20, 9)
    assert of(talk_at(at(27, 15)), NudgeKind.BRIEF, weekly) == at(27, 9)
    assert of(talk_at(at(27, 8)), NudgeKind.BRIEF, weekly) is None


def test_who_wants_no_brief_is_told_that_nothing_is_prepared() -> None:
    """For a talk on Monday it would have been in Friday's brief: it comes that morning."""
    monday = facts(with_talk(talk_at(at(30, 15))))
    assert due(NudgeKind.UNPREPARED, monday) is None
    without = replace(monday, unwanted=frozenset({NudgeKind.BRIEF}))
    assert due(NudgeKind.UNPREPARED, without) == at(30, 9)


def test_an_hour_before_the_talk_the_bot_says_so() -> None:
    """On its own, also on a free day: the talk is tied to a clock."""
    found = nudge(NudgeKind.TALK_SOON, facts(with_talk(THURSDAY)))
    assert (found.key, found.due_at) == ("talk_soon:1:20261126T1500Z", at(26, 14))
    assert (found.alone, found.makes_sense_until) == (True, at(26, 15))
    assert of(talk_at(at(28, 15)), NudgeKind.TALK_SOON) == at(28, 14)


def test_before_an_early_talk_it_waits_for_the_end_of_the_quiet_hours() -> None:
    """At 08:00 for a talk at 08:30; for one at 08:00 there is nothing left to say."""
    assert of(talk_at(at(26, 8, 30)), NudgeKind.TALK_SOON) == at(26, 8)
    assert of(talk_at(at(26, 8)), NudgeKind.TALK_SOON) is None


def test_a_talk_told_of_within_the_hour_needs_no_reminder() -> None:
    """Who has just typed it knows."""
    assert of(replace(THURSDAY, logged_at=at(26, 14)), NudgeKind.TALK_SOON) == at(26, 14)
    assert of(replace(THURSDAY, logged_at=at(26, 14, 1)), NudgeKind.TALK_SOON) is None


def test_half_an_hour_after_a_talk_the_bot_asks_how_it_went() -> None:
    """On its own, not in a digest."""
    found = nudge(NudgeKind.DID_IT_TAKE_PLACE, facts(with_talk(THURSDAY)))
    assert (found.key, found.due_at, found.alone) == (ASKED_KEY, at(26, 16), True)
    assert (found.interview_id, found.contact_id, found.round_) == (1, ADA, 0)


def test_a_talk_late_in_the_evening_is_asked_about_in_the_morning() -> None:
    """Nothing comes in quiet hours."""
    assert of(talk_at(at(26, 19, 30)), NudgeKind.DID_IT_TAKE_PLACE) == at(27, 8)


def test_how_it_went_is_asked_once_more_with_a_digest_at_least_12_hours_later() -> None:
    """Asked on Thursday at 16:00: again on Friday at nine; old news after a week and a digest."""
    again = nudge(NudgeKind.ASK_AGAIN_HOW_IT_WENT, facts(with_talk(THURSDAY)))
    assert (again.key, again.due_at) == ("ask_again:1:20261126T1530Z", at(27, 9))
    assert (again.alone, again.makes_sense_until) == (False, at(5, 9, month=12))
    evening = talk_at(at(26, 19, 30))
    assert of(evening, NudgeKind.ASK_AGAIN_HOW_IT_WENT) == at(30, 9)


def test_the_second_question_stands_in_for_the_first() -> None:
    """Half a day before it: after a night without the bot only one of them is asked."""
    known = facts(with_talk(THURSDAY))
    first = nudge(NudgeKind.DID_IT_TAKE_PLACE, known)
    second = nudge(NudgeKind.ASK_AGAIN_HOW_IT_WENT, known)
    assert first.makes_sense_until == second.due_at - timedelta(hours=12)
    # Four hours are left to it, whenever the digest comes.
    late = facts(with_talk(talk_at(at(26, 17, 15))), rhythm=Rhythm(digest_hour=8))
    first = nudge(NudgeKind.DID_IT_TAKE_PLACE, late)
    assert (first.due_at, first.makes_sense_until) == (at(26, 18, 15), at(26, 22, 15))


def test_where_the_second_question_is_switched_off_the_first_stands_for_a_week() -> None:
    """Else who wants no second one would not be asked at all after three days without the bot."""
    known = replace(
        facts(with_talk(THURSDAY)), unwanted=frozenset({NudgeKind.ASK_AGAIN_HOW_IT_WENT})
    )
    first = nudge(NudgeKind.DID_IT_TAKE_PLACE, known)
    assert first.makes_sense_until == at(5, 9, month=12)


@pytest.mark.parametrize("pressed", [DONE, SKIP])
def test_an_answered_question_is_not_asked_again(pressed: Answered) -> None:
    """Done and skip end both."""
    known = facts(with_talk(THURSDAY), answers={ASKED_KEY: (pressed,)})
    assert not kinds(known) & {NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT}


def test_a_question_put_off_is_asked_again_only_after_it_came_back() -> None:
    """Put off to Friday at 18:00, it is asked once more on Monday."""
    known = facts(with_talk(THURSDAY), answers={ASKED_KEY: (later(at(27, 18), alone=True),)})
    assert due(NudgeKind.DID_IT_TAKE_PLACE, known) == at(27, 18)
    assert due(NudgeKind.ASK_AGAIN_HOW_IT_WENT, known) == at(30, 9)


def test_a_talk_that_moves_is_briefed_and_asked_about_anew() -> None:
    """What is tied to its time does not stand for the new one; unprepared is said once a day."""
    moved = talk_at(at(27, 15))
    before, after = facts(with_talk(THURSDAY)), facts(with_talk(moved))
    assert not keys(before) & keys(after)
    same_day = facts(with_talk(talk_at(at(26, 17))))
    assert keys(before) & keys(same_day) == {"unprepared:1:2026-11-26"}
    assert still_true(ASKED_KEY, 0, before)
    assert not still_true(ASKED_KEY, 0, after)


@pytest.mark.parametrize("status", [InterviewStatus.CALLED_OFF, InterviewStatus.NO_SHOW])
def test_a_talk_that_did_not_happen_is_left_alone(status: InterviewStatus) -> None:
    """No brief, no question, no thank-you."""
    assert kinds(facts(with_talk(replace(THURSDAY, status=status)))) == set()


def test_a_pause_holds_all_of_it_back() -> None:
    """The question comes when it ends; what is said before a talk does not come after it."""
    paused = Rhythm(paused_until=at(30, 10))
    known = facts(with_talk(THURSDAY), rhythm=paused)
    assert kinds(known) == {NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT}
    asked = nudge(NudgeKind.DID_IT_TAKE_PLACE, known)
    assert asked.due_at == at(30, 10)
    assert asked.makes_sense_until == at(30, 21)
