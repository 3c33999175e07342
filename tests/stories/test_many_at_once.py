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
from tests.stories.conftest import House, open_house
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


async def test_when_slack_has_enough_in_the_middle_the_others_wait_and_none_is_left_out(
    house: House, members: list[Member]
) -> None:
    house.sandbox.faults.next("chat.postMessage", retry_after=7)
    await house.until(FOLLOW_UP)
    assert 1 in told(members), "one of them has to wait"
    for _ in range(6):
        await house.later(seconds=8)
    assert told(members) == [2] * len(members)


async def test_two_bots_at_once_bring_each_message_once(
    house: House, members: list[Member]
) -> None:
    async with open_house(house.sandbox, house.database_url) as other:
        house.sandbox.clock.move_to(FOLLOW_UP)
        await house.sandbox.until(lambda: told(members) == [2] * len(members), timeout=20)
        for _ in range(3):
            for each in (house, other):
                await each.settle()
            house.sandbox.clock.advance(minutes=1)
        assert told(members) == [2] * len(members)


async def test_what_is_logged_while_a_message_is_on_its_way_is_told_in_it(
    house: House, members: list[Member]
) -> None:
    """It was true when it was written: the message says what became of it meanwhile."""
    house.sandbox.faults.next("chat.postMessage", delay=0.5, times=5)
    house.sandbox.clock.move_to(FOLLOW_UP)
    await house.sandbox.until(lambda: not house.sandbox.faults.waiting("chat.postMessage"))
    await write_touch(members[2], "Grace Hill", "They answered")
    await house.settle()
    assert told(members) == [2] * len(members)
    assert "I followed up" not in members[2].dms.last.buttons
    assert "I followed up" in members[1].dms.last.buttons


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
