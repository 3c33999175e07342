"""A debrief question by question: one simply writes back, skips, goes back, stops, goes on."""

import asyncio
from typing import Any

import pytest

from sandbox import acts
from sandbox.driver import Member, Message
from tests.outages import database_away
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, at, plan_talk, prepare, said
from tests.stories.test_after_talks import FRIDAY, MONDAY, TUESDAY

QUESTIONS = (
    "What is the one thing you learned?",
    "Could you picture yourself there?",
    "What do they like about the work?",
    "And what don't they like?",
    "Who else should you talk to?",
    "What did you promise?",
    "What did they promise?",
    "Which skills did they name that you lack?",
    "What do hiring managers look for?",
    "Where is the field going?",
    "What did they advise you to do?",
    "Did an opportunity come up?",
)


@pytest.fixture(autouse=True)
def _takes_time_to_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gives ten answers in one second; Slack would take no more of the bot's questions."""
    say, press = Member.say, Message.press

    async def written(member: Member, *text: Any, **about: Any) -> Message:
        house.sandbox.clock.advance(seconds=1)
        return await say(member, *text, **about)

    async def pressed(message: Message, *button: Any, **about: Any) -> None:
        house.sandbox.clock.advance(seconds=1)
        await press(message, *button, **about)

    monkeypatch.setattr(Member, "say", written)
    monkeypatch.setattr(Message, "press", pressed)


async def asked_here(
    house: House, name: str = "Grace Hill", at_hour: int = 15, *, prepared: bool = False
) -> Message:
    """Have a talk this Monday, and choose to answer in the DM; gives the first question."""
    ada = house.ada
    await add_contact(ada, f"{name} at Acme")
    await plan_talk(ada, name, f"today {at_hour}:00")
    if prepared:
        await ada.answer.press("Prepare")
        await prepare(ada)
    await house.until(at(MONDAY, at_hour + 1))
    await ada.dms.last.press("Answer here")
    return ada.dms.last


async def test_a_whole_debrief_by_simply_writing_back(house: House) -> None:
    ada = house.ada
    first = await asked_here(house)
    question = ada.dms.messages[-2]
    assert question.text.startswith("You talked with Grace Hill") and question.buttons == []
    assert QUESTIONS[0] in first.text and "11 more after this one" in first.text
    assert first.buttons == ["Skip", "Later"]
    replies = (
        "Ask early",
        "Yes!",
        "The people",
        "The hours",
        "Tom Reed, Analyst at Acme\nUma Singh",
        "I'll send the article by friday",
        "An introduction",
        "SQL, stakeholder interviews",
        "Curiosity",
        "Fewer dashboards",
        "Start small",
        "they raised it",
    )
    for asked, reply in zip(QUESTIONS, replies, strict=True):
        assert asked in ada.dms.last.text
        await ada.say(reply)
    summary = ada.dms.last
    assert "Your talk with Grace Hill, in your words:" in summary.text
    for words in ("Ask early", "Tom Reed, Analyst at Acme · Uma Singh", "Fewer dashboards"):
        assert words in summary.text
    assert "Send the article" not in summary.text and "(by 27 November 2026)" in summary.text
    assert summary.buttons == ["Draft a thank-you", "Already thanked", "Change answers"]
    assert first.buttons == [] and "3 names" in ada.home.text
    await house.until(at(FRIDAY, 9))
    assert "You promised Grace Hill · Acme: I'll send the article (by" in ada.dms.last.text

    await summary.press("Change answers")
    assert ada.modal.values["The one thing I learned"] == "Ask early"
    await ada.modal.submit()
    assert ada.modal.values["What hiring managers look for"] == "Curiosity"
    ada.modal.fill({"Where the field is going": "Fewer charts"})
    await ada.modal.submit()
    assert "Fewer charts" in summary.text and "Curiosity" in summary.text


async def test_skip_back_later_and_going_on_days_later(house: House) -> None:
    """Half an answer is kept, also when the bot was stopped in between."""
    ada = house.ada
    await asked_here(house)
    await ada.say("Ask early\npicture: not sure")
    noted = ada.dms.last
    assert "Noted, learned: Ask early\nNoted, picture: Not sure" in noted.text
    assert QUESTIONS[2] in noted.text and "9 more" in noted.text
    await noted.press("Skip")
    assert noted.text == f"{QUESTIONS[2]} Left open." and QUESTIONS[3] in ada.dms.last.text
    await ada.dms.last.press("Back")
    assert QUESTIONS[2] in ada.dms.last.text
    await ada.say("back")
    assert "So far: Not sure" in ada.dms.last.text
    assert ada.dms.last.menu_options == ["Skip", "Back", "Later"]
    await ada.dms.last.press("Yes")
    assert QUESTIONS[2] in ada.dms.last.text
    await ada.dms.last.press("Later")
    aside = ada.dms.last
    assert "10 questions wait" in aside.text and aside.buttons == ["Go on", "That's all"]
    await ada.say("How are you?")
    assert "met Ada Brook" in ada.dms.last.text
    assert "10 questions are left about your talk" in ada.dms.last.text
    assert "10 questions are left about your talk" in ada.home.text
    await ada.command("/contact find Grace")
    assert "Grace Hill — 10 questions are left about your talk." in ada.answer.text
    await house.go_down()
    async with open_house(house.sandbox, house.database_url) as again:
        await again.until(at(FRIDAY, 8))
        await ada.home.press("Go on")
        assert aside.text == "You went on with this below."
        assert QUESTIONS[2] in ada.dms.last.text
        await ada.say("The people")
        await ada.say("later")
        assert "9 questions wait" in ada.dms.last.text
        await ada.dms.last.press("That's all")
        told = ada.dms.last
        assert "Ask early" in told.text and "The people" in told.text and "Yes" in told.text
        assert "questions are left" not in ada.home.text
        await ada.say("picture: no")
        assert "Yes" in told.text


async def test_answers_follow_messages_that_are_edited_or_deleted(house: House) -> None:
    ada = house.ada
    first = await asked_here(house)
    learned = await ada.say("x" * 3001)
    assert "That is 3,001 letters, and I can keep 3,000 here" in ada.dms.last.text
    assert QUESTIONS[0] in ada.dms.last.text and first.buttons == []
    await ada.edit(learned, "Ask early\nskills: SQL")
    assert "Noted, skills: SQL" in ada.dms.last.text and QUESTIONS[1] in ada.dms.last.text
    picture = await ada.say("The team was lovely")
    assert "Here I only read yes, not sure or no" in ada.dms.last.text
    await ada.edit(picture, "Yes, the team was lovely")
    assert "Only that is kept" in ada.dms.last.text and QUESTIONS[2] in ada.dms.last.text
    await ada.edit(learned, "Ask twice")
    assert ada.dms.last.text == "Noted, learned: Ask twice\nSkills: taken back."
    await ada.say("They like: the people", under=first)
    assert ada.dms.last.text == "Noted, learned: They like: the people"
    await ada.edit(learned, "Ask no more")
    assert ada.dms.last.text == "Noted, learned: They like: the people"
    await ada.say("Who else: Tom Reed, Analyst at Acme\nshe will tell me when we meet again next")
    assert "I found no name in: she will tell me" in ada.dms.last.text
    named = next(message for message in ada.dms if message.text.startswith("Who else"))
    assert "2 names" in ada.home.text
    await ada.edit(named, "Who else: Tom Read")
    await ada.command("/contact list")
    assert "Tom Read" in ada.answer.text and "Tom Reed" not in ada.answer.text
    await ada.delete(named)
    assert ada.dms.last.text == "Who else: taken back." and "1 name" in ada.home.text
    await ada.delete(picture)
    assert ada.dms.last.text == "Picture: taken back."
    await ada.say("later")
    await ada.dms.last.press("That's all")
    assert "They like: the people" in ada.dms.last.text
    assert "Could I picture myself there?" not in ada.dms.last.text


async def test_a_voice_message_is_answered_kindly_and_nothing_is_taken_twice(house: House) -> None:
    ada = house.ada
    await ada.say("", file=("hello.m4a", b"..."))
    assert "I can't listen to voice messages" in ada.dms.last.text
    await asked_here(house, prepared=True)
    await ada.say("", file=("voice.m4a", b"..."))
    assert "A line in writing is enough, or skip the question." in ada.dms.last.text
    await ada.say("Ask early", file=("board.png", b"..."))
    assert "Noted, learned: Ask early" in ada.dms.last.text
    channel = house.sandbox.workspace.dm(ada.id)
    count = len(ada.dms)
    sent = next(message for message in channel.messages if message.text == "Ask early")
    await house.sandbox.link.message_written(sent)
    await house.settle()
    assert len(ada.dms) == count
    await ada.say("no")
    # Two at once: the second was written before the next question was there to be answered.
    await asyncio.gather(
        *(acts.post(house.sandbox, ada.id, channel.id, words) for words in ("People", "and tea"))
    )
    await house.settle()
    await ada.say("met Tom Reed, Analyst at Acme")
    assert "Tom Reed · Analyst at Acme" in ada.dms.messages[-2].text
    assert "my question about your talk with Grace Hill is still open" in ada.dms.last.text
    await ada.say("stop")
    await ada.say("later")
    await ada.dms.last.press("That's all")
    assert "People\nand tea" in ada.dms.last.text and "stop" in ada.dms.last.text
    await ada.dms.last.press("What became of it")
    assert ada.modal.labels == ["Which questions were answered?"]
    await ada.modal.submit()
    assert not ada.has_modal


async def test_another_debrief_sets_the_first_aside(house: House) -> None:
    ada = house.ada
    await asked_here(house)
    await ada.say("Ask early")
    graces = ada.dms.last
    await asked_here(house, "Tom Reed", 17)
    assert "11 questions wait" in graces.text and graces.buttons == ["Go on", "That's all"]
    await ada.say("Ask late")
    assert "Tom Reed · 10 more after this one, next “likes:”" in ada.dms.last.text
    await graces.press("Go on")
    assert "Grace Hill · 10 more" in ada.dms.last.text
    toms = [message for message in ada.dms if "Your talk with Tom Reed: 11" in message.text]
    assert len(toms) == 1 and toms[0].buttons == ["Go on", "That's all"]
    await ada.say("yes")
    assert "Grace Hill · 9 more" in ada.dms.last.text
    assert "Grace Hill — 10 questions are left" in ada.home.text
    assert "Tom Reed — 11 questions are left" in ada.home.text
    await ada.command("/contact find Tom")
    assert "Tom Reed — 11 questions are left" in ada.answer.text
    await house.until(at(TUESDAY, 9))
    assert said(ada, "no notes yet") == 0
    assert "thank Grace Hill, thank Tom Reed" in ada.dms.last.text


async def test_a_reply_that_cannot_be_saved_is_not_passed_over(house: House) -> None:
    ada = house.ada
    await asked_here(house)
    with database_away(house.database_url):
        await ada.say("Ask early")
        assert "this is not saved yet" in ada.dms.last.text
    await ada.say("Ask early")
    assert "Noted, learned: Ask early" in ada.dms.last.text
    # Saved, but the next question is lost on its way: the same once more brings it.
    house.sandbox.faults.next("chat.postMessage", error="fatal_error")
    await ada.say("not sure")
    assert "please try that once more" in ada.dms.last.text
    await ada.say("not sure")
    assert QUESTIONS[2] in ada.dms.last.text
    await ada.dms.last.press("Back")
    assert "So far: Not sure" in ada.dms.last.text


async def test_whoever_has_thanked_already_says_so_at_the_end(house: House) -> None:
    ada = house.ada
    await asked_here(house)
    await ada.say("Ask early")
    for _ in QUESTIONS[1:]:
        skip = ada.dms.last.press if "Skip" in ada.dms.last.buttons else ada.dms.last.choose
        await skip("Skip")
    summary = ada.dms.last
    assert "Or have you thanked already?" in summary.text
    await summary.press("Already thanked")
    assert "thank" not in summary.text and summary.buttons == ["Change answers"]
    assert "1 thanked" in ada.home.text
    await house.until(at(TUESDAY, 18))
    assert ada.dms.last == summary
