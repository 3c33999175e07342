"""Nudges: each says why it came, and what is logged anywhere settles it everywhere."""

from datetime import UTC, datetime

from tests.stories.conftest import House
from tests.stories.steps import add_contact, log_past_talk, plan_talk

MONDAY_8AM = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TUESDAY_9AM = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TUESDAY_4PM = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
SUNDAY_2PM = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


async def thank_you_due(house: House) -> None:
    """Have a talk with Grace that is over and not thanked for, and the digest that says so."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    await house.ada.dms.last.press("Tell me about it")
    house.ada.modal.fill({"The one thing I learned": "Ask early"})
    await house.ada.modal.submit()
    await house.ada.modal.submit()
    await house.until(TUESDAY_9AM)
    assert "no thank-you yet" in house.ada.dms.last.text


async def test_later_brings_the_nudge_back_once_at_the_next_digest(house: House) -> None:
    await thank_you_due(house)
    await house.ada.dms.last.press("Later")
    assert "I'll come back to Grace Hill" in house.ada.dms.last.text
    before = len(house.ada.dms)
    await house.until(datetime(2026, 11, 25, 8, 59, tzinfo=UTC))
    assert len(house.ada.dms) == before
    await house.until(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert len(house.ada.dms) == before + 1
    assert "no thank-you yet" in house.ada.dms.last.text


async def test_an_hour_later_means_an_hour_later(house: House) -> None:
    await thank_you_due(house)
    before = len(house.ada.dms)
    await house.ada.dms.last.choose("Remind me in an hour")
    await house.later(minutes=59)
    assert len(house.ada.dms) == before
    await house.later(minutes=1)
    assert len(house.ada.dms) == before + 1


async def test_a_skipped_nudge_never_comes_back(house: House) -> None:
    await thank_you_due(house)
    await house.ada.dms.last.press("Skip")
    assert house.ada.dms.last.text == "Left alone: Grace Hill.\nUndo"
    for _ in range(10):
        await house.later(days=1)
    thanks = ("no thank-you yet", "still welcome")
    assert [text for text in house.ada.dms.texts if any(t in text for t in thanks)] == []


async def test_a_thank_you_logged_elsewhere_settles_the_dm_by_itself(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await ada.command("/contact find Grace")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "I said thank you"})
    await ada.modal.submit()
    assert ada.dms.last.text == "You thanked Grace Hill."
    assert ada.dms.last.ts == nudge.ts
    assert ada.dms.last.buttons == []


async def test_the_same_nudge_is_open_in_home_and_settled_there_too(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    await ada.open_home()
    assert "no thank-you yet" in ada.home.text
    await ada.home.press("It's sent")
    assert ada.dms.last.text == "You thanked Grace Hill.\nUndo"
    assert "no thank-you yet" not in ada.home.text


async def test_two_thank_yous_for_one_morning_come_as_one_message(house: House) -> None:
    ada = house.ada
    await house.until(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    for name in ("Grace Hill", "Tom Reed"):
        await log_past_talk(ada, name, house.now.replace(hour=12), "Ask early")
    await house.until(TUESDAY_9AM)
    assert len(ada.dms) == 1
    digest = ada.dms.last
    assert digest.fallback.startswith("Two for today")
    await digest.press("It's sent", index=0)
    assert "You thanked Grace Hill." in ada.dms.last.text
    assert "Tom Reed — you talked" in ada.dms.last.text
    await ada.dms.last.press("It's sent")
    assert len(ada.dms) == 1
    assert ada.dms.last.buttons == ["Undo", "Undo"]


async def test_a_question_that_falls_into_quiet_hours_waits_for_the_morning(
    house: House,
) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 20:00")
    await house.until(datetime(2026, 11, 24, 7, 59, tzinfo=UTC))
    assert len(house.ada.dms) == 0
    await house.until(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    assert "How did it go?" in house.ada.dms.last.text


async def test_an_old_thank_you_is_not_asked_for(house: House) -> None:
    three_weeks_ago = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    await log_past_talk(house.ada, "Grace Hill", three_weeks_ago, "Ask early")
    await house.later(days=1)
    await house.later(days=1)
    thanks = ("no thank-you yet", "still welcome")
    assert [text for text in house.ada.dms.texts if any(t in text for t in thanks)] == []


async def test_a_member_who_travels_is_asked_by_their_new_clock(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.sandbox.change_zone("Ada Brook", "Asia/Tokyo")
    await house.settle()
    # In Tokyo the talk ends in the night: the question waits for eight o'clock there.
    await house.until(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    assert len(house.ada.dms) == 0
    await house.until(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    assert len(house.ada.dms) == 1


async def test_who_left_the_workspace_is_not_written_to_until_they_are_back(
    house: House,
) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.sandbox.deactivate("Ada Brook")
    await house.settle()
    await house.until(TUESDAY_4PM)
    assert len(house.ada.dms) == 0
    await house.sandbox.reactivate(house.ada.id)
    await house.settle()
    assert len(house.ada.dms) == 0
    await house.until(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert len(house.ada.dms) == 1
