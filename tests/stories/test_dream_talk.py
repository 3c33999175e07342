"""The one dream talk: named, moved, and asked for once there was some practice."""

from datetime import date

from tests.stories.conftest import House
from tests.stories.steps import add_contact, at, log_past_talk, plan_talk, write_touch


async def test_one_contact_is_named_and_naming_another_moves_it(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await add_contact(ada, "Tom Reed")
    await ada.command("/contact find Grace")
    await ada.answer.press("Make it my dream talk")
    assert ada.answer.text.startswith("Grace Hill is your dream talk now. Best asked after a few")
    assert "Your dream talk: Grace Hill · Acme. Best asked after a few practice" in ada.home.text
    await ada.command("/contact list")
    assert "Grace Hill · Acme · to ask · your dream talk" in ada.answer.text

    await ada.command("/contact find Tom")
    await ada.answer.press("Make it my dream talk")
    assert "Tom Reed is your dream talk now, in place of Grace Hill." in ada.answer.text
    named = ada.answer
    assert "Your dream talk: Tom Reed." in ada.home.text and "Grace Hill" not in ada.home.text
    await named.press("Not my dream talk any more")
    assert "Tom Reed is not your dream talk any more" in ada.answer.text
    assert "dream" not in ada.home.text
    await ada.answer.press("Make it my dream talk")
    await ada.home.press("Open their story")
    assert "Tom Reed · to ask · your dream talk" in ada.dms.last.text


async def test_home_names_the_next_step_with_them(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    await ada.answer.press("Make it my dream talk")
    for number in (1, 2, 3):
        await add_contact(ada, f"Colleague {number}")
        assert "a good time to ask" not in ada.home.text
        await log_past_talk(ada, f"Colleague {number}", at(date(2026, 11, number + 2), 11), "Much")
    assert "You have some talks behind you: a good time to ask." in ada.home.text
    await ada.home.press("Draft it", ada.home.buttons.count("Draft it") - 1)
    assert ada.modal.title == "Draft"
    await ada.modal.close()
    await write_touch(ada, "Grace Hill", "I asked for a talk")
    assert "You asked; now it is theirs to answer." in ada.home.text
    await write_touch(ada, "Grace Hill", "They answered")
    assert "They answered. Find a time." in ada.home.text
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    assert "Your dream talk" not in ada.home.text and "Grace Hill · Acme" in ada.home.text


async def test_archived_they_are_off_home_and_brought_back_they_are_there_again(
    house: House,
) -> None:
    ada, ben = house.ada, house.ben
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    await ada.answer.press("Make it my dream talk")
    await ben.open_home()
    assert "dream" not in ben.home.text
    await ada.answer.choose("Archive")
    assert "dream" not in ada.home.text
    await ada.answer.press("Bring back")
    assert "Your dream talk: Grace Hill" in ada.home.text
