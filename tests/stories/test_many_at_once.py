"""A morning with something for everybody: all of it comes, once, and says what is so."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot import delivery, one_by_one, together
from bot.letters import Letter
from bot.post_room import PostRoom
from sandbox.driver import Member
from sandbox.server import Person
from storage.nudges import Claimed
from tests.stories.conftest import House
from tests.stories.steps import ask, at, said, write_touch

# Asked on Monday 23 November, seven business days before.
FOLLOW_UP = at(date(2026, 12, 2), 9)


@pytest.fixture
async def members(house: House) -> list[Member]:
    """Five who asked somebody on the same day, and know the bot's DM from the first reminder."""
    names = ("Ed Kay", "Flo Lund", "Gus Mann", "Hal Noor", "Ida Orr")
    members = [await house.sandbox.join(Person(name)) for name in names]
    for number, member in enumerate(members):
        await ask(member, f"Grace Hill at Acme {number}")
    await house.until(at(date(2026, 11, 26), 9))
    assert told(members) == [1] * len(members)
    await house.until(FOLLOW_UP.replace(hour=8))
    return members


def told(members: list[Member]) -> list[int]:
    """Count the digests that came."""
    return [said(member, "Grace Hill") for member in members]


async def test_each_gets_their_own(house: House, members: list[Member]) -> None:
    await house.until(FOLLOW_UP)
    assert told(members) == [2] * len(members)
    for number, member in enumerate(members):
        assert f"Acme {number}" in member.dms.last.text
    await house.later(hours=6)
    assert told(members) == [2] * len(members)
    for member in members:
        await member.dms.last.press("Skip")
        assert "Left alone: Grace Hill" in member.dms.last.text


async def test_what_one_of_them_logs_meanwhile_is_in_none_of_their_messages(
    house: House, members: list[Member]
) -> None:
    await write_touch(members[2], "Grace Hill", "They answered")
    await house.until(FOLLOW_UP)
    assert told(members) == [2, 2, 1, 2, 2]


async def test_what_had_to_wait_for_a_slow_slack_is_written_again_and_comes_once(
    house: House, members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    right = one_by_one.write

    async def noted(room: PostRoom, group: Sequence[Claimed]) -> Letter | None:
        written.append(group)
        return await right(room, group)

    monkeypatch.setattr(delivery, "write", noted)
    monkeypatch.setattr(delivery, "FRESH", timedelta(seconds=-1))
    await house.until(FOLLOW_UP)
    assert len(written) == len(members)
    assert told(members) == [2] * len(members)


@pytest.mark.parametrize("step", ["all_drawn", "leads_on"])
async def test_what_fails_for_all_at_once_is_done_one_by_one(
    house: House, members: list[Member], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whether they were to be written, or what follows from them was to be noted."""
    failed = []

    def fail(*_: object) -> None:
        failed.append(step)
        raise RuntimeError("a bug that only several meet")

    monkeypatch.setattr(together, step, fail)
    await house.until(FOLLOW_UP)
    assert failed
    assert told(members) == [2] * len(members)
    await house.later(days=1)
    assert told(members) == [2] * len(members)
    # Seven business days after that it is said that the thread rests, for it was planned.
    await house.until(at(date(2026, 12, 11), 9))
    assert [said(member, "I let it rest now") for member in members] == [1] * len(members)
