"""Every row of the design's table of errors: what the member sees, and what is kept."""

import asyncio
import io
import re

import pytest
from sqlalchemy import delete

from handlers.desk import Desk
from storage.models import Contact
from tests.outages import database_away
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk


async def test_a_wrong_field_is_named_and_everything_typed_is_kept(house: House) -> None:
    ada = house.ada
    await ada.command("/contact")
    ada.modal.fill({"Name": "   ", "Note": "Met at the meetup"})
    await ada.modal.submit()
    assert ada.modal.errors == {"Name": "A name is all it takes, a first name will do: Ada"}
    assert ada.modal.values["Note"] == "Met at the meetup"
    ada.modal.fill({"Name": "Grace Hill"})
    await ada.modal.submit()
    assert "Grace Hill is on your list." in ada.answer.text


async def test_a_command_not_understood_gets_the_nearest_right_form_and_an_example(
    house: House,
) -> None:
    await house.ada.command("/rapport hlep")
    assert house.ada.answer.is_ephemeral
    assert "Did you mean this?" in house.ada.answer.text
    assert "/rapport help" in house.ada.answer.text


async def test_a_form_stays_open_while_the_database_is_away(house: House) -> None:
    ada = house.ada
    await ada.command("/contact")
    typed = {"Name": "Grace Hill", "Company": "Acme", "Note": "Wrote about dashboards"}
    ada.modal.fill(typed)
    with database_away(house.database_url):
        await ada.modal.submit()
        assert "not saved yet" in ada.modal.errors["Name"]
        assert {label: ada.modal.values[label] for label in typed} == typed
    await ada.modal.submit()
    assert not ada.has_modal
    await ada.command("/contact list")
    assert "Grace Hill" in ada.answer.text
    assert ada.troubles == []


async def test_a_command_says_try_again_while_the_database_is_away(house: House) -> None:
    with database_away(house.database_url):
        await house.ada.command("/interview Grace Hill")
        assert "try again in a minute" in house.ada.answer.text
        assert not house.ada.has_modal
    assert house.ada.troubles == []


async def test_a_button_on_what_is_gone_is_told_and_replaced(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/contact list")
    async with house.memory.unscoped() as session:
        await session.execute(delete(Contact))
    await ada.answer.press("Log a talk")
    assert "not on your list any more" in ada.answer.text
    assert ada.answer.buttons == []


async def test_two_devices_at_once_answer_a_nudge_once(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await house.later(hours=7)
    await ada.open_home()
    asked = ada.dms.last
    await asyncio.gather(ada.home.press("They didn't show"), asked.press("It was called off"))
    endings = ("Grace Hill didn't show", "The talk with Grace Hill was called off")
    assert asked.text.startswith(endings)
    assert asked.buttons == ["Undo"]
    assert ada.troubles == []


async def test_a_slow_or_refusing_slack_is_told_when_it_cannot_be_mended(house: House) -> None:
    house.sandbox.faults.next("views.open", error="internal_error", times=10)
    await house.ada.command("/contact Grace Hill")
    assert "please try that once more" in house.ada.answer.text
    house.sandbox.refusals.clear()
    house.sandbox.faults.clear()
    await house.ada.command("/contact Grace Hill")
    assert house.ada.modal.values["Name"] == "Grace Hill"


async def test_a_hiccup_of_slack_goes_unnoticed(house: House) -> None:
    house.sandbox.faults.next("views.publish", status=503)
    await house.ada.open_home()
    assert "Your first talk is a message away" in house.ada.home.text
    house.sandbox.refusals.clear()


async def test_a_bug_is_an_apology_with_a_reference_that_the_log_has_too(
    house: House, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    async def stumble(desk: Desk) -> None:
        raise RuntimeError("secret words of a member")

    monkeypatch.setattr(Desk, "show_home", stumble)
    await add_contact(house.ada, "Grace Hill")
    assert "Sorry, that went wrong on my side" in house.ada.dms.last.text
    reference = re.search(r"[0-9a-f]{8}$", house.ada.dms.last.text.strip())
    assert reference is not None
    assert reference.group() in log.getvalue()
    assert "secret words" not in log.getvalue()
    monkeypatch.undo()
    await house.ada.command("/contact list")
    assert "Grace Hill" in house.ada.answer.text


async def test_a_form_that_reaches_the_bot_twice_is_saved_once(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    form = ada.modal
    await asyncio.gather(form.submit(), form.submit())
    assert not ada.has_modal
    await ada.command("/contact list")
    assert "1 contact," in ada.answer.text


async def test_a_line_that_is_cut_in_the_middle_loses_nothing_that_was_typed(
    house: House,
) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    house.sandbox.cut_sockets()
    await ada.modal.submit()
    if ada.has_modal:
        assert ada.modal.values["Name"] == "Grace Hill"
        await ada.modal.submit()
    await ada.command("/contact list")
    assert "1 contact," in ada.answer.text
