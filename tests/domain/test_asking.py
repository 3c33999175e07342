"""Steps 4 and 10 of the practice: wait politely, follow up once, let it rest; keep in touch."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.cadence import Asked, ContactFacts, Facts, PlannedNudge, Reminded, plan
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Digest, InterviewStatus, NudgeKind
from tests.domain.known import (
    ADA,
    DONE,
    SKIP,
    asked,
    at,
    due,
    facts,
    keys,
    kinds,
    later,
    nudge,
    talk_at,
)

MONDAY = at(16, 10)
TALKED = ContactFacts(ADA, last_touch_id=5, last_touch_at=at(3, 15))
ASKING = {NudgeKind.OTHER_PERSON, NudgeKind.FOLLOW_UP, NudgeKind.RESTS}


def test_after_3_business_days_another_person_at_the_company_is_suggested() -> None:
    """Asked on Monday morning: on Thursday, with the digest."""
    found = nudge(NudgeKind.OTHER_PERSON, facts(asked(MONDAY)))
    assert found.due_at == at(19, 9)
    assert (found.key, found.contact_id, found.alone) == ("other_person:7:3", ADA, False)


def test_after_7_business_days_one_follow_up_is_suggested() -> None:
    """Asked on Monday morning: on Wednesday of the week after."""
    found = nudge(NudgeKind.FOLLOW_UP, facts(asked(MONDAY)))
    assert (found.key, found.due_at) == ("follow_up:7:3", at(25, 9))


def test_a_message_sent_after_noon_waits_a_day_longer() -> None:
    """It counts from the next business day."""
    known = facts(asked(at(16, 13)))
    assert due(NudgeKind.OTHER_PERSON, known) == at(20, 9)
    assert due(NudgeKind.FOLLOW_UP, known) == at(26, 9)


def test_a_public_holiday_makes_the_wait_longer() -> None:
    """Thanksgiving is no business day, and has no digest."""
    american = Rhythm(country="US")
    assert due(NudgeKind.FOLLOW_UP, facts(asked(at(16, 13)), rhythm=american)) == at(27, 9)


def test_the_waits_are_the_members_own_numbers() -> None:
    """Within limits: 1 to 10 and 3 to 20 business days."""
    numbers = Numbers(other_person_business_days=1, follow_up_business_days=10)
    known = facts(asked(MONDAY), numbers=numbers)
    assert due(NudgeKind.OTHER_PERSON, known) == at(17, 9)
    assert due(NudgeKind.FOLLOW_UP, known) == at(30, 9)


def test_nobody_else_is_suggested_where_that_helps_nobody() -> None:
    """Without a company, when somebody else there was asked, or once it was followed up."""
    alone = replace(asked(MONDAY), has_company=False)
    for known in (alone, asked(MONDAY, others_asked=True), asked(MONDAY, follow_ups=1)):
        assert NudgeKind.OTHER_PERSON not in kinds(facts(known))


def test_after_the_follow_up_the_thread_rests() -> None:
    """7 business days after the follow-up; and no other follow-up is ever suggested."""
    known = facts(asked(MONDAY, follow_ups=1))
    assert kinds(known) == {NudgeKind.RESTS}
    assert (nudge(NudgeKind.RESTS, known).key, due(NudgeKind.RESTS, known)) == (
        "rests:7:3",
        at(25, 9),
    )


def test_a_follow_up_that_was_offered_and_not_sent_lets_the_thread_rest() -> None:
    """As long again after it came, or came back, or was due where it is for no DM; not before."""
    offered = asked(MONDAY)
    assert NudgeKind.RESTS not in kinds(facts(offered))
    came = replace(offered, offered=(Reminded("follow_up:7:3", at(25, 9)),))
    fourth = at(4, 9, month=12)
    assert due(NudgeKind.RESTS, facts(came)) == fourth
    # Put off, it has to come back first.
    answers = {"follow_up:7:3": (later(at(2, 9, month=12)),)}
    assert NudgeKind.RESTS not in kinds(facts(came, answers=answers))
    again = (*came.offered, Reminded("follow_up:7:3", at(2, 9, month=12), round_=1))
    back = facts(replace(came, offered=again), answers=answers)
    assert due(NudgeKind.RESTS, back) == at(11, 9, month=12)
    assert due(NudgeKind.RESTS, facts(offered, answers={"follow_up:7:3": (SKIP,)})) == fourth


def test_where_nobody_is_to_read_it_a_thread_rests_all_the_same() -> None:
    """Without a digest, or with that kind switched off, it does so without a word."""
    silent = nudge(NudgeKind.RESTS, facts(asked(MONDAY), rhythm=Rhythm(digest=Digest.NONE)))
    assert (silent.alone, silent.due_at) == (True, at(4, 9, month=12))
    known = facts(asked(MONDAY, follow_ups=1))
    unwanted = replace(known, unwanted=frozenset({NudgeKind.RESTS}))
    assert nudge(NudgeKind.RESTS, unwanted).alone
    assert not nudge(NudgeKind.RESTS, known).alone


@pytest.mark.parametrize("allowed", [0, 1, 2, 3])
def test_a_thread_is_followed_up_as_often_as_allowed_and_then_rests(allowed: int) -> None:
    """None to three times; the one before the last still goes on."""
    numbers = Numbers(follow_ups=allowed)
    for sent in range(4):
        known = kinds(facts(asked(MONDAY, follow_ups=sent), numbers=numbers))
        assert (NudgeKind.FOLLOW_UP in known) == (sent < allowed)
        assert (NudgeKind.RESTS in known) == (sent >= allowed)


def test_more_than_3_follow_ups_are_in_no_setting() -> None:
    """More is pestering, always."""
    with pytest.raises(ValueError, match="follow_ups"):
        Numbers(follow_ups=4)


def test_an_answer_cancels_all_of_it() -> None:
    """Whoever answered is not waited for."""
    assert kinds(facts(replace(asked(MONDAY), asked=None))) == set()


def test_while_a_talk_is_scheduled_nothing_is_asked() -> None:
    """Neither a follow-up nor a sign of life: they are about to meet."""
    ahead = (talk_at(at(25, 15)),)
    known = facts(replace(asked(MONDAY), talks=ahead), replace(TALKED, talks=ahead))
    assert not kinds(known) & {*ASKING, NudgeKind.KEEP_IN_TOUCH}


def test_a_talk_that_was_called_off_cancels_nothing() -> None:
    """The request is open again."""
    off = talk_at(at(18, 15), InterviewStatus.CALLED_OFF)
    assert NudgeKind.FOLLOW_UP in kinds(facts(replace(asked(MONDAY), talks=(off,))))


@pytest.mark.parametrize(("stopped", "declined"), [(True, False), (False, True)])
def test_who_is_stopped_or_declined_is_never_suggested_again(stopped: bool, declined: bool) -> None:
    """Not by any rule."""
    waiting = replace(asked(MONDAY), not_now_until=date(2026, 12, 1))
    both = (replace(each, stopped=stopped, declined=declined) for each in (waiting, TALKED))
    assert kinds(facts(*both)) == set()


def test_a_new_message_is_waited_for_anew() -> None:
    """The nudges are about the last message: what was pressed on the old ones is over."""
    known = facts(asked(MONDAY), answers={"follow_up:7:3": (DONE,)})
    assert keys(known) == {"other_person:7:3", "rests:7:3"}
    anew = replace(asked(MONDAY), asked=Asked(touch_id=4, at=MONDAY))
    assert "follow_up:7:4" in keys(replace(known, contacts=(anew,)))


def test_not_now_holds_all_asking_back_until_its_date() -> None:
    """What would come before that date does not come at all; what comes later does."""
    known = asked(MONDAY)
    early = facts(replace(known, not_now_until=date(2026, 11, 20)))
    assert kinds(early) == {NudgeKind.FOLLOW_UP, NudgeKind.NOT_NOW_IS_OVER}
    on_the_day = facts(replace(known, not_now_until=date(2026, 11, 25)))
    assert NudgeKind.FOLLOW_UP in kinds(on_the_day)
    march = facts(replace(known, not_now_until=date(2027, 3, 1)))
    assert kinds(march) == {NudgeKind.NOT_NOW_IS_OVER}


@pytest.mark.parametrize(
    ("until", "expected"),
    [(date(2026, 12, 1), at(1, 9, month=12)), (date(2026, 12, 5), at(7, 9, month=12))],
)
def test_not_now_comes_back_on_its_date(until: date, expected: datetime) -> None:
    """With the digest of that day, or of the first day after it that is not free."""
    found = nudge(NudgeKind.NOT_NOW_IS_OVER, facts(ContactFacts(ADA, not_now_until=until)))
    assert (found.key, found.due_at) == (f"not_now:7:{until}", expected)


def test_not_now_is_answered_by_asking_again_after_its_date() -> None:
    """The request from before it answers nothing."""
    until = date(2026, 11, 18)
    before = facts(replace(asked(MONDAY), not_now_until=until))
    after = facts(replace(asked(at(18, 11)), not_now_until=until))
    assert NudgeKind.NOT_NOW_IS_OVER in kinds(before)
    assert NudgeKind.NOT_NOW_IS_OVER not in kinds(after)


def keeping_in_touch(known: Facts) -> list[PlannedNudge]:
    found = [each for each in plan(known) if each.kind == NudgeKind.KEEP_IN_TOUCH]
    return sorted(found, key=lambda each: each.due_at)


@pytest.mark.parametrize("days", [60, 90, 180])
def test_after_90_days_of_silence_it_is_time_to_keep_in_touch(days: int) -> None:
    """60 and 180 are settings: with the first digest after so many days, three times at most."""
    found = keeping_in_touch(facts(TALKED, numbers=Numbers(in_touch_days=days)))
    assert [each.key for each in found] == [f"keep_in_touch:7:5:{n}" for n in (1, 2, 3)]
    for number, each in enumerate(found, start=1):
        silence = each.due_at - at(3, 15)
        assert timedelta(days=days * number) <= silence <= timedelta(days=days * number + 3)
    # Each stands until the next one does.
    assert found[0].makes_sense_until <= found[1].due_at


def came(*moments: datetime, silence: int = 4) -> tuple[Reminded, ...]:
    """What came to keep in touch, by default in the silence before this one."""
    keys = [f"keep_in_touch:7:{silence}:{number}" for number in range(1, len(moments) + 1)]
    return tuple(map(Reminded, keys, moments))


def test_a_fourth_time_in_a_year_waits_until_the_first_is_a_year_old() -> None:
    """However short the days are: each answer begins a silence of its own."""
    sixty = Numbers(in_touch_days=60)
    three = came(at(2, 9, month=2), at(6, 9, month=4), at(8, 9, month=9))
    first, second, third = keeping_in_touch(facts(replace(TALKED, reminded=three), numbers=sixty))
    # Sixty days after the talk is in January; the second of February 2027 is a Tuesday.
    assert first.due_at == datetime(2027, 2, 2, 9, tzinfo=UTC)
    assert second.due_at == datetime(2027, 4, 6, 9, tzinfo=UTC)
    assert third.due_at == datetime(2027, 9, 8, 9, tzinfo=UTC)
    assert first.makes_sense_until == second.due_at
    two = keeping_in_touch(facts(replace(TALKED, reminded=three[1:]), numbers=sixty))
    assert two[0].due_at == datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_what_had_to_wait_for_room_keeps_its_distance_from_the_next() -> None:
    """Two months of silence between them, or nearly so."""
    sixty = Numbers(in_touch_days=60)
    three = came(at(20, 9, month=2), at(21, 9, month=2), at(22, 9, month=2))
    found = keeping_in_touch(facts(replace(TALKED, reminded=three), numbers=sixty))
    assert found[0].due_at == datetime(2027, 2, 22, 9, tzinfo=UTC)
    assert found[1].due_at >= found[0].due_at + timedelta(days=53)


def test_what_is_put_off_keeps_its_distance_from_the_next() -> None:
    """The first one, put off into the summer, does not come after the second."""
    key = "keep_in_touch:7:5:1"
    answers = {key: (later(datetime(2027, 6, 1, 9, tzinfo=UTC)),)}
    first, second, _ = keeping_in_touch(facts(TALKED, answers=answers))
    assert (first.key, first.due_at) == (key, datetime(2027, 6, 1, 9, tzinfo=UTC))
    assert second.due_at == datetime(2027, 8, 23, 9, tzinfo=UTC)


def test_what_came_is_planned_as_before_so_that_it_can_be_answered() -> None:
    """Those that came in this silence stand, and make room for none of it."""
    here = came(datetime(2027, 2, 2, 9, tzinfo=UTC), silence=5)
    plain, known = (keeping_in_touch(facts(replace(TALKED, reminded=r))) for r in ((), here))
    assert [each.key for each in plain] == [each.key for each in known]
    assert [each.due_at for each in plain] == [each.due_at for each in known]


def test_what_a_later_one_stood_in_for_never_comes_after_it() -> None:
    """After a pause the second came in place of the first: no room is looked for any more."""
    late = Reminded("keep_in_touch:7:5:2", datetime(2027, 8, 2, 9, tzinfo=UTC))
    before = came(at(3, 9, month=9), at(4, 9, month=9))
    first, *_ = keeping_in_touch(facts(replace(TALKED, reminded=(*before, late))))
    assert first.key == "keep_in_touch:7:5:1"
    assert first.due_at == datetime(2027, 2, 2, 9, tzinfo=UTC)


def test_keeping_in_touch_may_be_switched_off() -> None:
    """0 days mean never."""
    assert kinds(facts(TALKED, numbers=Numbers(in_touch_days=0))) == set()


def test_any_touch_resets_the_clock() -> None:
    """What was planned from the touch before is planned no more."""
    touched = replace(TALKED, last_touch_id=6, last_touch_at=at(24, 15))
    before, after = (keeping_in_touch(facts(each)) for each in (TALKED, touched))
    assert not {each.key for each in before} & {each.key for each in after}
    assert after[0].due_at > before[0].due_at


def test_whoever_was_never_talked_to_or_owes_an_answer_is_no_silence() -> None:
    """Keeping in touch is for people one has met; a request has its own nudges."""
    assert kinds(facts(ContactFacts(ADA))) == set()
    waiting = replace(asked(MONDAY), last_touch_id=3, last_touch_at=MONDAY)
    assert NudgeKind.KEEP_IN_TOUCH not in kinds(facts(waiting))
