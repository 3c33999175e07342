"""A talk in the member's own calendar: put in, moved with it, taken out again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from sandbox.driver import Member, Message
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk

TUESDAY_3PM = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
THURSDAY_10AM = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def events(member: Member) -> list[Any]:
    """The event in each calendar file that a member got, the oldest first, with its METHOD."""
    found = []
    for content in (content for message in member.dms for content in message.files.values()):
        calendar = Calendar.from_ical(content)
        [event] = calendar.walk("VEVENT")
        event["METHOD"] = calendar["METHOD"]
        found.append(event)
    return found


async def talk_on_tuesday(house: House) -> None:
    """Have Ada plan a talk with Grace, with all that a calendar shows."""
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ada.command("/interview Grace Hill tuesday 3pm")
    house.ada.modal.fill({"Where, or which link?": "Room 4", "How?": "At their office"})
    await house.ada.modal.submit()


async def move(member: Member, to: datetime) -> None:
    """Move the one talk in Home."""
    await member.home.press("Move it")
    member.modal.fill({"When?": to})
    await member.modal.submit()


def called_off(member: Member) -> Message:
    """The line which says that a talk was called off."""
    return next(message for message in member.dms if "is called off. It happens" in message.text)


async def test_a_talk_goes_into_the_calendar_at_a_press(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    assert events(ada) == []
    await ada.answer.press("Add to calendar")
    [event] = events(ada)
    assert event.decoded("dtstart") == TUESDAY_3PM
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Talk with Grace Hill", "Room 4")
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert list(ada.dms.last.files) == ["talk-2026-11-24.ics"]
    assert "Open this to have your talk with Grace Hill in your calendar" in ada.dms.last.text
    assert ada.answer.text == "The calendar file for your talk with Grace Hill is in our DM."
    # It went to her alone.
    assert len(house.ben.dms) == 0


async def test_whoever_has_the_file_gets_a_new_one_when_the_talk_moves(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await move(ada, THURSDAY_10AM)
    first, second = events(ada)
    assert second.decoded("dtstart") == THURSDAY_10AM
    assert (first["UID"], first["SEQUENCE"] + 1) == (second["UID"], second["SEQUENCE"])
    assert "has changed" in ada.dms.last.text
    # Saved without a change there is nothing new to send.
    await ada.home.press("Move it")
    await ada.modal.submit()
    assert len(events(ada)) == 2


async def test_whoever_has_no_file_is_sent_none(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await move(ada, THURSDAY_10AM)
    await ada.home.press("It was called off")
    assert events(ada) == []


async def test_a_talk_that_was_called_off_leaves_the_calendar_and_can_come_back(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await ada.home.press("It was called off")
    off = called_off(ada)
    [first, cancelled] = events(ada)
    assert (cancelled["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (cancelled["UID"], cancelled["SEQUENCE"]) == (first["UID"], 1)
    assert "Next talks" not in ada.home.text
    await off.press("It takes place")
    assert "Next talks" in ada.home.text
    assert [event["METHOD"] for event in events(ada)] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert events(ada)[-1]["SEQUENCE"] == 2


async def test_a_new_time_brings_a_talk_that_was_called_off_back_into_the_calendar(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await ada.home.press("It was called off")
    await called_off(ada).press("Find a new time")
    ada.modal.fill({"When?": THURSDAY_10AM})
    await ada.modal.submit()
    last = events(ada)[-1]
    assert (last["METHOD"], last["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert last.decoded("dtstart") == THURSDAY_10AM
    assert last["SEQUENCE"] > events(ada)[0]["SEQUENCE"]


async def test_a_talk_called_off_when_it_was_asked_about_leaves_the_calendar_too(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await house.until(TUESDAY_3PM.replace(hour=16))
    question = next(message for message in ada.dms if "How did it go?" in message.text)
    await question.choose("It was called off")
    assert [event["METHOD"] for event in events(ada)] == ["PUBLISH", "CANCEL"]


async def test_a_talk_that_is_deleted_leaves_the_calendar_and_undo_brings_it_back(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await ada.command("/contact find Grace")
    await ada.answer.choose(
        "24 November 2026 · Talk planned with Grace Hill", menu="Correct an entry …"
    )
    await ada.answer.press("Delete")
    assert "takes it out of your calendar" in ada.answer.text
    [first, cancelled] = events(ada)
    assert (cancelled["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (cancelled["UID"], cancelled["SEQUENCE"]) == (first["UID"], 1)
    assert "is deleted. Open this, and it leaves your calendar." in ada.dms.last.text
    await ada.answer.press("Undo")
    assert [event["METHOD"] for event in events(ada)] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert events(ada)[-1]["SEQUENCE"] == 2


async def test_a_deleted_talk_that_is_in_no_calendar_brings_no_file(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    planned = ada.answer
    await ada.command("/contact find Grace")
    await ada.answer.choose(
        "24 November 2026 · Talk planned with Grace Hill", menu="Correct an entry …"
    )
    await ada.answer.press("Delete")
    await planned.press("Add to calendar")
    assert events(ada) == []


async def test_an_old_button_takes_nothing_back_that_has_happened_since(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.home.press("It was called off")
    off = called_off(ada)
    await off.press("Find a new time")
    ada.modal.fill({"When?": THURSDAY_10AM})
    await ada.modal.submit()
    await house.until(THURSDAY_10AM.replace(hour=11))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    await ada.modal.close()
    await off.press("It takes place")
    assert off.text == "Your talk with Grace Hill is not ahead any more."
    assert "1 talked" in ada.home.text


async def test_whoever_did_not_show_up_and_comes_another_day_is_the_same_event(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    planned = ada.answer
    await planned.press("Add to calendar")
    await house.until(TUESDAY_3PM.replace(hour=16))
    question = next(message for message in ada.dms if "How did it go?" in message.text)
    await question.choose("They didn't show")
    assert len(events(ada)) == 1
    await planned.press("Move it")
    ada.modal.fill({"When?": THURSDAY_10AM})
    await ada.modal.submit()
    first, second = events(ada)
    assert second["UID"] == first["UID"]
    assert second.decoded("dtstart") == THURSDAY_10AM


async def test_a_second_talk_with_the_same_person_is_another_event(house: House) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    await plan_talk(ada, "Grace Hill", "thursday 10am")
    await ada.answer.press("Add to calendar")
    first, second = events(ada)
    assert first["UID"] != second["UID"]


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_file_that_did_not_get_through_can_be_tried_again(house: House, step: str) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    house.sandbox.faults.next(step, error="internal_error", times=3)
    await ada.answer.press("Add to calendar")
    assert events(ada) == []
    assert "did not get through. The talk itself is saved." in ada.dms.last.text
    house.sandbox.faults.clear()
    await ada.dms.last.press("Try again")
    assert len(events(ada)) == 1


async def test_a_change_whose_file_did_not_get_through_is_saved_all_the_same(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_tuesday(house)
    await ada.answer.press("Add to calendar")
    house.sandbox.faults.next("files.completeUploadExternal", error="file_update_failed")
    await move(ada, THURSDAY_10AM)
    assert not ada.has_modal
    assert len(events(ada)) == 1
    await ada.dms.last.press("Try again")
    assert events(ada)[-1].decoded("dtstart") == THURSDAY_10AM
    assert "has changed" in ada.dms.last.text
