"""Saving somebody who is on the list already is noticed, and nothing typed is lost."""

import pytest

from tests.stories.conftest import House
from tests.stories.steps import add_contact

WHO = "You have somebody like this on your list. Who is it?"


async def contacts_counted(house: House) -> str:
    await house.ada.command("/contact list")
    return house.ada.answer.text.splitlines()[0].split(",")[0]


@pytest.mark.parametrize("typed", ["grace hill at acme", "Grace Hil at Acme", "Grace Hill"])
async def test_who_is_like_somebody_on_the_list_is_asked_about(house: House, typed: str) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command(f"/contact {typed}")
    ada.modal.fill({"Title": "CTO", "Note": "Met again"})
    await ada.modal.submit()
    assert ada.modal.labels[0] == WHO
    form = house.sandbox.workspace.stacks[ada.id][-1]
    assert "On your list since 23 November 2026" in str(form.blocks)
    # What was typed stands in the form as before.
    assert (ada.modal.values["Title"], ada.modal.values["Note"]) == ("CTO", "Met again")
    ada.modal.fill({WHO: "It is Grace Hill · Acme"})
    await ada.modal.submit()
    assert "Grace Hill is up to date." in ada.answer.text
    assert await contacts_counted(house) == "1 contact"
    assert "Grace Hill · CTO at Acme" in ada.answer.text and "Met again" in ada.answer.text


async def test_somebody_new_of_the_same_name_is_saved_beside_the_other(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/contact Grace Hill")
    await ada.modal.submit()
    ada.modal.fill({WHO: "Somebody new"})
    await ada.modal.submit()
    assert "Grace Hill is on your list." in ada.answer.text
    assert await contacts_counted(house) == "2 contacts"


async def test_an_e_mail_address_tells_that_two_are_one(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"E-mail": "grace@example.org"})
    await ada.modal.submit()
    await ada.command("/contact G. Miller at Beta")
    ada.modal.fill({"E-mail": "grace@example.org"})
    await ada.modal.submit()
    assert ada.modal.labels[0] == WHO


@pytest.mark.parametrize("typed", ["Grace Hill at Beta", "Tom Reed at Acme"])
async def test_who_is_another_person_is_saved_at_once(house: House, typed: str) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await add_contact(house.ada, typed)
    assert not house.ada.has_modal
    assert await contacts_counted(house) == "2 contacts"


async def test_an_edit_that_makes_two_alike_asks_whether_they_are_one(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await add_contact(ada, "Tom Reed at Beta")
    await ada.answer.press("Edit")
    ada.modal.fill({"Note": "Knows everybody"})
    await ada.modal.submit()
    assert "Is this the same person" not in ada.answer.text
    await ada.answer.press("Edit")
    ada.modal.fill({"Name": "Grace Hil", "Company": "Acme"})
    await ada.modal.submit()
    assert "Grace Hil is up to date." in ada.answer.text
    assert "Is this the same person as Grace Hill · Acme?" in ada.answer.text
    assert "Join the two …" in ada.answer.fallback
    await ada.answer.press("Join the two …")
    # Whom she had first stays.
    assert "Grace Hill · Acme stays on your list" in ada.modal.text
    assert "From Grace Hil · Acme: 0 things that passed and 0 talks" in ada.modal.text
    await ada.modal.submit()
    assert "are one now. Nothing is lost." in ada.answer.text
    assert await contacts_counted(house) == "1 contact"


async def test_who_was_met_may_be_somebody_on_the_list(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.say("met Grace Hil, CTO at Acme")
    assert "Is this the same person as Grace Hill · Acme?" in ada.dms.last.text
    await ada.dms.last.press("Join the two …")
    assert ada.modal.title == "The same person"


async def test_pasted_names_that_may_be_on_the_list_are_marked(house: House) -> None:
    """Before they are saved: a slip in the name, or the same address under another name."""
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"E-mail": "grace@example.org"})
    await ada.modal.submit()
    await ada.open_home()
    await ada.home.press("Write down more names")
    lines = "Grace Hil at Acme\nG. H., grace@example.org\nGrace Hill at Acme\nUma Singh at Acme\n?!"
    ada.modal.fill({"Who could you learn from?": lines})
    await ada.modal.submit()
    shown = ada.modal.text
    assert "Grace Hil · Acme — like Grace Hill, whom you have" in shown
    assert "G. H. · grace@example.org — like Grace Hill, whom you have" in shown
    assert "Grace Hill · Acme — on your list already" in shown
    assert "Uma Singh · Acme — " not in shown
    # What could not be read is named, too.
    assert "stays in the box:\n?!" in shown
