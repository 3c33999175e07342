"""The days of a talk: unprepared, the brief, an hour before, how did it go, and again once."""

from datetime import date

import pytest

from tests.stories.conftest import House
from tests.stories.steps import add_contact, at, plan_talk, prepare, said

WEDNESDAY, THURSDAY = date(2026, 12, 2), date(2026, 12, 3)
FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)


async def talk_on_friday(house: House) -> None:
    """Have Ada plan a talk with Grace for Friday week at three."""
    await add_contact(house.ada, "Grace Hill at Acme")
    await plan_talk(house.ada, "Grace Hill", "2026-12-04 15:00")


async def test_prepare_pressed_when_the_talk_has_begun_brings_the_message_up_to_date(
    house: House,
) -> None:
    ada = house.ada
    await talk_on_friday(house)
    await house.until(at(WEDNESDAY, 9))
    nudge = ada.dms.last
    await ada.command("/followups")
    listed = ada.answer
    assert "Prepare" in listed.buttons
    await house.until(at(FRIDAY, 15))
    await nudge.press("Prepare")
    assert not ada.has_modal
    assert nudge.text == "Your talk with Grace Hill (Today at 3:00 PM)."
    # So does the list that was asked for before.
    await listed.press("Prepare")
    assert not ada.has_modal
    assert "nothing is prepared" not in ada.answer.text
    # The talk may move all the same, and then it can be prepared for.
    await house.until(at(FRIDAY, 16))
    await ada.dms.last.press("It moved")
    ada.modal.fill({"When?": at(date(2026, 12, 9), 15)})
    await ada.modal.submit()
    assert "has moved" in ada.dms.last.text


async def test_prepare_for_a_talk_that_was_called_off_says_so(house: House) -> None:
    ada = house.ada
    await talk_on_friday(house)
    await house.until(at(WEDNESDAY, 9))
    nudge = ada.dms.last
    await ada.command("/followups")
    listed = ada.answer
    await house.until(at(FRIDAY, 16))
    await ada.dms.last.choose("It was called off")
    assert nudge.text == "The talk with Grace Hill was called off."
    await listed.press("Prepare")
    assert not ada.has_modal
    assert "nothing is prepared" not in ada.answer.text


async def test_a_talk_is_prepared_briefed_announced_and_asked_about(house: House) -> None:
    ada = house.ada
    await talk_on_friday(house)
    # Three days before is Tuesday at three: the next digest is Wednesday's.
    await house.until(at(WEDNESDAY, 8, 59))
    assert said(ada, "Grace Hill") == 0
    await house.until(at(WEDNESDAY, 9))
    unprepared = ada.dms.last
    assert "Your talk with Grace Hill · Acme" in unprepared.text
    assert "nothing is prepared yet" in unprepared.text
    await unprepared.press("Prepare")
    await prepare(ada)
    assert unprepared.buttons == []
    assert said(ada, "nothing is prepared yet") == 0

    await house.until(at(THURSDAY, 8, 59))
    assert said(ada, "Your next talk") == 0
    await house.until(at(THURSDAY, 9))
    brief = ada.dms.last
    assert "Your next talk is with Grace Hill · Acme (Tomorrow at 3:00 PM)." in brief.text
    assert "What does a bad week look like?" in brief.text
    await brief.press("Fine")

    await house.until(at(FRIDAY, 9))
    await house.until(at(FRIDAY, 13, 59))
    assert said(ada, "Soon you talk") == 0
    await house.until(at(FRIDAY, 14))
    soon = ada.dms.last
    assert soon.text.startswith("Soon you talk with Grace Hill · Acme (Today at 3:00 PM).")
    # It comes on its own: no settings below it.
    assert soon.buttons == ["Fine"]

    await house.until(at(FRIDAY, 15, 59))
    assert said(ada, "How did it go?") == 0
    await house.until(at(FRIDAY, 16))
    assert ada.dms.last.text.startswith("You were to talk with Grace Hill · Acme")
    # No answer: once more, with the next digest, and never again.
    await house.until(at(MONDAY, 9))
    again = ada.dms.last
    assert "Did your talk with Grace Hill · Acme" in again.text
    asked = said(ada, "Did your talk") + said(ada, "How did it go?")
    for _ in range(3):
        await house.later(days=1)
    assert said(ada, "Did your talk") + said(ada, "How did it go?") == asked
    await again.choose("They didn't show")
    assert again.text == "Grace Hill didn't show.\nUndo"
    assert said(ada, "How did it go?") == 0


@pytest.mark.parametrize(
    ("ending", "said_of_it"),
    [
        ("They didn't show", "Grace Hill didn't show. It happens; a short line"),
        ("It was called off", "The talk with Grace Hill is called off. It happens; a short line"),
    ],
)
async def test_after_a_talk_that_fell_through_a_new_one_is_one_press_away(
    house: House, ending: str, said_of_it: str
) -> None:
    ada = house.ada
    await talk_on_friday(house)
    await house.until(at(FRIDAY, 16))
    asked = ada.dms.last
    await asked.choose(ending)
    offer = ada.dms.last
    assert offer.text.startswith(said_of_it)
    assert offer.buttons == ["Draft it", "Find a new time"]
    await offer.press("Draft it")
    assert ada.modal.values["What is it?"] == "Another time for a talk"
    assert "Our talk did not come about" in ada.modal.text
    await ada.modal.close()
    # They had said yes to a talk: nobody is asked, or waited for, as if nothing had gone out.
    await ada.command("/contact find Grace")
    assert "Grace Hill · Acme · answered" in ada.answer.text
    assert "Find a time: they answered." in ada.answer.text
    await offer.press("Find a new time")
    ada.modal.fill({"When?": at(date(2026, 12, 9), 15)})
    await ada.modal.submit()
    assert "Grace Hill" in ada.home.text and "Next talks" in ada.home.text
    # An answer is given once.
    assert asked.buttons == ["Undo"]
    assert said(ada, "a short line to find another time") == 1


async def test_a_brief_after_the_talk_is_never_sent(house: House) -> None:
    ada = house.ada
    await talk_on_friday(house)
    await house.until(at(FRIDAY, 16))
    assert said(ada, "Your next talk") == said(ada, "Soon you talk") == 0
    assert said(ada, "nothing is prepared") == 0
    assert said(ada, "How did it go?") == 1


async def test_whoever_is_prepared_is_not_told_to_prepare(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/interview Grace Hill 2026-12-04 15:00")
    ada.modal.fill({"What do I want to learn?": "How her team decides"})
    await ada.modal.submit()
    await house.until(at(WEDNESDAY, 9))
    assert said(ada, "Grace Hill") == 0
