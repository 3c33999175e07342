"""A bot in a process of its own follows the sandbox's clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.followed_clock import ClockSilent, following
from bot.manifest import manifest
from sandbox.clock import VirtualClock
from sandbox.server import Sandbox

CLOSE = timedelta(seconds=2)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = Sandbox(manifest(), clock=VirtualClock())
    await started.start()
    yield started
    await started.stop()


async def test_a_jump_of_the_sandboxes_clock_is_heard_at_once(sandbox: Sandbox) -> None:
    async with following(f"{sandbox.url}/clock") as clock:
        assert abs(clock.now() - sandbox.clock.now()) < CLOSE
        jumped = asyncio.Event()
        clock.subscribe(jumped.set)
        sandbox.clock.advance(days=1)
        async with asyncio.timeout(5):
            await jumped.wait()
        assert abs(clock.now() - sandbox.clock.now()) < CLOSE


async def test_a_clock_that_is_not_there_is_noticed_at_the_start() -> None:
    with pytest.raises(ClockSilent, match="RAPPORT_CLOCK_URL"):
        async with following("http://127.0.0.1:1/clock"):
            raise AssertionError("there is nothing to follow")


async def test_what_is_no_clock_is_noticed_at_the_start(sandbox: Sandbox) -> None:
    with pytest.raises(ClockSilent, match="RAPPORT_CLOCK_URL"):
        async with following(f"{sandbox.url}/api/api.test"):
            raise AssertionError("there is nothing to follow")
