"""Slack's limits: what it forbids is waited out for that workspace alone, and then goes on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery
from sandbox.disorder import OVERTAKEN
from sandbox.driver import Member
from sandbox.server import Person
from storage import contacts, interviews
from storage.contacts import ContactFields
from storage.interviews import InterviewFields
from storage.sessions import MemberKey
from tests.stories.conftest import House, open_house
from tests.stories.steps import said

# When the talks are, and when members are asked about them.
TALKS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKED = TALKS + timedelta(hours=1)
POST, OPEN, LOOK = "chat.postMessage", "conversations.open", "conversations.history"


@pytest.fixture
async def one_by_one(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house whose bot sends one message after another, so that a story knows which is first."""
    await house.go_down()
    monkeypatch.setattr(delivery, "AT_ONCE", 1)
    async with open_house(house.sandbox, house.database_url) as opened:
        yield opened


async def talk(member: Member, name: str, starts_at: datetime = TALKS) -> None:
    """Plan a talk of half an hour."""
    await member.command(f"/interview {name}")
    member.modal.fill({"When?": starts_at})
    await member.modal.submit()


async def three_talks(house: House) -> list[Member]:
    """Let three members have a talk at the same time, and wait until shortly before the question.

    They have been told of it before then, so that each has a DM with the bot.
    """
    members = [house.sandbox.member(name) for name in ("Ada", "Chiara", "Devi")]
    for member in members:
        await talk(member, "Grace Hill")
    await house.until(TALKS - timedelta(hours=1))
    # In Rome that is the hour of the digest too, which can wait for a second.
    assert [said(member, "Soon you talk") for member in members] == [1, 1, 1]
    await house.until(ASKED - timedelta(seconds=30))
    return members


def asked(members: list[Member]) -> list[int]:
    """Count how often each was asked how their talk went."""
    return [said(member, "How did it go?") for member in members]


def calls(house: House, method: str) -> int:
    """Count the calls that the bot has made."""
    return sum(call.kind == method for call in house.sandbox.workspace.traffic)


async def test_after_a_429_nobody_there_is_written_to_until_it_is_over(one_by_one: House) -> None:
    house = one_by_one
    members = await three_talks(house)
    before = calls(house, POST)
    house.sandbox.faults.next(POST, retry_after=40)
    await house.until(ASKED)
    assert asked(members) == [0, 0, 0]
    await house.later(seconds=39)
    assert calls(house, POST) - before == 1
    assert house.bot.heartbeat.next_due == ASKED + timedelta(seconds=40)
    await house.later(seconds=1)
    assert asked(members) == [1, 1, 1]
    assert calls(house, POST) - before == 4
    await house.later(hours=1)
    assert asked(members) == [1, 1, 1]


async def test_another_workspace_does_not_wait(house: House) -> None:
    await talk(house.ada, "Grace Hill")
    other = MemberKey("T2", house.sandbox.member("Chiara").id)
    async with house.memory.member(other) as session:
        contact = await contacts.add(session, ContactFields(name="Tom Reed"), house.now)
        later = InterviewFields(starts_at=TALKS + timedelta(minutes=1))
        await interviews.schedule(session, contact.id, later, house.now)
    await house.until(ASKED - timedelta(seconds=30))
    house.sandbox.faults.next(POST, retry_after=600)
    await house.until(ASKED)
    members = [house.ada, house.sandbox.member("Chiara")]
    assert asked(members) == [0, 0]
    await house.later(minutes=1)
    assert asked(members) == [0, 1]
    await house.later(minutes=9)
    assert asked(members) == [1, 1]


async def test_two_messages_due_at_once_come_a_second_apart(house: House) -> None:
    await talk(house.ada, "Grace Hill")
    await talk(house.ada, "Tom Reed")
    await house.until(ASKED)
    assert asked([house.ada]) == [1]
    await house.later(seconds=0.9)
    assert asked([house.ada]) == [1]
    await house.later(seconds=0.1)
    assert asked([house.ada]) == [2]
    # Both, and not one of them twice.
    assert said(house.ada, "Grace Hill") and said(house.ada, "Tom Reed")


async def test_a_second_message_waits_also_when_nobody_knows_about_the_first(
    house: House,
) -> None:
    await talk(house.ada, "Grace Hill")
    await talk(house.ada, "Tom Reed")
    await house.until(ASKED - timedelta(seconds=30))
    house.sandbox.faults.next(POST, lose_answer=True)
    await house.until(ASKED)
    assert asked([house.ada]) == [1]
    await house.later(seconds=1)
    assert asked([house.ada]) == [2]
    await house.later(minutes=5)
    assert asked([house.ada]) == [2]


async def test_more_than_a_burst_goes_out_at_its_pace(house: House) -> None:
    names = ("Ed Kay", "Flo Lund", "Gus Mann", "Hal Noor", "Ida Orr")
    members = [await house.sandbox.join(Person(name)) for name in names]
    for member in members:
        await talk(member, "Grace Hill")
    await house.go_down()
    house.sandbox.clock.move_to(ASKED)
    async with open_house(house.sandbox, house.database_url, messages_a_minute=3) as slow:
        for arrived in (3, 4):
            assert sum(asked(members)) == arrived
            await slow.later(seconds=2)
            assert slow.bot.heartbeat.next_due == slow.now + timedelta(seconds=18)
            await slow.later(seconds=17)
            assert sum(asked(members)) == arrived
            await slow.later(seconds=1)
    assert asked(members) == [1, 1, 1, 1, 1]


async def test_where_dms_cannot_be_opened_known_ones_are_written_to(one_by_one: House) -> None:
    house = one_by_one
    known = await three_talks(house)
    new = [await house.sandbox.join(Person(name)) for name in ("Ed Kay", "Flo Lund")]
    for member in (*known, *new):
        # In half an hour, of which nothing is said before.
        await talk(member, "Tom Reed", ASKED + timedelta(minutes=30))
    await house.until(ASKED)
    before = calls(house, OPEN)
    house.sandbox.faults.next(OPEN, retry_after=50)
    await house.until(ASKED + timedelta(minutes=90))
    assert (asked(known), asked(new)) == ([2, 2, 2], [0, 0])
    await house.later(seconds=49)
    assert calls(house, OPEN) - before == 1
    await house.later(seconds=1)
    assert (asked(known), asked(new)) == ([2, 2, 2], [1, 1])
    assert calls(house, OPEN) - before == 3


async def test_where_histories_cannot_be_read_nobody_else_looks(one_by_one: House) -> None:
    house = one_by_one
    members = await three_talks(house)
    house.sandbox.faults.next(POST, lose_answer=True, times=3)
    house.sandbox.faults.next(LOOK, retry_after=70)
    await house.until(ASKED)
    await house.later(seconds=10)
    await house.later(seconds=69)
    assert calls(house, LOOK) == 1
    await house.later(seconds=1)
    assert calls(house, LOOK) == 4
    await house.later(hours=1)
    assert asked(members) == [1, 1, 1]


@pytest.mark.parametrize("error", ["token_revoked", "missing_scope"])
async def test_what_fails_for_all_is_tried_by_one_and_goes_on_by_itself(
    one_by_one: House, error: str
) -> None:
    house = one_by_one
    members = await three_talks(house)
    before = calls(house, POST)
    house.sandbox.faults.next(POST, error=error, times=2)
    await house.until(ASKED)
    for tries in (1, 2):
        await house.later(seconds=299)
        assert calls(house, POST) - before == tries
        await house.later(seconds=1)
    assert asked(members) == [1, 1, 1]
    assert calls(house, POST) - before == 5


@pytest.mark.parametrize("goodbyes", ["in order", "overtaken"])
async def test_a_removed_app_waits_until_it_is_installed_again(house: House, goodbyes: str) -> None:
    members = await three_talks(house)
    before = calls(house, POST)
    if goodbyes == "overtaken":
        house.sandbox.disorder.next("events_api", OVERTAKEN)
    await house.sandbox.uninstall()
    await house.until(ASKED)
    await house.later(minutes=4)
    assert calls(house, POST) - before <= len(members)
    house.sandbox.installed = True
    await house.later(minutes=1)
    await house.later(seconds=1)
    assert asked(members) == [1, 1, 1]
    assert {refusal.error for refusal in house.sandbox.refusals} == {"account_inactive"}
    house.sandbox.refusals.clear()


@pytest.mark.parametrize("has_dm", [True, False], ids=["with a DM", "without one"])
async def test_who_left_while_the_bot_was_down_is_tried_once(house: House, has_dm: bool) -> None:
    await talk(house.ada, "Grace Hill")
    if has_dm:
        await house.until(TALKS - timedelta(hours=1))
        assert said(house.ada, "Soon you talk") == 1
    await house.go_down()
    # Not `deactivate`, whose event would wait for an answer while nobody is on the line.
    house.sandbox.workspace.users[house.ada.id].deleted = True
    house.sandbox.clock.move_to(ASKED)
    async with open_house(house.sandbox, house.database_url) as opened:
        method = POST if has_dm else OPEN
        tries = calls(opened, method)
        await opened.later(hours=3)
        assert calls(opened, method) == tries
        opened.sandbox.refusals.clear()
        assert asked([opened.ada]) == [0]
        await opened.sandbox.reactivate(opened.ada.id)
        await opened.settle()
        assert asked([opened.ada]) == [1]
