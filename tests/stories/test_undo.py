"""Undo on what was pressed: the state before is back; a late or second press does no harm."""

from datetime import date, timedelta

from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, plan_talk, said, write_touch
from tests.stories.test_nudges import thank_you_due
from tests.stories.test_settings import change, promise_due_on

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


async def test_its_sent_is_taken_back_with_the_thank_you_that_it_logged(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.press("It's sent")
    assert nudge.text == "You thanked Grace Hill.\nUndo"
    assert "Undo" in nudge.fallback
    await nudge.press("Undo")
    assert "no thank-you yet" in nudge.text
    assert "It's sent" in nudge.buttons
    await ada.command("/contact find Grace")
    assert "Grace Hill · talked" in ada.answer.text
    assert "I said thank you" not in ada.answer.text
    await nudge.press("It's sent")
    await ada.command("/contact find Grace")
    assert ada.answer.text.count("I said thank you") == 1


async def test_a_skip_is_taken_back_and_the_thank_you_comes_once_more(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.press("Skip")
    await nudge.press("Undo")
    assert "no thank-you yet" in nudge.text
    await house.until(at(WEDNESDAY, 18))
    await house.later(days=1)
    assert said(ada, "still welcome") == 1


async def test_called_off_and_did_not_show_are_taken_back(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await house.until(at(MONDAY, 16))
    question = ada.dms.last
    for ending, told in (("It was called off", "was called off"), ("They didn't show", "didn't")):
        await question.choose(ending)
        assert told in question.text and question.buttons == ["Undo"]
        await question.press("Undo")
        assert "How did it go?" in question.text
    await ada.command("/contact find Grace")
    assert "Grace Hill · talk ahead" in ada.answer.text


async def test_what_was_pressed_in_home_is_taken_back_there(house: House) -> None:
    """Whoever wants no digest has Home alone: what was pressed last stands there for a while."""
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"Digest": "None: I look at the Home tab"})
    await house.until(at(WEDNESDAY, 12))
    await ada.open_home()
    assert "You promised Grace Hill" in ada.home.text and "Undo" not in ada.home.buttons
    await ada.home.press("It's kept")
    assert "It's kept" not in ada.home.buttons
    await ada.home.press("Undo")
    assert "It's kept" in ada.home.buttons and "Undo" not in ada.home.buttons
    await ada.home.press("Skip")
    assert "Undo" in ada.home.buttons
    await house.later(minutes=20)
    await ada.open_home()
    assert "Grace Hill" not in ada.home.text and "Undo" not in ada.home.buttons
    assert len(ada.dms) == 0


async def test_undo_in_the_list_of_what_is_due(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    await ada.command("/followups")
    await ada.answer.press("It's sent")
    assert ada.answer.text.startswith("You thanked Grace Hill.\nUndo")
    await ada.answer.press("Undo")
    assert "no thank-you yet" in ada.answer.text
    assert "You thanked" not in ada.answer.text


async def test_a_draft_that_went_out_is_taken_back_the_same_way(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.press("Draft it")
    await ada.modal.submit()
    assert nudge.buttons == ["Undo"]
    await nudge.press("Undo")
    assert "no thank-you yet" in nudge.text


async def test_a_second_press_says_that_there_is_nothing_to_take_back(house: House) -> None:
    """On another device the line of record may still stand with its button."""
    ada = house.ada
    await thank_you_due(house)
    await ada.command("/followups")
    old = ada.answer
    await old.choose("Skip")
    assert old.text.startswith("Left alone: Grace Hill.")
    await ada.dms.last.press("Undo")
    await old.press("Undo")
    assert "There is nothing to take back here" in ada.dms.last.text
    assert said(ada, "no thank-you yet") == 1


async def test_what_is_of_no_use_any_more_is_taken_back_with_a_line(house: House) -> None:
    """A skipped follow-up: she answered since, so taking the skip back asks for nothing."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(date(2026, 11, 26), 9))
    nudge = ada.dms.last
    await nudge.press("Skip")
    await write_touch(ada, "Grace", "They answered")
    await nudge.press("Undo")
    assert "Taken back. About Grace Hill there is nothing to do here by now." in ada.dms.last.text
    assert nudge.text == "Nothing to do here any more: Grace Hill."


async def test_after_a_week_it_stays_and_says_where_to_correct_it(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.press("It's sent")
    house.sandbox.clock.move_to(house.now + timedelta(days=8))
    await house.settle()
    await nudge.press("Undo")
    assert "That was more than a week ago, so it stays." in ada.dms.last.text
    assert nudge.text == "You thanked Grace Hill."
    await ada.command("/contact find Grace")
    assert "I said thank you" in ada.answer.text


async def test_deleting_what_a_press_logged_opens_its_nudge_again(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.press("It's sent")
    await ada.command("/contact find Grace")
    await ada.answer.choose("24 November 2026 · I said thank you", menu="Correct an entry …")
    await ada.answer.press("Delete")
    assert "no thank-you yet" in nudge.text
    await ada.answer.press("Undo")
    assert nudge.text.startswith("You thanked Grace Hill.")


async def test_stopping_for_a_person_is_taken_back(house: House) -> None:
    ada = house.ada
    await thank_you_due(house)
    nudge = ada.dms.last
    await nudge.choose("No nudges about this person")
    line = ada.dms.last
    assert nudge.text == "Nothing to do here any more: Grace Hill."
    await line.press("Undo")
    assert "no thank-you yet" in nudge.text
