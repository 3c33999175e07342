"""Steps 7 to 9 of the practice: debrief, thank, keep promises, tell who led there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.cadence import Answered, ContactFacts, PromiseMade, Talk, ToTell
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Digest, InterviewStatus, NudgeKind, PromiseBy
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

THANKING = {NudgeKind.THANK_YOU, NudgeKind.THANK_YOU_AGAIN}
MINE = PromiseMade(4, PromiseBy.ME, made_at=at(24, 16), due_on=date(2026, 12, 1))
THEIRS = PromiseMade(5, PromiseBy.THEM, made_at=at(24, 16))


def held(day: int, hour: int) -> Talk:
    """A talk that ended at that hour, as was told half an hour later."""
    return talk_at(
        at(day, hour) - timedelta(minutes=30),
        InterviewStatus.TOOK_PLACE,
        settled_at=at(day, hour, 30),
    )


TUESDAY = held(24, 15)


def promised(*promises: PromiseMade) -> ContactFacts:
    return ContactFacts(ADA, promises=promises)


def test_a_thank_you_comes_with_the_digest_inside_24_hours() -> None:
    """The talk was on Tuesday afternoon: Wednesday's digest is in time."""
    found = nudge(NudgeKind.THANK_YOU, facts(with_talk(TUESDAY)))
    assert (found.key, found.due_at, found.alone) == ("thank_you:1", at(25, 9), False)


@pytest.mark.parametrize(("ended", "hour", "minute"), [(14, 18, 0), (17, 19, 0), (18, 19, 45)])
def test_before_a_free_day_the_thank_you_comes_on_its_own(
    ended: int, hour: int, minute: int
) -> None:
    """Friday's talk has no digest within 24 hours: four hours later, or before quiet hours."""
    found = nudge(NudgeKind.THANK_YOU, facts(with_talk(held(27, ended))))
    assert (found.due_at, found.alone) == (at(27, hour, minute), True)


def test_before_a_public_holiday_it_comes_on_its_own_too() -> None:
    """Thanksgiving has no digest: Wednesday's talk is thanked for on Wednesday."""
    known = facts(with_talk(held(25, 14)), rhythm=Rhythm(country="US"))
    assert due(NudgeKind.THANK_YOU, known) == at(25, 18)


def test_a_weekly_digest_does_not_make_a_thank_you_late() -> None:
    """It comes on its own."""
    known = facts(with_talk(held(24, 12)), rhythm=Rhythm(digest=Digest.WEEKLY))
    assert (nudge(NudgeKind.THANK_YOU, known).alone, due(NudgeKind.THANK_YOU, known)) == (
        True,
        at(24, 16),
    )


def test_on_a_free_day_the_thank_you_waits_for_the_next_digest() -> None:
    """A talk on Saturday morning: nothing may be said before Monday."""
    found = nudge(NudgeKind.THANK_YOU, facts(with_talk(held(28, 10))))
    assert (found.due_at, found.alone) == (at(30, 9), False)


def test_a_thank_you_is_not_asked_for_before_the_talk_was_told_of() -> None:
    """Told of two days later: with the next digest."""
    late = replace(TUESDAY, settled_at=at(26, 16))
    assert due(NudgeKind.THANK_YOU, facts(with_talk(late))) == at(27, 9)


def test_at_48_hours_one_more_thank_you_nudge_comes() -> None:
    """Ended on Tuesday at 15:00: with Friday's digest; old news after a week and a digest."""
    again = nudge(NudgeKind.THANK_YOU_AGAIN, facts(with_talk(TUESDAY)))
    assert (again.key, again.due_at) == ("thank_you_again:1", at(27, 9))
    assert again.makes_sense_until == at(3, 9, month=12)


def test_between_the_two_there_are_12_hours_at_least() -> None:
    """A talk told of after two days is not thanked for twice in one day."""
    late = facts(with_talk(replace(TUESDAY, settled_at=at(26, 16))))
    assert due(NudgeKind.THANK_YOU_AGAIN, late) == at(30, 9)


def test_the_second_nudge_stands_in_for_the_first() -> None:
    """After three days without the bot only one of them comes."""
    known = facts(with_talk(TUESDAY))
    first = nudge(NudgeKind.THANK_YOU, known)
    assert first.makes_sense_until == due(NudgeKind.THANK_YOU_AGAIN, known)


def test_where_the_second_nudge_is_switched_off_the_first_stands_for_a_week() -> None:
    """Nothing stands in for it."""
    known = replace(facts(with_talk(TUESDAY)), unwanted=frozenset({NudgeKind.THANK_YOU_AGAIN}))
    assert nudge(NudgeKind.THANK_YOU, known).makes_sense_until == at(3, 9, month=12)


@pytest.mark.parametrize("pressed", [DONE, SKIP, later(at(26, 9))])
def test_whoever_answered_the_first_gets_no_second(pressed: Answered) -> None:
    """Also who put it off: it comes back by itself."""
    known = facts(with_talk(TUESDAY), answers={"thank_you:1": (pressed,)})
    assert NudgeKind.THANK_YOU_AGAIN not in kinds(known)


def test_who_was_thanked_needs_no_nudge() -> None:
    """What is logged anywhere cancels the nudge that it answers."""
    assert not kinds(facts(with_talk(replace(TUESDAY, thanked=True)))) & THANKING


def test_who_declined_is_thanked_all_the_same_and_nothing_else() -> None:
    """And promises are kept."""
    known = replace(
        with_talk(TUESDAY),
        declined=True,
        promises=(MINE, THEIRS, replace(MINE, promise_id=6, kept_at=at(25, 10))),
        to_tell=(ToTell(2, ADA, at(24, 16)),),
        last_touch_id=1,
        last_touch_at=at(24, 15),
    )
    assert kinds(facts(known)) == {*THANKING, NudgeKind.MY_PROMISE}


def test_a_missing_debrief_is_asked_for_once() -> None:
    """With the first digest at least 12 hours after the talk was told of."""
    found = nudge(NudgeKind.DEBRIEF_MISSING, facts(with_talk(TUESDAY)))
    assert (found.key, found.due_at) == ("debrief_missing:1", at(25, 9))
    late = replace(TUESDAY, settled_at=at(24, 21, 30))
    assert due(NudgeKind.DEBRIEF_MISSING, facts(with_talk(late))) == at(26, 9)


def test_a_debrief_that_was_written_is_not_missing() -> None:
    """Half an answer is one."""
    known = facts(with_talk(replace(TUESDAY, debriefed=True)))
    assert NudgeKind.DEBRIEF_MISSING not in kinds(known)


def test_my_promise_comes_on_its_date() -> None:
    """With the digest of that day, or of the last one before it that is not free."""
    found = nudge(NudgeKind.MY_PROMISE, facts(promised(MINE)))
    assert (found.key, found.promise_id) == ("my_promise:4:2026-12-01", 4)
    assert found.due_at == at(1, 9, month=12)
    saturday = replace(MINE, due_on=date(2026, 12, 5))
    assert due(NudgeKind.MY_PROMISE, facts(promised(saturday))) == at(4, 9, month=12)
    weekly = facts(promised(MINE), rhythm=Rhythm(digest=Digest.WEEKLY))
    assert due(NudgeKind.MY_PROMISE, weekly) == at(27, 9)
    too_late = replace(saturday, made_at=at(4, 12, month=12))
    assert due(NudgeKind.MY_PROMISE, facts(promised(too_late))) == at(7, 9, month=12)


def test_a_promise_whose_date_is_corrected_is_reminded_of_on_the_new_one() -> None:
    """What was said on the old date, or put off, does not stand for it."""
    later_on = replace(MINE, due_on=date(2026, 12, 8))
    put_off = {"my_promise:4:2026-12-01": (SKIP,)}
    assert NudgeKind.MY_PROMISE not in kinds(facts(promised(MINE), answers=put_off))
    assert due(NudgeKind.MY_PROMISE, facts(promised(later_on), answers=put_off)) == at(
        8, 9, month=12
    )


def test_a_promise_without_a_date_is_not_hurried() -> None:
    """It is on the contact's page."""
    assert kinds(facts(promised(replace(MINE, due_on=None)))) == set()


def test_their_promise_comes_back_after_7_days() -> None:
    """Promised on Tuesday at 16:00: with the first digest after the next Tuesday at 16:00."""
    found = nudge(NudgeKind.THEIR_PROMISE, facts(promised(THEIRS)))
    assert (found.key, found.due_at) == ("their_promise:5", at(2, 9, month=12))
    sooner = facts(promised(THEIRS), numbers=Numbers(their_promise_days=3))
    assert due(NudgeKind.THEIR_PROMISE, sooner) == at(30, 9)


def test_kept_promises_are_not_asked_for() -> None:
    """Neither mine nor theirs; of mine they may be told."""
    kept_at = at(25, 10)
    known = facts(promised(replace(MINE, kept_at=kept_at), replace(THEIRS, kept_at=kept_at)))
    assert kinds(known) == {NudgeKind.PROGRESS_UPDATE}
    found = nudge(NudgeKind.PROGRESS_UPDATE, known)
    assert (found.key, found.due_at) == ("progress_update:4", at(26, 9))


def test_two_promises_kept_to_one_person_bring_one_update() -> None:
    """That of the last one: two lines that say the same in one digest are one too many."""
    first = replace(MINE, kept_at=at(25, 10))
    second = replace(MINE, promise_id=8, kept_at=at(25, 11))
    assert nudge(NudgeKind.PROGRESS_UPDATE, facts(promised(second, first))).key == (
        "progress_update:8"
    )


def test_whoever_was_told_needs_no_update() -> None:
    """A touch since the promise was kept is one."""
    told = replace(MINE, kept_at=at(25, 10), told_since_kept=True)
    assert kinds(facts(promised(told))) == set()


def test_the_introducer_is_told_how_it_went() -> None:
    """With the first digest at least 12 hours after the talk."""
    known = facts(ContactFacts(9, to_tell=(ToTell(1, 9, since=at(24, 16)),)))
    found = nudge(NudgeKind.TELL_INTRODUCER, known)
    assert (found.key, found.due_at) == ("tell_introducer:1", at(25, 9))
    assert (found.contact_id, found.interview_id) == (9, 1)


def test_an_introducer_is_asked_for_no_more_until_they_were_told() -> None:
    """Their promise waits; once they have heard, it comes with the next digest."""
    untold = replace(promised(THEIRS), to_tell=(ToTell(2, ADA, since=at(24, 16)),))
    assert kinds(facts(untold)) == {NudgeKind.TELL_INTRODUCER}
    assert NudgeKind.THEIR_PROMISE in kinds(facts(replace(untold, to_tell=())))


def test_nothing_at_all_about_somebody_who_is_stopped() -> None:
    """Neither promises nor thank-yous."""
    known = replace(with_talk(TUESDAY), promises=(MINE, THEIRS), stopped=True)
    assert keys(facts(known)) == set()
