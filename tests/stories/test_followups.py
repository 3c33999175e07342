"""`/followups`: what is due, what comes next and why; pauses hold everything and lose nothing."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from storage.models import Member
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk, said
from tests.stories.test_settings import at, promise_due_on, promises

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
THURSDAY = date(2026, 11, 26)
FRIDAY = date(2026, 11, 27)


async def asked_grace(house: House) -> None:
    """Have Ada ask Grace for a talk, this Monday morning."""
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "I asked for a talk"})
    await ada.modal.submit()


async def test_it_says_what_comes_next_and_when_and_why(house: House) -> None:
    await asked_grace(house)
    await house.ada.command("/followups")
    answer = house.ada.answer
    assert answer.is_ephemeral
    lines = answer.text.splitlines()
    assert lines[0] == "Nothing is due right now."
    other = next(n for n, line in enumerate(lines) if "someone else there may tell" in line)
    follow_up = next(n for n, line in enumerate(lines) if "one polite follow-up" in line)
    assert other < follow_up
    assert "Grace Hill · Acme" in lines[other]
    assert lines[other - 1].startswith("Nov 26, 2026 at 9:00 AM")
    assert answer.buttons == ["Settings", "Pause a week"]


async def test_who_has_nobody_yet_is_told_so_kindly(house: House) -> None:
    await house.ada.command("/followups")
    assert "Nothing is due right now." in house.ada.answer.text
    assert "Nothing comes next yet." in house.ada.answer.text


async def test_what_is_due_is_answered_in_place(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await ada.command("/followups")
    assert ada.answer.text.startswith("One for today")
    assert "You promised Grace Hill" in ada.answer.text
    answers = len(ada.answers)
    await ada.answer.press("Later")
    assert len(ada.answers) == answers
    assert ada.answer.text.startswith("I'll come back to Grace Hill")
    assert "Nothing is due right now." in ada.answer.text
    assert "what you promised: My notes" in ada.answer.text
    assert "I'll come back to Grace Hill" in ada.dms.last.text


async def test_skipping_in_place_settles_the_dm_and_home_too(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await ada.command("/followups")
    await ada.answer.press("Skip")
    assert ada.answer.text.startswith("Left alone: Grace Hill.")
    assert "You promised" not in ada.answer.text
    assert "You promised" not in ada.dms.last.text
    assert "You promised" not in ada.home.text


async def test_a_moment_can_be_picked_in_place(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await ada.command("/followups")
    await ada.answer.choose("Pick a day and time")
    ada.modal.fill({"When?": at(THURSDAY, 15)})
    await ada.modal.submit()
    assert ada.answer.text.startswith("I'll come back to Grace Hill")
    assert ada.dms.last.buttons == []
    await house.until(at(THURSDAY, 15))
    assert promises(house) == 1
    assert "You promised Grace Hill" in ada.dms.last.text


async def test_what_comes_next_is_skipped_in_place_and_never_comes(house: House) -> None:
    ada = house.ada
    await asked_grace(house)
    await ada.command("/followups")
    assert "someone else there may tell" in ada.answer.text
    answers = len(ada.answers)
    await ada.answer.press("Skip it", index=0)
    assert len(ada.answers) == answers
    assert ada.answer.text.startswith("Left alone: Grace Hill.")
    assert "someone else there may tell" not in ada.answer.text
    assert "one polite follow-up" in ada.answer.text
    await house.until(at(THURSDAY, 9))
    assert said(ada, "Grace Hill") == 0


async def test_what_comes_next_is_put_off_by_a_week_from_its_own_day(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await ada.command("/followups")
    listed = ada.answer
    await listed.press("A week later", index=0)
    assert ada.answer.text.startswith("I'll come back to Grace Hill: Dec 2, 2026 at 9:00 AM.")
    await house.until(at(WEDNESDAY, 9))
    assert promises(house) == 0
    await house.until(at(date(2026, 12, 2), 9))
    assert promises(house) == 1
    # The list was asked for long ago: what it says now is what is.
    await ada.dms.last.press("It's kept")
    await ada.command("/followups")
    assert "what you promised" not in ada.answer.text


async def test_what_comes_next_comes_on_a_day_of_ones_own_and_no_earlier(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    for picked, comes in (
        (TUESDAY, "Nov 25, 2026 at 9:00 AM"),
        (FRIDAY, "Nov 27, 2026 at 3:00 PM"),
    ):
        await ada.command("/followups")
        await ada.answer.press("On a later day", index=0)
        ada.modal.fill({"When?": at(picked, 15)})
        await ada.modal.submit()
        assert ada.answer.text.startswith(f"I'll come back to Grace Hill: {comes}.")
    await house.until(at(FRIDAY, 14, 59))
    assert promises(house) == 0
    await house.until(at(FRIDAY, 15))
    assert promises(house) == 1


async def test_no_more_about_this_person_before_anything_came(house: House) -> None:
    ada = house.ada
    await asked_grace(house)
    await ada.command("/followups")
    await ada.answer.press("No nudges about this person", index=0)
    assert "Grace Hill" not in ada.answer.text
    assert "No more nudges about Grace Hill." in ada.dms.last.text


async def test_a_week_that_is_not_looked_back_on_leaves_the_next_one_planned(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/followups")
    assert ada.answer.menu_options == ["Skip it"]
    await ada.answer.press("Skip it")
    assert "Dec 4, 2026 at 9:00 AM" in ada.answer.text
    await house.until(at(FRIDAY, 9))
    assert said(ada, "Your week") == 0
    await house.until(at(date(2026, 12, 4), 9))
    assert said(ada, "Your week") == 1


async def test_what_came_in_the_meantime_is_answered_once(house: House) -> None:
    """The list was asked for on Monday, the nudge came and was answered on Wednesday."""
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await ada.command("/followups")
    listed = ada.answer
    await house.until(at(WEDNESDAY, 9))
    await ada.dms.last.press("It's kept")
    await listed.press("Skip it", index=0)
    assert ada.dms.last.text == "You kept your promise to Grace Hill.\nUndo"
    assert "what you promised" not in ada.answer.text


async def test_the_brief_of_a_talk_can_be_skipped_beforehand(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "2026-12-04 15:00")
    await ada.command("/followups")
    lines = ada.answer.text.splitlines()
    brief = lines.index("Grace Hill — the brief for your talk")
    assert lines[brief - 1] == "Dec 3, 2026 at 9:00 AM"
    # Two lines for each, below a heading of two.
    await ada.answer.press("Skip it", index=(brief - 2) // 2)
    assert "the brief for your talk" not in ada.answer.text
    assert "your talk begins soon after" in ada.answer.text
    await house.until(at(date(2026, 12, 3), 9))
    assert said(ada, "Your next talk") == 0
    await house.until(at(date(2026, 12, 4), 14))
    assert said(ada, "Soon you talk") == 1


async def test_a_pause_holds_everything_and_nothing_is_lost(house: House) -> None:
    ada = house.ada
    # After this morning's digest, which the brief of the talk would still catch.
    await house.later(hours=1)
    await promise_due_on(house, WEDNESDAY)
    await plan_talk(ada, "Grace Hill", "tuesday 15:00")
    await ada.command("/followups pause until friday")
    assert ada.answer.text.startswith("Paused until")
    assert ada.answer.buttons == ["Go on now"]
    await house.until(at(FRIDAY, 7, 59))
    assert ada.dms.texts == []
    await house.until(at(FRIDAY, 9))
    # What is due at the same moment comes a second apart.
    await house.later(seconds=1)
    assert promises(house) == 1
    assert any("How did it go?" in text for text in ada.dms.texts)


async def test_resume_ends_a_pause_at_once(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await ada.command("/followups pause 2 weeks")
    await ada.command("/followups")
    assert "Paused until" in ada.answer.text
    assert ada.answer.buttons == ["Settings", "Go on now"]
    await ada.command("/followups resume")
    assert ada.answer.text.startswith("I go on")
    assert "Paused" not in ada.answer.text
    await house.until(at(WEDNESDAY, 9))
    assert promises(house) == 1


async def test_a_digest_pauses_a_week_with_one_press_and_goes_on_with_another(
    house: House,
) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await ada.dms.last.press("Pause a week")
    assert "Paused until" in ada.answer.text
    async with house.memory.unscoped() as session:
        until = await session.scalar(select(Member.paused_until))
    assert until == datetime(2026, 12, 2, tzinfo=UTC)
    await ada.answer.press("Go on now")
    assert ada.answer.text.startswith("I go on")
    assert ada.answer.buttons[-1] == "Pause a week"
    await ada.answer.press("Pause a week")
    assert ada.answer.text.startswith("Paused until")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("pause", date(2026, 11, 30)),
        ("pause until monday", date(2026, 11, 30)),
        ("pause until 2026-12-24", date(2026, 12, 24)),
        ("pause till 1 december", date(2026, 12, 1)),
        ("pause for a week", date(2026, 11, 30)),
        ("PAUSE tomorrow", date(2026, 11, 24)),
    ],
)
async def test_the_end_of_a_pause_is_read_as_people_type_it(
    house: House, typed: str, day: date
) -> None:
    await house.ben.command(f"/followups {typed}")
    async with house.memory.unscoped() as session:
        until = await session.scalar(select(Member.paused_until))
    # Midnight in New York.
    assert until == datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("pause until fryday", "I can't tell which day “until fryday” is"),
        ("pause until <b> & co", "I can't tell which day “until <b> & co” is"),
        ("pause until today", "“until today” has come already"),
        ("pause until 2030-01-01", "“until 2030-01-01” is more than a year away"),
    ],
)
async def test_a_pause_that_cannot_be_gets_the_right_form(
    house: House, typed: str, answer: str
) -> None:
    await house.ada.command(f"/followups {typed}")
    assert answer in house.ada.answer.text
    assert "/followups pause until friday" in house.ada.answer.text
    async with house.memory.unscoped() as session:
        assert await session.scalar(select(Member.paused_until)) is None


async def test_a_misspelt_word_gets_the_nearest_right_form(house: House) -> None:
    await house.ada.command("/followups puase until friday")
    assert "Did you mean this?" in house.ada.answer.text
    assert "/followups pause until friday" in house.ada.answer.text
    await house.ada.command("/followups resmue")
    assert "/followups resume" in house.ada.answer.text


async def test_nobody_sees_what_is_due_for_somebody_else(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await house.ben.command("/followups")
    assert "Grace" not in house.ben.answer.text
