"""The heartbeat wakes when something is due, whatever the clock does, and tells of a long beat."""

import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import claims, heartbeat
from bot.manifest import manifest
from sandbox.clock import VirtualClock
from sandbox.server import Sandbox
from storage.models import Member
from tests.bot.scraping import scrape
from tests.stories.conftest import NOW, House, house, log, open_house
from tests.stories.steps import add_contact, plan_talk, said

__all__ = ["house", "log"]

QUESTION = "How did it go?"


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the day on which the talks are, by London's clock."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


async def plan_talks(house: House, *hours: int) -> None:
    """Plan talks of Ada's for today; each is asked about an hour after it began."""
    for hour in hours:
        await add_contact(house.ada, f"Grace Hill the {hour}th")
        await plan_talk(house.ada, f"Grace Hill the {hour}th", f"today {hour}:00")


@pytest.fixture
def no_regular_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found by looking every half minute: the heartbeat has to know when to wake."""
    monkeypatch.setattr(heartbeat, "REGULAR_BEAT", timedelta(hours=1))


@pytest.fixture
async def ticking(
    no_regular_beat: None, database_url: str, log: io.StringIO
) -> AsyncIterator[House]:
    """A house in which the clock ticks as clocks do."""
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW), ack_timeout=10.0)
    await sandbox.start()
    async with open_house(sandbox, database_url) as house:
        yield house
    await sandbox.stop()
    assert sandbox.refusals == []


async def test_it_wakes_at_the_earliest_due_moment(ticking: House) -> None:
    await plan_talks(ticking, 15)
    await ticking.until(at(15, 59) + timedelta(seconds=58))
    assert said(ticking.ada, QUESTION) == 0
    assert ticking.bot.heartbeat.next_due == at(16)
    await ticking.sandbox.until(lambda: said(ticking.ada, QUESTION) == 1, timeout=20)
    assert timedelta() <= ticking.now - at(16) < timedelta(seconds=10)


async def test_what_comes_to_be_due_earlier_is_not_kept_waiting(ticking: House) -> None:
    """The heartbeat is set to the talk of the afternoon when one of the morning is added."""
    await plan_talks(ticking, 15)
    await plan_talks(ticking, 10)
    await ticking.until(at(10, 59) + timedelta(seconds=58))
    await ticking.sandbox.until(lambda: said(ticking.ada, QUESTION) == 1, timeout=20)
    assert ticking.now - at(11) < timedelta(seconds=10)
    await ticking.settle()
    assert ticking.bot.heartbeat.next_due is not None
    assert ticking.now < ticking.bot.heartbeat.next_due < at(16)


async def test_a_jump_over_several_due_moments_leaves_nothing_out_and_says_nothing_twice(
    house: House,
) -> None:
    await plan_talks(house, 10, 12, 14)
    await house.until(at(16))
    for so_far in (1, 2, 3):
        assert said(house.ada, QUESTION) == so_far, "one a second"
        await house.later(seconds=1)
    await house.later(hours=1)
    assert said(house.ada, QUESTION) == 3
    await house.later(days=2)
    assert house.bot.heartbeat.next_due is not None
    assert house.bot.heartbeat.next_due > house.now, "it goes on after the jump"


async def test_what_a_jump_makes_due_during_a_beat_waits_for_no_other_beat(
    no_regular_beat: None, house: House
) -> None:
    await plan_talks(house, 10, 13)
    house.sandbox.faults.next("chat.postMessage", delay=0.2)
    house.sandbox.clock.move_to(at(11))
    await house.sandbox.until(lambda: said(house.ada, QUESTION) == 1)
    assert house.bot.in_flight.count, "the beat is under way"
    house.sandbox.clock.move_to(at(14))
    await house.settle()
    assert said(house.ada, QUESTION) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_is_in_other_hands_is_looked_for_a_moment_later_and_not_at_once(
    no_regular_beat: None, house: House
) -> None:
    """A row that another process holds is passed over on PostgreSQL; SQLite has one writer."""
    await plan_talks(house, 15)
    async with house.memory.unscoped() as elsewhere:
        await elsewhere.execute(select(Member).with_for_update())
        await house.until(at(16))
        assert said(house.ada, QUESTION) == 0
        assert house.bot.heartbeat.next_due == at(16) + claims.IN_OTHER_HANDS
    await house.later(seconds=1)
    assert said(house.ada, QUESTION) == 1


class Untold:
    """A clock that somebody sets, as the machine's: nobody is told of the jump."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def subscribe(self, callback: Callable[[], None]) -> None:
        pass


async def test_a_clock_that_is_set_behind_its_back_is_noticed_at_the_next_regular_beat(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan_talks(house, 15)
    await house.go_down()
    monkeypatch.setattr(heartbeat, "REGULAR_BEAT", timedelta(seconds=0.1))
    async with open_house(
        house.sandbox, house.database_url, clock=Untold(house.sandbox.clock)
    ) as unaware:
        unaware.sandbox.clock.move_to(at(16))
        await unaware.sandbox.until(lambda: said(unaware.ada, QUESTION) == 1)


async def test_a_beat_that_took_too_long_is_logged_and_counted(
    house: House, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan_talks(house, 15)
    await house.until(at(15))
    await house.go_down()
    async with open_house(house.sandbox, house.database_url, metrics_port=0) as watched:
        assert "a long beat" not in log.getvalue()
        monkeypatch.setattr(heartbeat, "LONG_BEAT", timedelta(seconds=0.2))
        house.sandbox.faults.next("chat.postMessage", delay=0.3)
        before = await scrape(watched)
        await watched.until(at(16))
        after = await scrape(watched)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    told = [line for line in lines if line["event"] == "heartbeat: a long beat"]
    assert told and told[0]["level"] == "warning"
    assert max(line["seconds"] for line in told) >= 0.3
    long_beats = "rapport_long_beats_total"
    assert after[long_beats] - before[long_beats] == len(told)
