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
