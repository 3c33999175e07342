"""A mix of people that lacks a kind is pointed out in one quiet line, with who would help."""

from datetime import date

from sandbox.driver import Member
from tests.stories.conftest import House
from tests.stories.steps import at

LINE = "Data analyst: 5 of 5 are recruiters, no would-be boss yet."


async def add(ada: Member, name: str, vantage: str = "", path: str = "Data analyst") -> None:
    """Save a contact of that vantage on a path."""
    await ada.command(f"/contact {name}")
    has_paths = "Or a new path" in ada.modal.labels
    ada.modal.fill({"Or a new path" if has_paths else "Path": path})
    if vantage:
        ada.modal.fill({"What are they to you?": vantage})
    await ada.modal.submit()


async def test_five_recruiters_and_no_would_be_boss_are_pointed_out(house: House) -> None:
    ada = house.ada
    await ada.open_home()
    for number in range(1, 6):
        assert LINE not in ada.home.text
        await add(ada, f"Recruiter {number}", "A recruiter")
    assert LINE in ada.home.text
    await add(ada, "Grace Hill")
    assert "Data analyst: 5 of the 5 you placed are recruiters, no would-be" in ada.home.text

    await ada.home.press("Add a would-be boss")
    assert ada.modal.values["What are they to you?"] == "Would be my boss"
    assert ada.modal.values["Path"] == "Data analyst"
    ada.modal.fill({"Name": "Tom Reed"})
    await ada.modal.submit()
    assert "no peer yet" in ada.home.text
    await ada.home.press("Add a peer")
    ada.modal.fill({"Name": "Uma"})
    await ada.modal.submit()
    assert " yet." not in ada.home.text and "recruiters" not in ada.home.text
    assert "Add a peer" not in ada.home.buttons


async def test_without_a_path_the_whole_list_is_looked_at(house: House) -> None:
    ada = house.ada
    for number in range(1, 6):
        await add(ada, f"Recruiter {number}", "A recruiter", path="")
    assert "5 of 5 are recruiters, no would-be boss yet." in ada.home.text


async def test_the_weekly_review_says_it_too(house: House) -> None:
    ada = house.ada
    for number in range(1, 6):
        await add(ada, f"Recruiter {number}", "A recruiter")
    await house.until(at(date(2026, 11, 27), 9))
    assert "5 names" in ada.dms.last.text and LINE in ada.dms.last.text


async def test_whoever_is_archived_is_in_no_mix(house: House) -> None:
    ada = house.ada
    for number in range(1, 5):
        await add(ada, f"Recruiter {number}", "A recruiter")
    await add(ada, "Tom Reed", "A recruiter")
    assert LINE in ada.home.text
    await ada.command("/contact find Tom")
    await ada.answer.choose("Archive")
    assert "recruiters" not in ada.home.text
