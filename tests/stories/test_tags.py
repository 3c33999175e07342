"""Tags: given while saving, shown on cards, found and listed by."""

from tests.stories.conftest import House
from tests.stories.steps import add_contact


async def test_tags_are_given_in_the_command_and_in_the_form(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill, CTO at Acme #alumni #berlin")
    assert ada.modal.values["Name"] == "Grace Hill"
    assert ada.modal.values["Tags"] == "alumni, berlin"
    ada.modal.fill({"Tags": "alumni, Berlin, met in spring"})
    await ada.modal.submit()
    await ada.command("/contact find Grace")
    assert "#alumni · #Berlin · #met in spring" in ada.answer.text


async def test_a_list_by_tag_by_the_words_and_by_the_menu(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme #berlin")
    await add_contact(ada, "Tom Reed at Cask #east-berlin")
    await ada.command("/contact list tag Berlin")
    assert "1 contact · tag Berlin" in ada.answer.text
    assert "Grace Hill" in ada.answer.text and "Tom Reed" not in ada.answer.text
    await ada.answer.choose("#east-berlin")
    assert "Tom Reed" in ada.answer.text and "Grace Hill" not in ada.answer.text
    await ada.command("/contact list tag paris")
    assert "Nobody there: tag paris." in ada.answer.text


async def test_people_are_found_by_a_tag_despite_a_typing_error(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme #conference")
    await add_contact(ada, "Tom Reed at Cask")
    for typed in ("conference", "#conference", "confrence"):
        await ada.command(f"/contact find {typed}")
        assert "Grace Hill" in ada.answer.text and "Tom Reed" not in ada.answer.text


async def test_too_many_or_too_long_tags_are_told_under_the_field(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    for wrong in (", ".join("abcdefghijk"), "x" * 31):
        ada.modal.fill({"Tags": wrong})
        await ada.modal.submit()
        assert "Up to 10, of up to 30 letters each" in ada.modal.errors["Tags"]
        assert ada.modal.values["Tags"] == wrong
    ada.modal.fill({"Tags": ""})
    await ada.modal.submit()
    assert not ada.has_modal


async def test_saving_somebody_again_adds_their_tags(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme #berlin")
    await ada.command("/contact Grace Hill at Acme #alumni")
    await ada.modal.submit()
    ada.modal.fill(
        {"You have somebody like this on your list. Who is it?": "It is Grace Hill · Acme"}
    )
    await ada.modal.submit()
    await ada.command("/contact find Grace")
    assert "#berlin · #alumni" in ada.answer.text


async def test_pasted_names_bring_their_tags(house: House) -> None:
    ada = house.ada
    await ada.say("met Uma Ross, CTO at Acme #meetup at the meetup")
    await ada.command("/contact list tag meetup")
    assert "Uma Ross" in ada.answer.text


async def test_nobody_sees_anothers_tags(house: House) -> None:
    await add_contact(house.ada, "Grace Hill #berlin")
    await add_contact(house.ben, "Tom Reed")
    await house.ben.command("/contact list")
    assert not [option for option in house.ben.answer.menu_options if "berlin" in option]
