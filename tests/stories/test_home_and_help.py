"""App Home and help: one thing to do next is always in sight."""

from datetime import date

from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk
from tests.stories.test_digest import COHORT


async def test_the_first_opening_says_hello_once(house: House) -> None:
    await house.ada.open_home()
    assert "Hello! I keep the thread" in house.ada.dms.last.text
    assert house.ada.dms.last.buttons == [
        "Write down ten names",
        "Log a talk I had",
        "Look around",
    ]
    await house.ada.open_home()
    assert len(house.ada.dms) == 1


async def test_an_empty_home_shows_the_three_steps(house: House) -> None:
    await house.ada.open_home()
    assert "Your first talk is a message away" in house.ada.home.text
    assert "Nobody else sees what you write here" in house.ada.home.text


async def test_where_nothing_is_due_the_next_step_is_to_ask_somebody(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.open_home()
    assert "Nothing is due. A good day to ask one more person." in ada.home.text
    await ada.home.press("Choose whom to ask")
    assert "1 contact · to ask" in ada.dms.last.text
    assert "Draft it" in ada.dms.last.buttons


async def test_home_greets_by_the_members_own_clock(house: House) -> None:
    await house.ada.open_home()
    assert house.ada.home.text.startswith("Good morning, @Ada Brook")
    devi = house.sandbox.member("Devi")
    await devi.open_home()
    assert devi.home.text.startswith("Good afternoon, @Devi Rao")


async def test_home_shows_next_talks_and_the_road(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await add_contact(house.ada, "Tom Reed")
    await plan_talk(house.ada, "Grace Hill", "tuesday 3pm")
    text = house.ada.home.text
    assert "Grace Hill · Acme" in text
    assert "2 names · 1 to ask · 1 to meet" in text
    await house.ada.home.press("Open list")
    assert "2 contacts, latest change first" in house.ada.dms.last.text


async def test_a_talk_without_notes_waits_in_home(house: House) -> None:
    await house.ada.command("/interview Grace Hill")
    house.ada.modal.fill({"When?": house.now.replace(day=20)})
    await house.ada.modal.submit()
    await house.ada.modal.close()
    assert "no notes yet" in house.ada.home.text
    await house.ada.home.press("Tell me about it")
    assert house.ada.modal.title == "While it's fresh"


async def test_help_names_every_command_and_opens_the_forms(house: House) -> None:
    await house.ada.command("/rapport help")
    for command in house.sandbox.manifest.commands:
        assert command.command in house.ada.answer.text
    await house.ada.answer.press("Log a talk")
    assert house.ada.modal.title == "Log a talk"
    await house.ada.command("/rapport")
    assert "/contact" in house.ada.answer.text


async def test_a_message_to_the_bot_is_answered_kindly(house: House) -> None:
    await house.ada.say("hello?")
    await house.ada.dms.last.press("Help")
    assert "/contact find" in house.ada.answer.text


async def test_home_says_how_many_talks_there_were_on_each_path(house: House) -> None:
    """Five to fifteen make a path: fewer are an opinion, and nothing is concluded from them."""
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"Path": "Data analyst"})
    await ada.modal.submit()
    assert "Data analyst — 0 of 5 to 15 talks. Five more before you trust a pattern." in (
        ada.home.text
    )
    for day in range(2, 7):
        await log_past_talk(ada, "Grace Hill", at(date(2026, 11, day), 11), f"Day {day}")
        if day == 4:
            assert "3 of 5 to 15 talks. Two more before you trust a pattern." in ada.home.text
    assert "5 of 5 to 15 talks. What several say alike is a pattern." in ada.home.text


async def test_a_talk_that_is_asked_about_stands_in_home_once(house: House) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "today 15:00")
    await house.until(at(date(2026, 11, 24), 10))
    await ada.open_home()
    assert "take place?" in ada.home.text
    assert "no notes yet" not in ada.home.text


async def test_all_that_is_due_is_one_press_away(house: House) -> None:
    """Home shows five; the button shows the others, also those that found no room in a digest."""
    ada = house.ada
    for name in COHORT:
        await ask(ada, f"{name} at {name[::-1]}")
    await house.until(at(date(2026, 11, 26), 9))
    await ada.open_home()
    assert "… and 6 more." in ada.home.text
    await ada.home.press("Show all")
    due, _, coming = ada.dms.last.text.partition("What comes next")
    # What found no room in the digest is due by now, and not said to come.
    assert all(name in due for name in COHORT[:10]) and "… and more" in due
    assert COHORT[10] not in coming


async def test_a_talk_that_is_near_and_not_prepared_is_one_line_in_home(house: House) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "thursday 3pm")
    await house.until(at(date(2026, 11, 24), 9))
    await house.until(at(date(2026, 11, 25), 9))
    assert "Your next talk is with" in ada.dms.last.text
    await ada.open_home()
    assert ada.home.text.count("and nothing is prepared yet") == 1
    assert "Your next talk is with" not in ada.home.text


async def test_home_line_by_line(house: House) -> None:
    """What is due, the talks ahead, the road, the paths, what is missing, the search, the rest."""
    ada = house.ada
    for name in ("Ann Lee", "Bo Marsh", "Cy Stone", "Di Ford", "Eve Lund"):
        await ada.command(f"/contact {name} at Acme")
        new = "Or a new path" if "Or a new path" in ada.modal.labels else "Path"
        ada.modal.fill({new: "Data analyst", "What are they to you?": "A recruiter"})
        await ada.modal.submit()
    await ada.command("/interview Ann Lee")
    ada.modal.fill({"When?": at(date(2026, 11, 20), 11)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Half of it is SQL"})
    await ada.modal.submit()
    ada.modal.fill({"Skills they named that I lack": "SQL"})
    await ada.modal.submit()
    await plan_talk(ada, "Bo Marsh", "thursday 3pm")
    await ada.command("/contact find Eve Lund")
    await ada.answer.press("Make it my dream talk")
    text = ada.home.text
    in_order = (
        "Good morning, @Ada Brook",
        "Today",
        "Next talks",
        "Bo Marsh · Acme",
        "Your road",
        "5 names · 3 to ask · 1 to meet · 1 talked",
        "5 of 25 names to start from.",
        "Your dream talk: Eve Lund · Acme.",
        "Paths",
        "Data analyst — 1 of 5 to 15 talks.",
        "Data analyst: 5 of 5 are recruiters, no would-be boss yet.",
        "Skills they name that you lack",
        "SQL: 1 of 1 talk",
        "Nobody else sees what you write here",
    )
    places = [text.index(words) for words in in_order]
    assert places == sorted(places)
    for label in ("Settings", "Add contact", "Log a talk", "Prepare", "Add a would-be boss"):
        await ada.home.press(label)
        await ada.modal.close()
    for label in ("What comes next", "Open list", "Open their story", "Guide", "Help"):
        count = len(ada.dms)
        await ada.home.press(label)
        assert len(ada.dms) == count + 1
    await ada.home.choose("Show some of them", "Talked (1)")
    assert "1 contact" in ada.dms.last.text
    offered = await ada.home.type_ahead("Find someone …", "cy stone")
    await ada.home.choose("Find someone …", offered[0])
    assert ada.dms.last.text.startswith("Cy Stone")
