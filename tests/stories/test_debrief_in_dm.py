"""A debrief question by question: one simply writes back, skips, goes back, stops, goes on."""

import asyncio

from sandbox import acts
from sandbox.driver import Message
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, at, plan_talk, said
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


async def asked_here(house: House, name: str = "Grace Hill", at_hour: int = 15) -> Message:
    """Have a talk this Monday, and choose to answer in the DM; gives the first question."""
    ada = house.ada
    await add_contact(ada, f"{name} at Acme")
    await plan_talk(ada, name, f"today {at_hour}:00")
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
    assert summary.buttons == ["Draft a thank-you", "Change answers"]
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
