"""Contacts as a member lives them: saving takes seconds, nothing typed is lost."""

import json

from tests.stories.conftest import House
from tests.stories.steps import add_contact


async def test_only_the_name_is_needed(house: House) -> None:
    await house.ada.command("/contact")
    house.ada.modal.fill({"Name": "Grace Hill"})
    await house.ada.modal.submit()
    assert "Grace Hill is on your list." in house.ada.answer.text


async def test_every_field_of_the_form_comes_back_when_it_is_edited(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Tom Reed at Acme")
    given = {
        "Name": "Grace Hill",
        "Company": "Acme",
        "Title": "Head of Data",
        "Path": "Product analyst",
        "What are they to you?": "Would be my boss",
        "Profile link": "https://example.org/in/grace",
        "E-mail": "grace@example.org",
        "Note": "Wrote about dashboards",
    }
    await ada.command("/contact")
    ada.modal.fill(given)
    await ada.modal.choose("How did you find them?", "Introduced by a contact")
    assert ada.modal.values["Note"] == "Wrote about dashboards"
    await ada.modal.pick("Introduced by", "tom")
    await ada.modal.submit()

    await ada.answer.choose("Edit")
    shown = ada.modal.values
    for label, value in given.items():
        assert shown[label] == value, label
    assert shown["Introduced by"] == "Tom Reed · Acme"
    ada.modal.fill({"Or a new path": "Data lead"})
    await ada.modal.submit()
    assert "Grace Hill is up to date." in ada.answer.text
    await ada.answer.choose("Edit")
    assert ada.modal.values["Path"] == "Data lead"


async def test_who_introduced_is_asked_only_when_it_fits_and_keeps_what_was_typed(
    house: House,
) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    assert "Introduced by" not in ada.modal.labels
    await ada.modal.choose("How did you find them?", "Introduced by a contact")
    assert "Introduced by" in ada.modal.labels
    assert ada.modal.values["Name"] == "Grace Hill"
    await ada.modal.choose("How did you find them?", "Met at an event")
    assert "Introduced by" not in ada.modal.labels


async def test_finding_forgives_a_typing_error(house: House) -> None:
    await add_contact(house.ada, "Grace Hill, Head of Data at Acme")
    await house.ada.command("/contact find grcae")
    assert "Grace Hill · Head of Data at Acme" in house.ada.answer.text
    await house.ada.command("/contact find acme")
    assert "Grace Hill" in house.ada.answer.text


async def test_who_is_not_found_can_be_added_at_once(house: House) -> None:
    await house.ada.command("/contact find Uma Singh")
    assert "Nobody found for “Uma Singh”" in house.ada.answer.text
    await house.ada.answer.press("Add contact")
    assert house.ada.modal.values["Name"] == "Uma Singh"


async def test_a_long_list_comes_in_pages_of_ten(house: House) -> None:
    for number in range(12):
        await add_contact(house.ada, f"Person {number}")
    await house.ada.command("/contact list")
    assert "1 to 10 of 12 contacts" in house.ada.answer.text
    await house.ada.answer.press("Show more")
    assert "11 to 12 of 12 contacts" in house.ada.answer.text
    assert "Person 0" in house.ada.answer.text


async def test_an_empty_list_says_what_to_do(house: House) -> None:
    await house.ada.command("/contact list")
    assert "Nobody here yet" in house.ada.answer.text
    assert house.ada.answer.buttons == ["Add contact"]


async def test_an_archived_contact_leaves_the_list_and_can_come_back(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/contact list")
    await ada.answer.choose("Archive")
    assert "Grace Hill is archived" in ada.answer.text
    undo = ada.answer
    await ada.command("/contact list")
    assert "Nobody here yet" in ada.answer.text
    await undo.press("Bring back")
    await ada.command("/contact list")
    assert "Grace Hill" in ada.answer.text


async def test_who_was_archived_long_ago_is_found_and_brought_back(house: House) -> None:
    """The line with the way back may be long gone: lists have whoever is archived."""
    ada = house.ada
    await add_contact(ada, "Grace Hill, CTO at Acme")
    await ada.answer.press("Archive")
    await add_contact(ada, "Tom Reed")
    await ada.command("/contact list")
    await ada.answer.choose("Archived")
    assert "1 contact · archived" in ada.answer.text
    assert "Grace Hill · CTO at Acme · archived" in ada.answer.text
    assert "Tom Reed" not in ada.answer.text
    assert ada.answer.buttons == ["Bring back"]
    await ada.answer.press("Bring back")
    assert "Grace Hill is back on your list." in ada.answer.text
    await ada.command("/contact list archived")
    assert "Nobody there: archived." in ada.answer.text


async def test_a_touch_moves_a_contact_along_the_road(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "I asked for a talk"})
    await ada.modal.submit()
    assert "1 name · 1 asked" in ada.home.text
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "They answered", "Note": "Thursday suits her"})
    await ada.modal.submit()
    assert "1 name · 1 answered" in ada.home.text


async def test_a_touch_that_is_still_to_come_is_refused_kindly(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.answer.press("Write a touch")
    tomorrow = house.now.replace(day=24)
    ada.modal.fill({"What happened?": "I asked for a talk", "When?": tomorrow, "Note": "Hello"})
    await ada.modal.submit()
    assert "still to come" in ada.modal.errors["When?"]
    assert ada.modal.values["Note"] == "Hello"


async def test_a_message_becomes_a_contact_with_its_author(house: House) -> None:
    message = await house.ben.post("#general", "I lead data at Acme & friends, ask me anything")
    await house.ada.message_shortcut("Save as contact", message)
    assert house.ada.modal.values["Name"] == "Ben Okafor"
    link, _, text = house.ada.modal.values["Note"].partition("\n")
    assert text == "I lead data at Acme & friends, ask me anything"
    assert link.startswith("https://") and link.endswith(f"/p{message.ts.replace('.', '')}")
    await house.ada.modal.submit()
    assert "Ben Okafor is on your list." in house.ada.answer.text


async def test_a_contact_leads_back_to_the_message_they_were_saved_from(house: House) -> None:
    """The permalink can be pressed; a link that a member typed stays words."""
    message = await house.ben.post("#general", "see https://acme.example")
    await house.ada.message_shortcut("Save as contact", message)
    await house.ada.modal.submit()
    await house.ada.command("/contact find Okafor")
    drawn = json.dumps(house.ada.answer.blocks)
    assert drawn.count('"type": "link"') == 1
    assert "Open the message" in house.ada.answer.text
    assert "see https://acme.example" in house.ada.answer.text


async def test_a_message_whose_link_slack_keeps_to_itself_becomes_a_contact_all_the_same(
    house: House,
) -> None:
    message = await house.ben.post("#general", "I lead data at Acme")
    house.sandbox.faults.next("chat.getPermalink", error="channel_not_found")
    await house.ada.message_shortcut("Save as contact", message)
    assert house.ada.modal.values["Note"] == "I lead data at Acme"
    house.sandbox.refusals.clear()


async def test_a_misspelt_sub_command_gets_the_nearest_right_form(house: House) -> None:
    ada = house.ada
    await ada.command("/contact lsit")
    assert "Did you mean this?" in ada.answer.text
    assert "/contact list" in ada.answer.text
    await ada.answer.press("It is a name: add contact")
    assert ada.modal.values["Name"] == "lsit"


async def test_a_name_like_a_sub_command_is_a_name(house: House) -> None:
    await house.ada.command("/contact Lis")
    assert house.ada.modal.values["Name"] == "Lis"


async def test_text_that_is_too_long_for_a_name_is_kept_in_the_note(house: House) -> None:
    typed = "Grace " * 100
    await house.ada.command(f"/contact {typed}")
    assert house.ada.modal.values["Note"].strip() == typed.strip()
    await house.ada.modal.submit()
    assert not house.ada.has_modal


async def test_the_buttons_of_home_open_the_two_forms(house: House) -> None:
    await house.ada.open_home()
    await house.ada.home.press("Add contact")
    assert house.ada.modal.title == "New contact"
    await house.ada.modal.close()
    await house.ada.home.press("Log a talk")
    assert house.ada.modal.title == "Log a talk"
