"""The checker counts what it should: for each rule a log that breaks it, and one that does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from simulation.checker import RULES, check
from tests.simulation.logs import AHEAD, BEN, GRACE, SETTINGS, TALK, TOM, Log, at


@pytest.fixture
def log() -> Log:
    return Log()


def test_an_empty_log_breaks_nothing() -> None:
    assert check([]).counts == dict.fromkeys(RULES, 0)


def test_a_good_week_breaks_nothing(log: Log) -> None:
    log.talk()
    log.question(at(15))
    log.did(at(15.5), "debriefed", contact=GRACE, interview=TALK)
    log.got(at(9, 1), "thank_you", interview=TALK)
    log.did(at(9.2, 1), "thanked", contact=GRACE, interview=TALK)
    log.did(at(9.3, 1), "contact", contact=TOM, company="Acorn")
    log.did(at(9.4, 1), "asked", contact=TOM)
    log.got(at(8, 10), "follow_up", contact=TOM)
    log.did(at(9, 10), "follow_up", contact=TOM)
    assert log.until(20).broken == {}
    verdict = check(log.entries)
    assert (verdict.due, verdict.sent, verdict.p99_lateness) == (3, 3, 0.0)


def test_a_question_that_never_came_is_lost(log: Log) -> None:
    log.talk()
    assert log.until(6).broken == {"lost": 1}


def test_a_question_answered_before_it_was_due_is_not_lost(log: Log) -> None:
    log.talk()
    log.did(at(14.7), "called_off", contact=GRACE, interview=TALK)
    assert log.until(6).broken == {}


@pytest.mark.parametrize("what", ["left", "stopped", "paused"])
def test_nothing_is_lost_to_whoever_was_out_of_reach(log: Log, what: str) -> None:
    log.talk()
    log.did(at(14.2), what, contact=GRACE, until=at(0, 9).isoformat())
    assert log.until(6).broken == {}


def test_what_a_bot_that_was_down_could_not_ask_is_not_lost_if_it_asks_again(log: Log) -> None:
    log.talk()
    log.entries.append({"at": at(13).isoformat(), "workspace": "T0", "fault": "down"})
    log.entries.append({"at": at(13, 3).isoformat(), "workspace": "T0", "fault": "up"})
    assert log.until(14).broken == {"lost": 1}
    log.got(at(8, 8), "ask_again_how_it_went", interview=TALK)
    assert log.broken == {}


def test_a_bot_that_was_down_in_another_cohort_excuses_nothing(log: Log) -> None:
    log.talk()
    log.question(at(9, 1))
    here = log.until(14).broken
    assert here
    log.entries.append({"at": at(13).isoformat(), "workspace": "T0-2", "fault": "down"})
    log.entries.append({"at": at(13, 3).isoformat(), "workspace": "T0-2", "fault": "up"})
    assert log.broken == here
    for entry in log.entries:
        entry["workspace"] = "T0"
    assert log.broken == {}


def test_one_nudge_in_two_messages_is_a_duplicate(log: Log) -> None:
    log.got(at(9, 1), "my_promise", nudge="7")
    log.got(at(8, 10), "my_promise", nudge="7", text="another one")
    assert log.broken == {"duplicated": 1}


def test_two_nudges_that_say_the_same_are_a_duplicate(log: Log) -> None:
    log.did(at(10), "asked", contact=GRACE)
    log.got(at(9, 9), "follow_up")
    log.got(at(9, 10), "follow_up")
    assert log.broken == {"duplicated": 1}


def test_what_comes_back_because_it_was_put_off_is_no_duplicate(log: Log) -> None:
    log.got(at(9, 1), "their_promise")
    text = f"their_promise {GRACE}"
    about: dict[str, Any] = {"contact": GRACE, "interview": None, "text": text}
    log.did(
        at(10, 1), "snoozed", kind="their_promise", nudge="1", until=at(0, 2).isoformat(), **about
    )
    log.got(at(9, 2), "their_promise")
    assert log.broken == {}


def test_an_answer_follows_what_the_member_did_at_whatever_hour(log: Log) -> None:
    log.did(
        at(23), "took_place", contact=GRACE, interview=TALK, start=at(14).isoformat(), minutes=9
    )
    log.did(at(23), "debriefed", contact=GRACE, interview=TALK)
    log.did(at(23), "thanked", contact=GRACE, interview=TALK)
    log.was_answered(at(23.01), "Saved.")
    assert log.broken == {}


@pytest.mark.parametrize(
    ("when", "broken"), [(at(12, 1), {"over_daily_cap": 1}), (at(23, 1), {"in_quiet_hours": 1})]
)
def test_a_word_that_answers_nothing_is_no_answer(
    log: Log, when: datetime, broken: dict[str, int]
) -> None:
    log.was_answered(when, "By the way.")
    assert log.broken == broken


def test_the_same_answer_twice_is_a_duplicate_unless_it_was_asked_for_again(log: Log) -> None:
    log.did(at(12), "looked")
    log.was_answered(at(12), "Saved.")
    log.did(at(13), "looked")
    log.was_answered(at(13), "Saved.")
    assert log.broken == {}
    log.was_answered(at(13.01), "Saved.")
    assert log.broken == {"duplicated": 1}


def test_an_answer_names_nobody_elses_contact(log: Log) -> None:
    log.did(at(12), "looked")
    log.did(at(12), "contact", member=BEN, contact="Uma Singh", company="")
    log.was_answered(at(12), "Uma Singh is saved.")
    assert log.broken == {"wrong_member": 1}


@pytest.mark.parametrize(
    ("when", "broken"),
    [(at(9, 1), {}), (at(7.9, 1), {"in_quiet_hours": 1}), (at(20, 1), {"in_quiet_hours": 1})],
)
def test_quiet_hours_are_the_members_own(log: Log, when: datetime, broken: dict[str, int]) -> None:
    log.got(when, "talk_soon", kind="alone")
    assert log.broken == broken


def test_after_the_clocks_went_forward_eight_o_clock_comes_an_hour_earlier(log: Log) -> None:
    log.got(at(7.2, 7), "talk_soon", kind="alone")
    assert log.broken == {}
    log.got(at(6.9, 8), "talk_soon", kind="alone", contact=TOM)
    assert log.broken == {"in_quiet_hours": 1}


# Good Friday, which is a public holiday in Great Britain, is four days after that Monday.
@pytest.mark.parametrize(("day", "broken"), [(5, {"on_free_days": 1}), (4, {"on_free_days": 1})])
def test_a_digest_on_a_free_day_counts(log: Log, day: int, broken: dict[str, int]) -> None:
    log.got(at(9, day), "my_promise")
    assert log.broken == broken


def test_what_is_tied_to_a_clock_may_come_on_a_free_day(log: Log) -> None:
    log.got(at(9, 5), "talk_soon", kind="alone")
    assert log.broken == {}


def test_nothing_comes_in_a_pause(log: Log) -> None:
    log.did(at(10), "paused", until=at(0, 3).isoformat())
    log.got(at(12, 1), "talk_soon", kind="alone")
    log.got(at(9, 3), "my_promise")
    assert log.broken == {"on_free_days": 1}


def test_a_second_digest_in_a_day_counts(log: Log) -> None:
    log.got(at(9, 1), "my_promise")
    log.got(at(10, 1), "their_promise")
    assert log.broken == {"over_daily_cap": 1}


def test_a_digest_at_another_hour_counts_unless_the_bot_was_down(log: Log) -> None:
    log.got(at(15, 1), "my_promise")
    assert log.broken == {"over_daily_cap": 1}
    log.entries.insert(0, {"at": at(1).isoformat(), "workspace": "T0", "fault": "down"})
    log.entries.insert(1, {"at": at(14.9, 1).isoformat(), "workspace": "T0", "fault": "up"})
    assert log.broken == {}


def test_more_than_ten_items_count(log: Log) -> None:
    log.got(at(9, 1), *(f"kind_{number}" for number in range(11)))
    assert log.broken == {"over_daily_cap": 1}


def test_a_digests_matter_on_its_own_counts(log: Log) -> None:
    log.got(at(15, 1), "keep_in_touch", kind="alone")
    assert log.broken == {"over_daily_cap": 1}


@pytest.mark.parametrize(
    ("contact", "day", "broken"),
    [(GRACE, 2, {}), (GRACE, 5, {"over_daily_cap": 1}), (TOM, 2, {"over_daily_cap": 1})],
)
def test_on_its_own_comes_what_the_member_chose_a_moment_for_and_soon_after_it(
    log: Log, contact: str, day: int, broken: dict[str, int]
) -> None:
    about: dict[str, Any] = {"interview": None, "text": "A line to them", "nudge": "9"}
    log.did(
        at(10, 1),
        "snoozed",
        contact=GRACE,
        kind="keep_in_touch",
        until=at(15, 2).isoformat(),
        alone=True,
        **about,
    )
    # Five days later is a Saturday, on which only what is tied to a clock may come.
    log.got(at(15, day), "keep_in_touch", kind="alone", contact=contact)
    assert log.broken == broken | ({"on_free_days": 1} if day == 5 else {})


def test_a_fourth_digest_without_an_answer_counts_and_so_does_a_word_after_the_question(
    log: Log,
) -> None:
    for day in range(1, 4):
        log.got(at(9, day), f"kind_{day}")
    assert log.broken == {}
    log.got(at(8, 9), "go_on", kind="alone", contact=None, text="Shall I go on?")
    assert log.broken == {}
    log.got(at(8, 10), "my_promise")
    assert log.broken == {"over_daily_cap": 2}


def test_a_follow_up_beyond_the_members_number_counts(log: Log) -> None:
    log.did(at(10), "asked", contact=GRACE)
    log.got(at(9, 2), "follow_up")
    log.did(at(10, 2), "follow_up", contact=GRACE)
    assert log.broken == {}
    log.got(at(8, 14), "follow_up")
    assert log.broken == {"over_followup_cap": 1}


def test_asking_anew_into_the_silence_counts_as_a_follow_up(log: Log) -> None:
    log.did(at(10), "asked", contact=GRACE)
    log.did(at(10, 1), "asked", contact=GRACE)
    log.got(at(8, 14), "follow_up")
    assert log.broken == {"over_followup_cap": 1}


def test_asking_anew_after_an_answer_does_not(log: Log) -> None:
    log.did(at(10), "asked", contact=GRACE)
    log.did(at(11), "replied", contact=GRACE)
    log.did(at(10, 1), "asked", contact=GRACE)
    log.got(at(8, 14), "follow_up")
    assert log.broken == {}


ANSWERS = [
    ("thanked", "thank_you", {}),
    ("debriefed", "did_it_take_place", {}),
    ("no_show", "ask_again_how_it_went", {}),
    ("called_off", "brief", {}),
    ("debriefed", "debrief_missing", {}),
    ("stopped", "my_promise", {}),
    ("declined", "keep_in_touch", {}),
    ("replied", "follow_up", {}),
    ("replied", "other_person", {}),
    ("prepared", "unprepared", {}),
    ("updated", "keep_in_touch", {}),
    ("skipped", "thank_you", {"nudge": "9", "kind": "thank_you", "text": f"thank_you {GRACE}"}),
    ("skipped", "thank_you_again", {"nudge": "9", "kind": "thank_you", "text": "x"}),
    (
        "snoozed",
        "my_promise",
        {
            "interview": TALK,
            "nudge": "9",
            "kind": "my_promise",
            "text": f"my_promise {GRACE}",
            "until": at(9, 9).isoformat(),
        },
    ),
]


@pytest.mark.parametrize(("talked", "broken"), [(-62, {}), (-50, {"answered_but_sent": 1})])
def test_a_talk_counts_from_its_own_day_and_not_from_when_it_was_told(
    log: Log, talked: int, broken: dict[str, int]
) -> None:
    log.did(at(8.7), "settings", settings={"in_touch_days": 60})
    about = {"contact": GRACE, "interview": f"{GRACE} {at(9, talked).isoformat()}"}
    log.did(at(9), "debriefed", **about)
    log.got(at(9, 1), "keep_in_touch")
    assert log.broken == broken


@pytest.mark.parametrize(("did", "kind", "more"), ANSWERS)
def test_what_was_answered_may_not_come_any_more(
    log: Log, did: str, kind: str, more: dict[str, Any]
) -> None:
    shape = "alone" if kind == "did_it_take_place" else "digest"
    talk = AHEAD if kind in ("brief", "unprepared") else TALK
    log.got(at(9, 1), kind, kind=shape, interview=talk)
    assert log.broken == {}
    before = Log()
    before.did(at(9.1), did, **{"contact": GRACE, "interview": talk, **more})
    before.got(at(9, 1), kind, kind=shape, interview=talk)
    assert before.broken == {"answered_but_sent": 1}


def test_a_fourth_line_to_one_person_in_a_year_counts_unless_it_was_put_off(log: Log) -> None:
    log.did(at(9), "settings", settings={"in_touch_days": 60})
    for hour, number in ((8, 60), (8, 121), (8, 182), (9, 245)):
        log.got(at(hour, number), "keep_in_touch")
        log.did(at(hour + 1, number), "updated", contact=GRACE)
    assert log.broken == {"answered_but_sent": 1}
    log.entries = [entry for entry in log.entries if entry.get("did") != "updated"]
    put_off = {"kind": "keep_in_touch", "nudge": "3", "text": f"keep_in_touch {GRACE}"}
    until = at(0, 245).isoformat()
    log.did(at(9, 182), "snoozed", contact=GRACE, interview=None, until=until, **put_off)
    assert log.broken == {}


def test_a_talk_that_nobody_spoke_about_is_asked_about_again(log: Log) -> None:
    log.talk()
    log.question(at(15))
    assert log.until(14).broken == {"debrief_missing": 1}
    log.got(at(9, 1), "ask_again_how_it_went", interview=TALK)
    assert log.broken == {}


def test_a_past_talk_without_notes_is_asked_about_once(log: Log) -> None:
    start = at(7).isoformat()
    log.did(at(10), "took_place", contact=GRACE, interview=TALK, start=start, minutes=30)
    log.got(at(9, 1), "thank_you", interview=TALK)
    assert log.until(14).broken == {"debrief_missing": 1}
    log.got(at(9, 2), "debrief_missing", interview=TALK)
    assert log.broken == {}


def test_a_thank_you_that_comes_after_24_hours_is_late(log: Log) -> None:
    log.talk()
    log.question(at(15))
    log.did(at(15.2), "debriefed", contact=GRACE, interview=TALK)
    assert log.until(4).broken == {"thank_you_late": 1}
    log.got(at(9, 2), "thank_you", interview=TALK)
    assert log.broken == {"thank_you_late": 1}


def test_a_name_of_somebody_elses_contact_counts(log: Log) -> None:
    log.did(at(9), "contact", member=BEN, contact=TOM)
    log.got(at(9, 1), "my_promise", text=f"You promised {GRACE}: to write to {TOM}.")
    assert log.broken == {"wrong_member": 1}


def test_who_was_told_late_is_told_how_late() -> None:
    log = Log()
    log.talk()
    log.question(at(15) + timedelta(seconds=90))
    assert check(log.until(1).entries).p99_lateness == 90.0


@pytest.mark.parametrize(
    ("hours", "told", "broken"),
    [
        (24, at(21), {"thank_you_late": 1}),
        (12, at(21), {}),
        (12, at(17), {"thank_you_late": 1}),
        # Eleven and a half hours are left.
        (24, at(3, 1), {}),
    ],
)
def test_a_thank_you_is_judged_when_half_of_its_hours_were_left(
    log: Log, hours: int, told: datetime, broken: dict[str, int]
) -> None:
    """The talk was over at half past two in the afternoon."""
    log.did(at(9), "settings", settings={**SETTINGS, "kinds_off": [], "thank_you_hours": hours})
    log.talk()
    log.question(at(15))
    log.did(told, "debriefed", contact=GRACE, interview=TALK)
    late = log.until(4).broken
    assert {rule: count for rule, count in late.items() if rule == "thank_you_late"} == broken
