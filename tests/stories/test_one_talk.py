"""One talk goes all the way through the house: logged, asked about, debriefed, thanked."""

from datetime import UTC, datetime

from tests.stories.conftest import House

TUESDAY_3PM = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TUESDAY_4PM = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
WEDNESDAY_9AM = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


async def test_one_talk_from_the_first_name_to_the_thank_you(house: House) -> None:
    """A contact, a planned talk, the question how it went, the debrief, the thank-you nudge."""
    ada = house.ada

    await ada.command("/contact Grace Hill, Head of Data at Acme")
    assert ada.modal.values["Name"] == "Grace Hill"
    assert ada.modal.values["Title"] == "Head of Data"
    assert ada.modal.values["Company"] == "Acme"
    ada.modal.fill({"What are they to you?": "Would be my boss"})
    await ada.modal.submit()
    assert not ada.has_modal
    assert "Grace Hill is on your list." in ada.answer.text
    assert "1 name · 1 to ask" in ada.home.text

    await ada.command("/interview Grace Hill tuesday 3pm")
    assert ada.modal.values["With whom?"] == ["Grace Hill · Acme"]
    assert ada.modal.values["When?"] == TUESDAY_3PM.timestamp()
    ada.modal.fill({"How?": "Video", "What do I want to learn?": "How her team decides"})
    await ada.modal.submit()
    assert "Your talk with Grace Hill is planned: " in ada.answer.text
    assert "Grace Hill · Acme · Video" in ada.home.text
    assert len(ada.dms) == 0

    await house.until(TUESDAY_4PM)
    question = ada.dms.last
    assert question.text.startswith("You were to talk with Grace Hill · Acme")
    assert "How did it go?" in question.fallback

    await question.press("Tell me about it")
    ada.modal.fill(
        {
            "The one thing I learned": "Half the job is asking the right question",
            "Could I picture myself there?": "Yes",
        }
    )
    await ada.modal.submit()
    await ada.modal.press("Add hiring, trends, advice")
    ada.modal.fill(
        {
            "What hiring managers look for": "Curiosity",
            "Who else should I talk to?": "Tom Reed, Analyst at Acme\nUma Singh",
            "I promised": "Send the article",
            "Skills they named that I lack": "SQL, stakeholder interviews",
            "Did an opportunity come up?": "Yes, I raised it",
        }
    )
    await ada.modal.submit()
    assert not ada.has_modal
    assert "You talked with Grace Hill" in ada.dms.messages[0].text
    assert ada.dms.messages[0].buttons == []
    assert "2 new people on your list" in ada.dms.last.text
    # One gentle word on who raises things, and what a door that is open asks for.
    assert "Next time leave the opportunity to them" in ada.dms.last.text
    assert "ask to see more, an hour beside them or a visit" in ada.dms.last.text
    await ada.dms.last.press("Change my notes")
    await ada.modal.submit()
    assert ada.modal.values["What hiring managers look for"] == "Curiosity"
    await ada.modal.close()
    await ada.command("/contact find Tom")
    assert "Tom Reed · Analyst at Acme" in ada.answer.text

    await house.until(WEDNESDAY_9AM)
    nudge = ada.dms.last
    assert "Grace Hill · Acme — you talked" in nudge.text
    assert "no thank-you yet" in nudge.text
    await nudge.press("It's sent")
    assert ada.dms.last.text == "You thanked Grace Hill.\nUndo"
    assert "1 thanked" in ada.home.text

    await house.later(days=10)
    assert ada.dms.last.text == "You thanked Grace Hill.\nUndo"
