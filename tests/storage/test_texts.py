"""What is asked of a text means the same on both databases."""

import pytest
from sqlalchemy import literal, select

from storage.sessions import Sessions
from storage.texts import octets, stands_in


@pytest.mark.parametrize(("text", "size"), [("", 0), ("dash", 4), ("dåsh", 5), ("☕", 3)])
async def test_how_many_bytes_it_has(sessions: Sessions, text: str, size: int) -> None:
    async with sessions.unscoped() as session:
        assert await session.scalar(select(octets(literal(text)))) == size


@pytest.mark.parametrize("wanted", ["100%", "a_b", "å", "å\nÖ", r"\ ", "/"])
async def test_whether_it_holds_another_just_as_it_is(sessions: Sessions, wanted: str) -> None:
    text = literal("gives 100% a_b på\nÖn \\ /")
    without = literal("gives 1000 axb pa\nOn")
    async with sessions.unscoped() as session:
        assert await session.scalar(select(stands_in(text, wanted)))
        assert not await session.scalar(select(stands_in(without, wanted)))
