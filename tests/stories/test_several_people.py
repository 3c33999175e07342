"""A talk with several people: one conversation for the bot, and each is thanked by themselves."""

from datetime import date

from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, said

FRIDAY = date(2026, 11, 27)
TOGETHER = "Grace Hill, Tom Reed and Uma Singh"


async def talk_with_three(house: House) -> None:
    """Have Ada plan a talk with Grace, Tom, who has not answered so far, and Uma, who is new."""
    ada = house.ada
    await add_contact(ada, "Grace Hill, Head of Data at Acme")
    await ask(ada, "Tom Reed at Beta")
    await ada.command("/interview Grace Hill 2026-11-27 15:00")
    await ada.modal.pick("With whom?", "Tom")
    ada.modal.fill({"Or someone new": "Uma Singh, CTO at Acme\ngrace hill"})
    await ada.modal.submit()


async def test_all_of_them_are_named_wherever_the_talk_is(house: House) -> None:
    ada = house.ada
    await talk_with_three(house)
    assert ada.answer.text.startswith(f"Your talk with {TOGETHER} is planned")
    assert TOGETHER in ada.home.text
    # Tom has answered: he is neither followed up nor asked to be replaced by somebody else.
    assert "3 names · 3 to meet" in ada.home.text
    await ada.home.press("Add to calendar")
    assert f"your talk with {TOGETHER} in your calendar" in ada.dms.last.text
    await ada.command("/contact find Tom")
    assert "Talk ahead: " in ada.answer.text
    assert "with Grace Hill and Uma Singh" in ada.answer.text

    # Somebody leaves the round, and the calendar follows.
    await ada.home.press("Move it")
    assert ada.modal.values["Who else?"] == ["Tom Reed · Beta", "Uma Singh · Acme"]
    ada.modal.fill({"Who else?": ["Tom Reed · Beta"]})
    await ada.modal.submit()
    assert "Your talk with Grace Hill and Tom Reed has changed" in ada.dms.last.text
    assert "3 names · 1 to ask · 2 to meet" in ada.home.text

    await house.until(at(date(2026, 11, 26), 9))
    brief = ada.dms.last.text
    assert "Your next talk is with Grace Hill and Tom Reed (Tomorrow at 3:00 PM)." in brief
    assert "Who: Head of Data" in brief
    assert "Also there: Tom Reed · Beta" in brief
    assert said(ada, "follow-up") == said(ada, "Who else works there") == 0


async def test_one_debrief_for_the_talk_and_a_thank_you_for_each(house: House) -> None:
    ada = house.ada
    await talk_with_three(house)
    await house.until(at(FRIDAY, 16))
    question = ada.dms.last
    assert question.text.startswith(f"You were to talk with {TOGETHER} (Today at 3:00 PM)")
    assert said(ada, "How did it go?") == 1
    await question.press("Tell me about it")
    assert TOGETHER in ada.modal.text
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    assert "I have thanked them all" in ada.modal.text
    await ada.modal.submit()
    assert "3 names · 3 talked" in ada.home.text

    await house.until(at(FRIDAY, 19, 30))
    for _ in range(3):
        await house.later(seconds=1)
    thanks = [message for message in ada.dms if "no thank-you yet" in message.text]
    assert len(thanks) == 3
    of_tom = next(message for message in thanks if "Tom Reed" in message.text)
    await of_tom.press("Draft it")
    assert "Ask early" in ada.modal.values["Your message"]
    await ada.modal.submit()
    assert of_tom.text == "You thanked Tom Reed.\nUndo"
    assert "3 names · 2 talked · 1 thanked" in ada.home.text
    await ada.command("/contact find Tom")
    assert "We talked, with Grace Hill and Uma Singh" in ada.answer.text

    # Changing one's notes takes no thanks back; ticking the box thanks the others, too.
    notes = next(message for message in ada.dms if "Change my notes" in message.buttons)
    for ticked, road in (([], "2 talked · 1 thanked"), (["I have thanked them all"], "3 thanked")):
        await notes.press("Change my notes")
        await ada.modal.submit()
        ada.modal.fill({"Thank-you": ticked})
        await ada.modal.submit()
        assert road in ada.home.text
    assert said(ada, "no thank-you yet") == 0
