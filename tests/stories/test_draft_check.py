"""`/rapport check`: a message is read before it goes out; nothing typed is lost, nothing kept."""

import pytest
from sqlalchemy import text

from tests.stories.conftest import House
from tests.stories.test_hostile_text import HOSTILE

GOOD = "Hi Grace, we both studied at Leeds. Could we talk for 20 minutes on Tuesday? Thank you, Ada"
BAD = """\
To whom it may concern,

I am looking for a job in your field. My CV is attached."""


async def test_a_message_behind_the_command_is_checked_at_once(house: House) -> None:
    await house.ada.command(f"/rapport check {BAD}")
    modal = house.ada.modal
    assert modal.title == "Draft check"
    assert modal.values["Your message"] == BAD
    assert "It asks for a job · line 3" in modal.text
    assert "“I am looking for a job in your field.”" in modal.text
    assert "The talk is to learn." in modal.text
    assert "Better: “I would like to learn what the work is really like.”" in modal.text
    assert "The opening could go to anybody · line 1" in modal.text
    assert "It attaches something · line 3" in modal.text


async def test_without_a_message_there_is_a_box_for_it(house: House) -> None:
    ada = house.ada
    await ada.command("/rapport check")
    assert ada.modal.labels == ["What is it for?", "Your message"]
    assert ada.modal.values["What is it for?"] == "Asking for a talk"
    assert "to look at" not in ada.modal.text
    ada.modal.fill({"Your message": GOOD})
    await ada.modal.submit()
    assert "Nothing to change." in ada.modal.text
    assert "18 words; aim for 75, at most 100." in ada.modal.text


async def test_what_is_mended_is_checked_again_and_nothing_typed_is_lost(house: House) -> None:
    ada = house.ada
    await ada.command("/rapport check")
    ada.modal.fill({"Your message": BAD})
    await ada.modal.submit()
    assert ada.modal.values["Your message"] == BAD
    assert ada.modal.submit_label == "Check again"
    ada.modal.fill({"Your message": GOOD.replace("Leeds", "⟨where⟩")})
    await ada.modal.submit()
    assert "One thing to look at" in ada.modal.text
    assert "A blank is left to fill · line 1\n“⟨where⟩”" in ada.modal.text
    ada.modal.fill({"Your message": GOOD})
    await ada.modal.submit()
    assert "Nothing to change." in ada.modal.text


async def test_a_thank_you_is_not_asked_for_what_an_ask_needs(house: House) -> None:
    ada = house.ada
    thanks = "Hi Grace, thank you for the talk. What you said about maps stays with me. Ada"
    await ada.command(f"/rapport check {thanks}")
    assert ada.modal.values["What is it for?"] == "Saying thank you"
    assert "Nothing to change." in ada.modal.text
    ada.modal.fill({"What is it for?": "Asking for a talk"})
    await ada.modal.submit()
    assert "No clear ask" in ada.modal.text


async def test_an_empty_message_is_refused_kindly(house: House) -> None:
    await house.ada.command("/rapport check")
    house.ada.modal.fill({"Your message": "   "})
    await house.ada.modal.submit()
    assert list(house.ada.modal.errors) == ["Your message"]


async def test_nothing_of_it_is_stored_or_said_anywhere(house: House) -> None:
    ada = house.ada
    await ada.command(f"/rapport check {BAD} Zanzibar")
    await ada.modal.submit()
    await ada.modal.close()
    assert ada.answers == []
    assert len(ada.dms) == 0
    async with house.memory.unscoped() as session:
        for table in ("touches", "contacts", "debriefs", "nudges"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


async def test_a_mention_in_it_becomes_a_name(house: House) -> None:
    await house.ada.command("/rapport check Hi @Ben Okafor, could we talk?")
    assert house.ada.modal.values["Your message"] == "Hi Ben Okafor, could we talk?"


@pytest.mark.parametrize("typed", HOSTILE)
async def test_hostile_text_stays_as_typed_and_pings_nobody(house: House, typed: str) -> None:
    ada = house.ada
    await ada.command("/rapport check")
    ada.modal.fill({"Your message": f"{typed} I need a job."})
    await ada.modal.submit()
    assert ada.modal.values["Your message"] == f"{typed} I need a job."
    assert "It asks for a job" in ada.modal.text
    assert all(not message.notifies for message in ada.answers)


async def test_a_misspelt_check_gets_the_right_form(house: House) -> None:
    await house.ada.command("/rapport chek")
    assert "/rapport check" in house.ada.answer.text
    await house.ada.command("/rapport help")
    assert "/rapport check" in house.ada.answer.text
