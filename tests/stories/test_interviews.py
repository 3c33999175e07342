"""Talks: planned, past, moved, called off, not shown up to."""

from datetime import UTC, datetime

from tests.stories.conftest import House
from tests.stories.steps import add_contact, log_past_talk, plan_talk

LAST_FRIDAY = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
TUESDAY_3PM = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TUESDAY_4PM = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
THURSDAY_10AM = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


async def test_a_time_typed_after_the_command_is_meant_in_the_members_own_zone(
    house: House,
) -> None:
    await house.ben.command("/interview Grace Hill tuesday 3pm")
    in_new_york = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert house.ben.modal.values["When?"] == in_new_york.timestamp()
    assert house.ben.modal.values["Or someone new"] == "Grace Hill"


async def test_somebody_new_can_be_named_in_the_form(house: House) -> None:
    await house.ada.command("/interview")
    house.ada.modal.fill({"Or someone new": "Uma Singh, CTO at Acme", "When?": TUESDAY_3PM})
    await house.ada.modal.submit()
    assert "Your talk with Uma Singh is planned: " in house.ada.answer.text
    await house.ada.command("/contact find uma")
    assert "Uma Singh · CTO at Acme · talk ahead" in house.ada.answer.text


async def test_the_type_ahead_offers_the_members_own_contacts(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await add_contact(house.ada, "Tom Reed at Bolt")
    await add_contact(house.ben, "Grace Kelly")
    await house.ada.shortcut("Log a talk")
    assert await house.ada.modal.type_ahead("With whom?", "grac") == ["Grace Hill · Acme"]
    assert len(await house.ada.modal.type_ahead("With whom?", "")) == 2


async def test_with_whom_and_when_are_asked_for_kindly(house: House) -> None:
    await house.ada.command("/interview")
    house.ada.modal.fill({"When?": TUESDAY_3PM, "Where, or which link?": "https://example.org/x"})
    await house.ada.modal.submit()
    assert "Choose somebody above" in house.ada.modal.errors["Or someone new"]
    assert house.ada.modal.values["Where, or which link?"] == "https://example.org/x"


async def test_a_past_talk_goes_on_to_the_debrief(house: House) -> None:
    await log_past_talk(house.ada, "Grace Hill", LAST_FRIDAY, "Meetings are the work")
    assert "What you learned from Grace Hill is saved." in house.ada.answer.text
    assert "1 talked" in house.ada.home.text
    await house.ada.answer.press("Change my notes")
    assert house.ada.modal.values["The one thing I learned"] == "Meetings are the work"


async def test_a_talk_that_moved_is_asked_about_after_its_new_time(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await house.until(TUESDAY_4PM)
    question = ada.dms.last
    await question.press("It moved")
    ada.modal.fill({"When?": THURSDAY_10AM})
    await ada.modal.submit()
    assert "The talk with Grace Hill has moved" in ada.dms.messages[0].text
    assert ada.dms.messages[0].buttons == []
    asked = sum("How did it go?" in text for text in ada.dms.texts)
    assert asked == 0
    await house.until(THURSDAY_10AM.replace(hour=11))
    assert "How did it go?" in ada.dms.last.text


async def test_a_talk_can_be_moved_before_it_happens_and_nothing_is_asked_in_between(
    house: House,
) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await ada.home.press("Move it")
    ada.modal.fill({"When?": THURSDAY_10AM})
    await ada.modal.submit()
    await house.until(TUESDAY_4PM)
    assert not any("How did it go?" in text for text in ada.dms.texts)


async def test_a_talk_that_was_called_off_leaves_a_line_and_no_thank_you(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await house.until(TUESDAY_4PM)
    await ada.dms.last.choose("It was called off")
    await house.later(days=3)
    record, offer = [text for text in ada.dms.texts if "Grace Hill" in text]
    assert record == "The talk with Grace Hill was called off.\nUndo"
    assert offer.startswith("The talk with Grace Hill is called off. It happens")


async def test_who_did_not_show_up_is_taken_lightly(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await house.until(TUESDAY_4PM)
    await ada.dms.last.choose("They didn't show")
    assert "Grace Hill didn't show. It happens" in ada.dms.last.text
    await house.later(days=3)
    record, _offer = [text for text in ada.dms.texts if "Grace Hill" in text]
    assert record == "Grace Hill didn't show.\nUndo"


async def test_a_second_talk_with_the_same_person_has_its_own_question(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await plan_talk(ada, "Grace Hill", "thursday 10am")
    await house.until(TUESDAY_4PM)
    await house.until(THURSDAY_10AM.replace(hour=11))
    assert sum("How did it go?" in text for text in ada.dms.texts) == 2


async def test_a_first_name_finds_the_one_who_is_meant(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ada.command("/interview grace tomorrow 3pm")
    assert house.ada.modal.values["With whom?"] == ["Grace Hill · Acme"]
    await house.ada.modal.submit()
    await house.ada.command("/contact list")
    assert "1 contact," in house.ada.answer.text


async def test_a_bare_name_that_is_on_the_list_makes_no_second_contact(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ada.shortcut("Log a talk")
    house.ada.modal.fill({"Or someone new": "grace hill", "When?": TUESDAY_3PM})
    await house.ada.modal.submit()
    await house.ada.command("/contact list")
    assert "1 contact," in house.ada.answer.text


async def test_a_slip_in_the_year_is_asked_about(house: House) -> None:
    await house.ada.command("/interview Grace Hill")
    house.ada.modal.fill({"When?": datetime(2206, 11, 24, 15, 0, tzinfo=UTC)})
    await house.ada.modal.submit()
    assert "That is the year 2206" in house.ada.modal.errors["When?"]


async def test_an_archived_contact_is_not_asked_about(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await ada.command("/contact list")
    await ada.answer.choose("Archive")
    await house.until(TUESDAY_4PM)
    assert len(ada.dms) == 0
    await ada.answer.press("Bring back")
    assert "How did it go?" in ada.dms.last.text
