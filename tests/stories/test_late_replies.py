"""A question in the DM that was left open for a week takes no message for its answer by itself."""

from tests.stories.conftest import House
from tests.stories.test_debrief_in_dm import QUESTIONS, asked_here

OFFER = "Is this the answer, or something new?"


async def left_open(house: House, **away: float) -> None:
    """Have Ada answer the first question, and leave the second one open."""
    await asked_here(house)
    await house.ada.say("Ask early")
    assert QUESTIONS[1] in house.ada.dms.last.text
    await house.later(**away)


async def test_within_a_week_a_message_is_the_answer(house: House) -> None:
    ada = house.ada
    await left_open(house, days=6, hours=23)
    await ada.say("Yes!")
    assert OFFER not in ada.dms.last.text and QUESTIONS[2] in ada.dms.last.text


async def test_after_a_week_it_is_asked_what_a_message_is(house: House) -> None:
    ada = house.ada
    await left_open(house, days=8)
    await ada.say("Yes!")
    offer = ada.dms.last
    assert OFFER in offer.text and QUESTIONS[1] in offer.text
    assert offer.buttons == ["It answers that", "It's something new"]
    await offer.press("It answers that")
    assert offer.text == "Taken as the answer." and QUESTIONS[2] in ada.dms.last.text
    # It goes on as usual, and what was answered is kept.
    await ada.say("The people")
    assert OFFER not in ada.dms.last.text and QUESTIONS[3] in ada.dms.last.text
    await ada.home.press("Go on")
    await ada.command("/contact find Grace")
    await ada.answer.press("Go on")
    await ada.dms.last.press("Later")
    await ada.dms.last.press("That's all")
    for words in ("Ask early", "Yes", "The people"):
        assert words in ada.dms.last.text


async def test_a_file_is_said_not_to_be_kept_also_long_after_the_question(house: House) -> None:
    ada = house.ada
    await left_open(house, days=8)
    await ada.say("Yes!", file=("voice.m4a", b"..."))
    await ada.dms.last.press("It answers that")
    assert "I can't listen to voice messages" in ada.dms.last.text
    await house.later(days=8)
    await ada.say("See this", file=("board.png", b"..."))
    await ada.dms.last.press("It's something new")
    assert "I can't listen to voice messages" in ada.dms.last.text


async def test_an_unclear_answer_is_asked_for_again_without_another_offer(house: House) -> None:
    ada = house.ada
    await left_open(house, days=8)
    await ada.say("Perhaps so")
    await ada.dms.last.press("It answers that")
    assert QUESTIONS[1] in ada.dms.last.text
    await ada.say("yes")
    assert QUESTIONS[2] in ada.dms.last.text


async def test_something_new_lets_the_question_wait(house: House) -> None:
    ada = house.ada
    await left_open(house, days=8)
    await ada.say("What a day")
    first = ada.dms.last
    await ada.say("How do I add someone?")
    second = ada.dms.last
    await first.press("It's something new")
    assert first.text.startswith("Then my question waits")
    assert "Go on" in ada.dms.last.buttons and "Go on" in ada.home.buttons
    # By now nothing is asked: the other message answers nothing either.
    await second.press("It answers that")
    assert second.text == "I am not asking about that talk any more; nothing is changed."
    await ada.home.press("Go on")
    assert QUESTIONS[1] in ada.dms.last.text
    await ada.say("Yes!")
    assert QUESTIONS[2] in ada.dms.last.text


async def test_a_message_that_was_deleted_meanwhile_answers_nothing(house: House) -> None:
    ada = house.ada
    await left_open(house, days=8)
    await ada.say("Yes!")
    written = ada.dms.messages[-2]
    assert written.text == "Yes!"
    offer = ada.dms.last
    await ada.delete(written)
    await offer.press("It answers that")
    assert offer.text == "I am not asking about that talk any more; nothing is changed."
    await ada.say("met Tom Reed, CTO at Beta")
    assert "3 names" not in ada.home.text and "2 names" in ada.home.text
