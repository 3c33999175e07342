"""What members do most asks the database so many questions and no more, with what is redrawn."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from tests.stories.conftest import House
from tests.stories.steps import add_contact, write_touch

# Home, as it is drawn after each change: with contacts alone.
HOME = 6


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note each statement that any engine sends meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def questions_of(act: Awaitable[None]) -> int:
    """Count what the bot asks until it is at rest again."""
    with counted() as asked:
        await act
    return len(asked)


async def test_a_new_contact_asks_four_questions_and_those_of_home(house: House) -> None:
    await add_contact(house.ada, "Tom Reed at Acme")
    await house.ada.command("/contact Grace Hill at Beta")
    assert await questions_of(house.ada.modal.submit()) <= 4 + HOME


async def test_the_form_opens_with_one_question(house: House) -> None:
    await add_contact(house.ada, "Tom Reed at Acme")
    assert await questions_of(house.ada.command("/contact Grace Hill")) <= 1


async def test_home_opens_with_one_question_more_than_it_draws(house: House) -> None:
    await add_contact(house.ada, "Tom Reed at Acme")
    await house.ada.open_home()
    assert await questions_of(house.ada.open_home()) <= 1 + HOME


async def test_a_touch_asks_as_much_with_many_contacts_as_with_one(house: House) -> None:
    await add_contact(house.ada, "Tom Reed at Acme")
    alone = await questions_of(write_touch(house.ada, "Tom Reed", "I asked for a talk"))
    for number in range(5):
        await add_contact(house.ada, f"Uma {number} at Beta")
    many = await questions_of(write_touch(house.ada, "Uma 1", "I asked for a talk"))
    assert many <= alone <= 54
