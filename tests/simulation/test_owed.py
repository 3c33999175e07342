"""What never came is lost, kind by kind; what could not come, or need not, is not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.simulation.logs import AHEAD, GRACE, KINDS, MONDAY, TALK, TOM, Log, at

PROMISE = "to send my notes, number 1"
NEXT_WEEK = f"{GRACE} {at(13, 10).isoformat()}"
HOME = {"contact": GRACE, "company": "Acorn"}


def day(number: int) -> str:
    """Give a date so many days after the Monday, as the log writes it."""
    return str((MONDAY + timedelta(days=number)).date())


def plan_ahead(log: Log) -> None:
    """Plan a talk on Thursday, which is called off when it has begun."""
    start = at(14, 3).isoformat()
    log.did(at(9.5), "scheduled", contact=GRACE, interview=AHEAD, start=start, minutes=30)
    log.did(at(14.2, 3), "called_off", contact=GRACE, interview=AHEAD)


def have_talked(log: Log) -> None:
    """Have talked in the morning, and told of it at once."""
    start, about = at(8).isoformat(), {"contact": GRACE, "interview": TALK}
    log.did(at(10), "took_place", **about, start=start, minutes=30)
    log.did(at(10), "debriefed", **about)


def have_been_reminded_to_thank(log: Log) -> None:
    have_talked(log)
    log.got(at(15), "thank_you", kind="alone", interview=TALK)


def have_thanked(log: Log) -> None:
    have_talked(log)
    log.did(at(10), "thanked", contact=GRACE, interview=TALK)


def promise(log: Log) -> None:
    have_thanked(log)
    log.did(at(10), "promise", contact=GRACE, interview=TALK, promise=PROMISE, due=day(2))


def promise_another_date(log: Log) -> None:
    """Put a promise off, of which the old date has been reminded of already."""
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    log.did(at(10, 2), "redated", contact=GRACE, promise=PROMISE, due=day(8))


def move_ahead(log: Log) -> None:
    """Move Thursday's talk by a week, when it was said that nothing is prepared for it."""
    start = at(14, 3).isoformat()
    log.did(at(9.5), "scheduled", contact=GRACE, interview=AHEAD, start=start, minutes=30)
    log.got(at(9, 1), "unprepared", interview=AHEAD)
    about = {"contact": GRACE, "interview": AHEAD, "to": NEXT_WEEK}
    log.did(at(10, 1), "moved", **about, start=at(13, 10).isoformat(), minutes=30)
    log.did(at(13.2, 10), "called_off", contact=GRACE, interview=NEXT_WEEK)


def be_promised(log: Log) -> None:
    have_thanked(log)
    log.did(at(10), "their_promise", contact=GRACE, interview=TALK, promise=PROMISE)


def keep_a_promise(log: Log) -> None:
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    log.did(at(10, 2), "kept", contact=GRACE, kind="my_promise", nudge="1", text=PROMISE)


def ask(log: Log) -> None:
    log.did(at(10), "asked", **HOME)


def follow_up(log: Log) -> None:
    log.did(at(9), "asked", **HOME)
    log.did(at(10), "follow_up", **HOME)


def talk_with_who_was_introduced(log: Log) -> None:
    about = {"contact": TOM, "interview": f"{TOM} {at(8).isoformat()}"}
    log.did(at(9), "contact", contact=TOM, company="", introduced_by=GRACE)
    log.did(at(10), "took_place", **about, start=at(8).isoformat(), minutes=30)
    log.did(at(10), "debriefed", **about)
    log.did(at(10), "thanked", **about)


def hear_not_now(log: Log) -> None:
    log.did(at(10), "not_now", contact=GRACE, until=day(8))


def put_off(log: Log) -> None:
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    about = {"kind": "my_promise", "nudge": "1", "text": PROMISE, "until": at(0, 8).isoformat()}
    log.did(at(10, 2), "snoozed", contact=GRACE, interview=None, **about)


def put_off_into_the_night(log: Log) -> None:
    """An hour later would be at half past eight: a digest brings it."""
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    about: dict[str, Any] = {"kind": "my_promise", "nudge": "1", "text": PROMISE, "alone": True}
    until = at(20.5, 2).isoformat()
    log.did(at(19.5, 2), "snoozed", contact=GRACE, interview=None, until=until, **about)


def nothing(log: Log) -> None:
    """Only know somebody."""


Story = Callable[[Log], None]
# What happens, which nudge is owed then, and when it is still in time, in UTC. Friday is free, and
# on Sunday the clocks go forward.
OWED: list[tuple[Story, str, tuple[float, int], dict[str, Any]]] = [
    (plan_ahead, "talk_soon", (13, 3), {"kind": "alone", "interview": AHEAD}),
    (plan_ahead, "brief", (9, 2), {"interview": AHEAD}),
    (plan_ahead, "unprepared", (9, 1), {"interview": AHEAD}),
    (have_been_reminded_to_thank, "thank_you_again", (9, 3), {"interview": TALK}),
    (promise, "my_promise", (9, 2), {"text": PROMISE}),
    (promise_another_date, "my_promise", (8, 8), {"text": PROMISE}),
    (move_ahead, "unprepared", (8, 8), {"interview": NEXT_WEEK}),
    (be_promised, "their_promise", (8, 8), {"text": PROMISE}),
    (keep_a_promise, "progress_update", (9, 3), {}),
    (ask, "other_person", (9, 3), {}),
    (ask, "follow_up", (8, 11), {}),
    (follow_up, "rests", (8, 11), {}),
    (talk_with_who_was_introduced, "tell_introducer", (9, 1), {}),
    (hear_not_now, "not_now_is_over", (8, 8), {}),
    (have_thanked, "keep_in_touch", (8, 91), {}),
    (put_off, "my_promise", (8, 8), {"text": PROMISE}),
    (put_off_into_the_night, "my_promise", (9, 3), {"text": PROMISE}),
    (nothing, "weekly_review", (8, 18), {"contact": None}),
]
FAR = 110


@pytest.mark.parametrize(("story", "kind", "when", "about"), OWED)
def test_what_never_came_is_lost(
    story: Story, kind: str, when: tuple[float, int], about: dict[str, Any]
) -> None:
    log = Log(kind)
    story(log)
    end = 19 if kind == "weekly_review" else FAR
    log.did(at(10, when[1]), "looked")
    # What is not about that kind, like the last thank-you, is another test's.
    without = log.until(end).broken
    assert without.get("lost") == 1, log.why
    log.got(at(*when), kind, **about)
    assert "lost" not in log.broken, log.why


def test_how_much_was_due_is_counted_whether_it_came_or_not() -> None:
    log = Log("my_promise")
    promise(log)
    before = log.until(FAR).due
    log.got(at(9, 2), "my_promise", text=PROMISE)
    assert log.due == before > 0


@pytest.mark.parametrize(
    ("when", "did", "about"),
    [
        (at(11), "left", {}),
        (at(11), "paused", {"until": at(0, FAR).isoformat()}),
        (at(11), "stopped", {"contact": GRACE}),
        (at(11), "unsure", {"contact": GRACE}),
        (at(11), "declined", {"contact": GRACE}),
        (at(11), "settings", {"settings": {"kinds_off": KINDS}}),
        (at(11), "settings", {"settings": {"digest": "none"}}),
        (at(11), "kept", {"contact": GRACE, "kind": "my_promise", "nudge": "1", "text": PROMISE}),
    ],
)
def test_what_could_not_come_or_need_not_is_not_lost(
    when: Any, did: str, about: dict[str, Any]
) -> None:
    log = Log("my_promise")
    promise(log)
    log.did(when, did, **about)
    assert log.until(FAR).broken == {}


@pytest.mark.parametrize(
    ("start", "prepared"), [(at(16, 3), False), (at(13, 10), True)], ids=["same day", "prepared"]
)
def test_of_a_talk_that_moves_all_is_said_if_it_keeps_its_day_or_was_prepared(
    start: datetime, prepared: bool
) -> None:
    log = Log("unprepared")
    log.did(
        at(9.5),
        "scheduled",
        contact=GRACE,
        interview=AHEAD,
        start=at(14, 3).isoformat(),
        minutes=30,
    )
    log.got(at(9, 1), "unprepared", interview=AHEAD)
    about: dict[str, Any] = {"contact": GRACE, "interview": AHEAD}
    if prepared:
        log.did(at(10, 1), "prepared", **about)
    moved = f"{GRACE} {start.isoformat()}"
    log.did(at(11, 1), "moved", **about, to=moved, start=start.isoformat(), minutes=30)
    log.did(start + timedelta(minutes=9), "called_off", contact=GRACE, interview=moved)
    log.did(at(12, 10), "looked")
    assert log.until(FAR).broken == {}, log.why


def test_a_new_date_may_be_reminded_of_though_the_old_one_was_settled() -> None:
    log = Log("my_promise")
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    about = {"contact": GRACE, "kind": "my_promise", "nudge": "1", "text": PROMISE}
    log.did(at(10, 2), "skipped", **about)
    log.got(at(8, 8), "my_promise", text=PROMISE)
    assert log.broken == {"answered_but_sent": 1}
    log.did(at(11, 2), "redated", contact=GRACE, promise=PROMISE, due=day(8))
    assert log.broken == {}


@pytest.mark.parametrize(("resumed", "broken"), [(5, {"lost": 1}), (9, {})])
def test_a_thank_you_that_could_not_come_within_a_week_is_owed_no_more(
    resumed: int, broken: dict[str, int]
) -> None:
    """Told on a free day, then days without the bot, then a pause."""
    log = Log()
    talk = f"{GRACE} {at(14, 5).isoformat()}"
    about = {"contact": GRACE, "interview": talk}
    log.did(at(20, 5), "took_place", **about, start=at(14, 5).isoformat(), minutes=30)
    log.did(at(20, 5), "debriefed", **about)
    for hour, number, fault in ((2, 7, "down"), (2, 9, "up")):
        when = at(hour, number).isoformat()
        log.entries.append({"at": when, "workspace": "T0", "fault": fault})
    log.did(at(3, 9), "paused", until=at(0, 40).isoformat())
    log.did(at(5, 5 + resumed), "resumed")
    log.did(at(12, 30), "looked")
    assert log.until(FAR).broken == broken, log.why


def test_this_afternoon_late_in_the_evening_is_the_next_day() -> None:
    """An hour later, the least that it means, is in the night; who wants no digest has its hour."""
    log = Log("my_promise")
    promise(log)
    log.got(at(9, 2), "my_promise", text=PROMISE)
    hours = {"digest": "none", "digest_hour": 13, "quiet_from": 23}
    log.did(at(10, 2), "settings", settings=hours)
    about: dict[str, Any] = {"kind": "my_promise", "nudge": "1", "text": PROMISE, "alone": True}
    until = at(22.4, 2).isoformat()
    log.did(at(22.4, 2), "snoozed", contact=GRACE, interview=None, until=until, **about)
    log.got(at(13, 3), "my_promise", kind="alone", text=PROMISE)
    assert log.until(FAR).broken == {}, log.why


def test_what_found_no_room_in_full_digests_has_the_next_ones() -> None:
    log = Log("my_promise")
    promise(log)
    for number in (2, 3, 7, 8, 9):
        log.got(at(9 if number < 6 else 8, number), *(f"kind_{number}_{n}" for n in range(10)))
        log.did(at(12, number), "looked")
    log.until(11)
    assert log.broken == {}
    log.until(16)
    assert log.broken == {"lost": 1}


def test_whom_the_bot_asked_whether_to_go_on_is_owed_nothing_until_they_answer() -> None:
    log = Log("my_promise")
    promise(log)
    log.got(at(9, 2), "go_on", kind="alone", contact=None, text="Shall I go on?")
    assert log.until(FAR).broken == {}


def test_nothing_is_owed_while_a_year_is_full_of_lines_to_one_person() -> None:
    log = Log("keep_in_touch")
    log.did(at(8.55), "settings", settings={"in_touch_days": 60})
    have_thanked(log)
    for number in (60, 121, 182):
        log.got(at(8, number), "keep_in_touch")
        log.did(at(9, number), "updated", contact=GRACE)
    log.did(at(10, 244), "looked")
    assert log.until(270).broken == {}
    # The fourth may come when the first is a year old.
    log.got(at(8, 427), "keep_in_touch")
    assert log.broken == {}


def test_a_kind_that_was_switched_off_may_not_come() -> None:
    log = Log("my_promise")
    log.did(at(9), "settings", settings={"kinds_off": ["my_promise"]})
    log.got(at(9, 1), "my_promise")
    assert log.broken == {"answered_but_sent": 1}


def test_who_has_written_to_somebody_else_there_needs_no_such_word() -> None:
    log = Log("other_person")
    ask(log)
    log.did(at(11), "contact", contact=TOM, company="Acorn")
    log.did(at(11), "asked", contact=TOM, company="Acorn")
    log.did(at(12), "replied", contact=TOM)
    assert log.until(FAR).broken == {}


def test_an_introducer_is_reminded_only_once_they_heard_how_it_went() -> None:
    log = Log("their_promise")
    be_promised(log)
    about = {"contact": TOM, "interview": f"{TOM} {at(8, 3).isoformat()}"}
    log.did(at(9, 3), "contact", contact=TOM, company="", introduced_by=GRACE)
    log.did(at(10, 3), "took_place", **about, start=at(8, 3).isoformat(), minutes=30)
    log.did(at(10, 3), "debriefed", **about)
    log.did(at(10, 3), "thanked", **about)
    assert log.until(FAR).broken == {}
    # To write up an older talk with them tells them nothing.
    log.did(at(11, 3), "debriefed", contact=GRACE, interview=TALK)
    assert log.until(FAR).broken == {}
    log.did(at(10, 20), "updated", contact=GRACE)
    assert log.until(FAR).broken == {"lost": 1}
    log.got(at(8, 21), "their_promise", text=PROMISE)
    assert log.broken == {}


def test_a_reminder_put_off_waits_too_when_a_talk_is_told_in_the_same_sitting() -> None:
    log = Log("their_promise")
    be_promised(log)
    log.got(at(8, 8), "their_promise", text=PROMISE)
    later = {"kind": "their_promise", "nudge": "1", "text": PROMISE}
    log.did(at(10, 9), "snoozed", contact=GRACE, until=at(10, 9).isoformat(), **later)
    about = {"contact": TOM, "interview": f"{TOM} {at(8, 9).isoformat()}"}
    log.did(at(9, 9), "contact", contact=TOM, company="", introduced_by=GRACE)
    assert log.until(FAR).broken == {"lost": 1}
    log.did(at(10, 9), "took_place", **about, start=at(8, 9).isoformat(), minutes=30)
    log.did(at(10, 9), "debriefed", **about)
    log.did(at(10, 9), "thanked", **about)
    assert log.until(FAR).broken == {}
