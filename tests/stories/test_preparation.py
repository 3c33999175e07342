"""Before a talk: looked up, believed, asked; after it: what became of that."""

from datetime import UTC, datetime

from tests.stories.conftest import House
from tests.stories.steps import (
    add_contact,
    log_past_talk,
    plan_first_talk,
    plan_talk,
    prepare,
    write_touch,
)

MONDAY_9AM = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAY_3PM = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
WEDNESDAY_9AM = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
THURSDAY_4PM = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
BAD_WEEK = "What does a bad week look like?"
TURNING_POINT = "Which decision on the way here changed the most?"
NOT_ASKED = "What should I have asked that I didn't?"
LAST = "Who else should I talk to?"


async def an_analyst(house: House, typed: str) -> None:
    """Save a contact who is on Ada's path to be an analyst, and would be her boss."""
    await house.ada.command(f"/contact {typed}")
    house.ada.modal.fill({"Path": "Analyst", "What are they to you?": "Would be my boss"})
    await house.ada.modal.submit()


async def tell(house: House) -> None:
    """Answer the question how it went, up to the debrief's last page."""
    ada = house.ada
    question = next(message for message in ada.dms if "How did it go?" in message.text)
    await question.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Half the job is asking"})
    await ada.modal.submit()
    await ada.modal.submit()


async def test_a_talk_is_prepared_from_home(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill, Head of Data at Acme")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.open_home()
    await ada.home.press("Prepare")
    assert "Grace Hill · Head of Data at Acme" in ada.modal.text
    offered = ada.modal.options("Questions to ask")
    assert len(offered) > 50
    assert LAST not in offered
    # What only a would-be boss can say is offered, what only a recruiter can is not.
    assert "What do your best people do without being asked?" in offered
    assert "What do teams really mean when they say experience?" not in offered
    ada.modal.fill(
        {
            "Questions to ask": [NOT_ASKED, BAD_WEEK],
            "Questions of my own": "- How did you learn to say no?",
            "I believe that …": "Most of the day is meetings",
        }
    )
    await ada.modal.submit()
    assert ada.modal.title == "How it could go"
    text = ada.modal.text
    assert "2 min  Thank them, and say why you asked them of all people" in text
    assert "13 min  The work" in text
    assert "12 min  Questions of your own" in text
    order = [f"1. {BAD_WEEK}", "2. How did you learn to say no?", f"3. {NOT_ASKED}", LAST]
    places = [text.rindex(line) for line in order]
    assert places == sorted(places)
    await ada.modal.close()
    assert "Grace Hill · Acme · 3 questions" in ada.home.text


async def test_questions_are_put_in_order_by_moving_them_up(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill at Acme")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.answer.press("Prepare")
    ada.modal.fill({"Questions to ask": [TURNING_POINT, BAD_WEEK, NOT_ASKED]})
    await ada.modal.submit()
    await ada.modal.press("Move up", index=1)
    await ada.modal.press("Move up", index=0)
    assert f"1. {NOT_ASKED}" in ada.modal.text
    assert f"2. {TURNING_POINT}" in ada.modal.text
    await ada.modal.close()
    # The order stays when the form is opened again, and a new question finds its place.
    await ada.answer.press("Prepare")
    assert ada.modal.values["Questions to ask"] == [NOT_ASKED, TURNING_POINT, BAD_WEEK]
    ada.modal.fill({"Questions of my own": "1) Is it lonely?"})
    await ada.modal.submit()
    assert f"1. {NOT_ASKED}" in ada.modal.text
    assert "4. Is it lonely?" in ada.modal.text


async def test_three_questions_are_asked_for_kindly_and_nothing_is_lost(house: House) -> None:
    ada = house.ada
    await plan_first_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.answer.press("Prepare")
    ada.modal.fill({"Questions to ask": [BAD_WEEK], "Questions of my own": "Is it lonely?"})
    await ada.modal.submit()
    assert "One more, please" in ada.modal.errors["Questions to ask"]
    ada.modal.fill({"Questions of my own": "Is it lonely?\nIs there an opening for me?\nWhy?"})
    await ada.modal.submit()
    assert "that asks for a job" in ada.modal.errors["Questions of my own"]
    assert ada.modal.values["Questions to ask"] == [BAD_WEEK]


async def test_what_others_have_answered_is_marked(house: House) -> None:
    ada = house.ada
    for name, when in (("Grace Hill", "thursday 3pm"), ("Tom Reed", "friday 3pm")):
        await an_analyst(house, f"{name} at Acme")
        await plan_talk(ada, name, when)
        await ada.answer.press("Prepare")
        await prepare(ada)
    await house.until(THURSDAY_4PM)
    await tell(house)
    ada.modal.fill({"Which questions were answered?": [BAD_WEEK]})
    await ada.modal.submit()
    await ada.open_home()
    # The brief for Tom's talk has one, too, above his talk.
    await ada.home.press("Prepare", index=1)
    marks = {
        option["value"]: option.get("description", {}).get("text")
        for block in ada.modal.blocks
        if block.get("block_id") == "questions"
        for group in block["element"]["option_groups"]
        for option in group["options"]
    }
    assert marks["bad_week"] == "Answered by Grace Hill"
    assert marks["turning_point"] is marks["hours_went"] is None


async def test_what_is_believed_comes_back_on_the_same_path_until_it_is_settled(
    house: House,
) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill at Acme")
    await an_analyst(house, "Tom Reed at Bolt")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.answer.press("Prepare")
    ada.modal.fill({"I believe that …": "It is all meetings", "And that …": "One must code"})
    await prepare(ada)
    await house.until(THURSDAY_4PM)
    await tell(house)
    assert ada.modal.title == "What became of it"
    ada.modal.fill(
        {"1. It is all meetings": "It is not so", "1. In a few words": "Two mornings a week"}
    )
    await ada.modal.submit()
    assert not ada.has_modal

    await plan_talk(ada, "Tom Reed", "2026-12-01 15:00")
    await ada.answer.press("Prepare")
    assert ada.modal.values["I believe that …"] == "One must code"
    assert ada.modal.values["And that …"] is None
    await ada.modal.close()
    # What was said can be changed with the notes.
    changes = next(message for message in ada.dms if "Change my notes" in message.buttons)
    await changes.press("Change my notes")
    await ada.modal.submit()
    await ada.modal.submit()
    assert ada.modal.values["1. It is all meetings"] == "It is not so"
    assert ada.modal.values["1. In a few words"] == "Two mornings a week"


async def test_a_debrief_of_a_talk_that_was_not_prepared_for_has_two_pages(house: House) -> None:
    await log_past_talk(house.ada, "Grace Hill", MONDAY_9AM.replace(day=20), "Ask early")
    assert not house.ada.has_modal


async def test_the_brief_has_all_of_it_at_hand(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill, Head of Data at Acme")
    await write_touch(ada, "Grace", "I asked for a talk")
    await write_touch(ada, "Grace", "They answered")
    await ada.answer.choose("Look them up")
    ada.modal.fill({"Our common ground": "Both rowed at Leeds"})
    await ada.modal.submit()
    await ada.command("/interview Grace Hill thursday 3pm")
    ada.modal.fill({"Where, or which link?": "https://meet.example/x"})
    await ada.modal.submit()
    await ada.answer.press("Prepare")
    ada.modal.fill({"I believe that …": "It is all meetings"})
    await prepare(ada, "Is it lonely?")
    await house.until(WEDNESDAY_9AM)
    brief = ada.dms.last
    for words in (
        "Your next talk is with Grace Hill · Acme",
        "Where: https://meet.example/x.",
        "Who: Head of Data · would be your boss",
        "they answered",
        "you asked",
        "What you have in common: Both rowed at Leeds",
        "Not looked up yet: what they do",
        "To find out: It is all meetings",
        f"1. {TURNING_POINT}",
        f"2. {BAD_WEEK}",
        "3. Is it lonely?",
        f"4. {NOT_ASKED}",
        f"5. {LAST}",
    ):
        assert words in brief.text
        assert words in brief.fallback or words.startswith("Your next")
    # Home and lists stay short.
    await ada.open_home()
    assert "Your next talk is with Grace Hill" in ada.home.text
    assert "Is it lonely?" not in ada.home.text
    await brief.press("Prepare")
    assert ada.modal.values["Questions of my own"] == "Is it lonely?"


async def test_promises_that_are_open_stand_in_the_brief_of_the_second_talk(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill at Acme")
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": MONDAY_9AM.replace(day=20)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill({"I promised": "Send the dashboards", "Thank-you": "I have thanked them"})
    await ada.modal.submit()
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await house.until(WEDNESDAY_9AM)
    brief = next(text for text in ada.dms.texts if "Your next talk" in text)
    assert "You promised: Send the dashboards" in brief
    assert "you talked" in brief
    assert "Questions: none picked yet" in brief
    assert "Looked up: nothing yet" in brief


async def test_whoever_is_looked_up_altogether_is_researched(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.answer.choose("Look them up")
    ada.modal.fill(
        {
            "Looked up": ["What they do", "The company", "What you have in common"],
            "Something they wrote or said": "A talk on dashboards",
        }
    )
    await ada.modal.submit()
    assert not ada.has_modal
    assert "1 researched" in ada.home.text
    await ada.command("/contact list")
    await ada.answer.choose("Look them up")
    assert len(ada.modal.values["Looked up"]) == 4
    found = ada.modal.values["Something they wrote or said"]
    assert found == "A talk on dashboards"


async def test_the_check_list_lies_on_top_of_the_preparation_and_loses_nothing_of_it(
    house: House,
) -> None:
    ada = house.ada
    await plan_first_talk(ada, "Grace Hill at Acme", "thursday 3pm")
    await ada.answer.press("Prepare")
    ada.modal.fill({"Questions of my own": "Is it lonely?"})
    await ada.modal.press("Look them up")
    assert ada.modal.title == "Look them up"
    ada.modal.fill({"Looked up": ["What they do"]})
    await ada.modal.submit()
    assert ada.modal.title == "Prepare"
    assert ada.modal.values["Questions of my own"] == "Is it lonely?"


async def test_there_is_nothing_to_prepare_once_a_talk_is_over(house: House) -> None:
    ada = house.ada
    await plan_first_talk(ada, "Grace Hill", "thursday 3pm")
    planned = ada.answer
    await house.until(THURSDAY_4PM)
    await planned.press("Prepare")
    assert not ada.has_modal
    assert "Your talk with Grace Hill is not ahead any more." in ada.answer.text


async def test_a_second_talk_with_the_same_person_is_prepared_for_by_itself(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill at Acme")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.answer.press("Prepare")
    await prepare(ada)
    await plan_talk(ada, "Grace Hill", "2026-12-03 15:00")
    await ada.answer.press("Prepare")
    assert ada.modal.values["Questions to ask"] == []
    await prepare(ada, "What has changed since?")
    await ada.open_home()
    assert "3 questions" in ada.home.text
    assert "4 questions" in ada.home.text


async def test_an_own_question_is_offered_again_on_the_same_path_only(house: House) -> None:
    ada = house.ada
    await an_analyst(house, "Grace Hill at Acme")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.answer.press("Prepare")
    await prepare(ada, "Is it lonely?")
    await an_analyst(house, "Tom Reed at Bolt")
    await plan_talk(ada, "Tom Reed", "friday 3pm")
    await ada.answer.press("Prepare")
    assert ada.modal.options("Questions to ask")[0] == "Is it lonely?"
    ada.modal.fill({"Questions to ask": ["Is it lonely?", BAD_WEEK, NOT_ASKED]})
    await ada.modal.submit()
    assert f"1. {BAD_WEEK}" in ada.modal.text
    assert "2. Is it lonely?" in ada.modal.text
    await ada.modal.close()
    await ada.command("/contact Uma Singh")
    ada.modal.fill({"Or a new path": "Founder"})
    await ada.modal.submit()
    await plan_talk(ada, "Uma Singh", "2026-12-01 15:00")
    await ada.answer.press("Prepare")
    assert "Is it lonely?" not in ada.modal.options("Questions to ask")
