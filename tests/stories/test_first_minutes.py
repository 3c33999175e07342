"""The first minutes: hello, three questions, ten names in two minutes."""

from sandbox.workspace import Person
from tests.stories.conftest import House
from tests.stories.steps import add_contact

NAMES = """\
1. Grace Hill, CTO at Acme, my cousin
Tom Reed - Analyst at Cask - met at the data meetup
???
grace hill at ACME
"""
BOX, CORRECT = "Who could you learn from?", "Correct it here"
PATH = "Which kind of job are you curious about?"
NUMBER = "How many names do you want to start with?"
HOUR = "When may I write to you, once a day at most?"


async def three_questions(house: House) -> None:
    """Answer the three questions that the hello leads to."""
    await house.ada.open_home()
    await house.ada.dms.last.press("Write down ten names")
    house.ada.modal.fill({PATH: "Data analyst", NUMBER: "15 names", HOUR: "07:00"})
    await house.ada.modal.submit()


async def test_from_hello_to_a_list_of_names(house: House) -> None:
    ada = house.ada
    await three_questions(house)
    assert ada.modal.title == "Names to start from"
    ada.modal.fill({BOX: NAMES})
    await ada.modal.submit()
    assert "2 new names. Right so far?" in ada.modal.text
    assert "Grace Hill · CTO at Acme · my cousin" in ada.modal.text
    assert ada.modal.values["Path"] == "Data analyst"
    assert ada.modal.values["Or a new path"] in (None, "")
    assert "Tom Reed · Analyst at Cask · met at the data meetup" in ada.modal.text
    assert "In 1 line I found no name" in ada.modal.text
    await ada.modal.submit()
    # What could not be read stays in the box; the others are saved by now.
    assert ada.modal.values[BOX] == "???"
    assert "2 people are on your list" in ada.modal.text
    ada.modal.fill({BOX: "Uma Singh"})
    await ada.modal.submit()
    await ada.modal.submit()
    assert not ada.has_modal
    await ada.open_home()
    assert "3 names · 3 to ask" in ada.home.text
    assert "3 of 15 names to start from." in ada.home.text
    await ada.command("/contact find cousin")
    assert "Grace Hill · CTO at Acme" in ada.answer.text
    await ada.command("/rapport settings")
    assert ada.modal.values["At what time?"] == "07:00"


async def test_corrections_in_the_preview_are_what_is_saved(house: House) -> None:
    ada = house.ada
    await three_questions(house)
    ada.modal.fill({BOX: "Gracee Hill at Acme"})
    await ada.modal.submit()
    ada.modal.fill({CORRECT: "Grace Hill at Acme\nTom Reed"})
    await ada.modal.submit()
    await ada.command("/contact list")
    assert "Grace Hill · Acme" in ada.answer.text and "Tom Reed" in ada.answer.text
    assert "Gracee" not in ada.answer.text


async def test_who_is_on_the_list_already_is_said_and_not_added_again(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.open_home()
    await ada.home.press("Write down more names")
    ada.modal.fill({BOX: "Grace Hill\nTom Reed"})
    await ada.modal.submit()
    assert "Grace Hill — on your list already" in ada.modal.text
    await ada.modal.submit()
    await ada.command("/contact list")
    assert ada.answer.text.count("Grace Hill") == 1


async def test_a_box_without_a_name_is_refused_kindly_and_keeps_what_was_typed(
    house: House,
) -> None:
    ada = house.ada
    await three_questions(house)
    ada.modal.fill({BOX: "12345\n???"})
    await ada.modal.submit()
    assert ada.modal.errors == {BOX: "I found no name. It comes first, like: Ada Brook at Acme"}
    assert ada.modal.values[BOX] == "12345\n???"


async def test_who_joins_the_workspace_is_greeted_once(house: House) -> None:
    zoe = await house.sandbox.join(Person("Zoe Lind", "Europe/Paris"))
    await house.settle()
    assert "Hello! I keep the thread" in zoe.dms.last.text
    await zoe.open_home()
    assert len(zoe.dms) == 1


async def test_who_was_met_is_saved_from_a_message_to_the_bot(house: House) -> None:
    ada = house.ada
    await ada.say("met Grace Hill, CTO at Acme at the meetup")
    assert "Grace Hill · CTO at Acme · to ask. Saved." in ada.dms.last.text
    await ada.say("met Grace Hill")
    assert "They are on your list already." in ada.dms.last.text
    await ada.command("/contact list")
    assert "1 contact" in ada.answer.text
    assert "met at the meetup" in ada.answer.text
