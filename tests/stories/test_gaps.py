"""Skills that talks name and the member lacks are counted in Home, however they were spelt."""

from datetime import date

from sandbox.driver import Member
from tests.stories.conftest import House
from tests.stories.steps import add_contact, at

HEADING = "Skills they name that you lack"


async def debrief(ada: Member, day: int, skills: str = "") -> None:
    """Log a talk with Grace and what skills she named."""
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": at(date(2026, 11, day), 11)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": f"Day {day}"})
    await ada.modal.submit()
    ada.modal.fill({"Skills they named that I lack": skills})
    await ada.modal.submit()


async def test_the_three_skills_named_most_stand_in_home(house: House) -> None:
    ada, ben = house.ada, house.ben
    await add_contact(ada, "Grace Hill at Acme")
    await debrief(ada, 2)
    assert HEADING not in ada.home.text
    await debrief(ada, 3, "sql, Python, Excel")
    await debrief(ada, 4, "SQL, python")
    await debrief(ada, 5, "SQL, Tableau")
    text = ada.home.text
    assert HEADING in text
    assert "SQL: 3 of 4 talks" in text and "Python: 2 of 4 talks" in text
    assert "Excel: 1 of 4 talks" in text and "Tableau" not in text
    await ben.open_home()
    assert HEADING not in ben.home.text
