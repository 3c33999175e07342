"""The clock that a person can move."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import VirtualClock
from sandbox.server import Sandbox
from tests.sandbox.sample_app import MANIFEST

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_it_stands_still_when_asked() -> None:
    clock = VirtualClock(NOW, running=False)
    assert clock.now() == clock.now() == NOW


def test_it_runs_from_where_it_starts() -> None:
    clock = VirtualClock(NOW)
    assert NOW <= clock.now() < NOW + timedelta(seconds=5)


def test_it_jumps_forward_and_tells() -> None:
    clock = VirtualClock(NOW, running=False)
    jumps: list[datetime] = []
    clock.subscribe(lambda: jumps.append(clock.now()))
    clock.advance(hours=1)
    clock.move_to(NOW + timedelta(days=1))
    assert jumps == [NOW + timedelta(hours=1), NOW + timedelta(days=1)]


def test_it_never_goes_back_and_needs_a_zone() -> None:
    clock = VirtualClock(NOW, running=False)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.move_to(NOW - timedelta(seconds=1))
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        VirtualClock(NOW.replace(tzinfo=None))


async def test_messages_carry_its_time_and_keep_their_order() -> None:
    sandbox = Sandbox(MANIFEST, clock=VirtualClock(NOW, running=False))
    stamps = [sandbox.workspace.ids.ts() for _ in range(3)]
    assert stamps == [f"{int(NOW.timestamp())}.00000{n}" for n in range(3)]
    version = sandbox.workspace.changed.version
    sandbox.clock.advance(hours=1)
    assert sandbox.workspace.ids.ts().startswith(str(int(NOW.timestamp()) + 3600))
    assert sandbox.workspace.changed.version > version
