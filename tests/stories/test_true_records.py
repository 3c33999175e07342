"""What a message says when there is nothing left to press is true."""

from datetime import UTC, datetime

from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk

FOUR_PM = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


async def asked(house: House) -> None:
    """Have Ada asked how her talk with Grace went."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(FOUR_PM)
    assert "How did it go?" in house.ada.dms.last.text


async def test_archiving_says_that_somebody_is_archived(house: House) -> None:
    await asked(house)
    question = house.ada.dms.last
    await house.ada.command("/contact list")
    await house.ada.answer.choose("Archive")
    assert question.text == "Grace Hill is archived; nothing to do here."


async def test_it_moved_wants_a_new_time(house: House) -> None:
    await asked(house)
    await house.ada.dms.last.press("It moved")
    await house.ada.modal.submit()
    assert house.ada.modal.errors == {"When?": "That is the old time; when will it be?"}
    house.ada.modal.fill({"When?": datetime(2026, 11, 26, 15, 0, tzinfo=UTC)})
    await house.ada.modal.submit()
    assert "has moved" in house.ada.dms.messages[-1].text


async def test_a_thank_you_said_while_the_nudge_is_on_its_way_settles_it(house: House) -> None:
    ada = house.ada
    await asked(house)
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    await ada.modal.submit()
    await ada.command("/contact list")
    card = ada.answer
    house.sandbox.faults.next("chat.postMessage", delay=0.5)
    before = len(ada.dms)
    house.sandbox.clock.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await house.sandbox.until(lambda: len(ada.dms) > before)
    await card.press("Write a touch")
    ada.modal.fill({"What happened?": "I said thank you"})
    await ada.modal.submit()
    await house.settle()
    assert "You thanked Grace Hill." in ada.dms.last.text
    assert "It's sent" not in ada.dms.last.buttons


async def test_a_home_that_cannot_be_drawn_keeps_no_word_back(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    house.sandbox.faults.next("views.publish", error="internal_error", times=10)
    await ada.modal.submit()
    assert "Grace Hill is on your list." in ada.answer.text
    house.sandbox.faults.clear()
    house.sandbox.refusals.clear()
    await ada.open_home()
    assert "1 name" in ada.home.text


async def test_one_answer_that_somebody_is_gone_silences_nobody_who_is_here(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    house.sandbox.faults.next("chat.postMessage", error="user_disabled")
    await house.until(FOUR_PM)
    assert len(ada.dms) == 0
    house.sandbox.refusals.clear()
    await add_contact(ada, "Tom Reed")
    await house.later(minutes=10)
    assert "How did it go?" in ada.dms.messages[0].text
