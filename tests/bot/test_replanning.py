"""Members are planned anew within other limits, and none of them keeps others waiting."""

import pytest

from bot import replanning
from bot.replanning import Replanning
from sandbox.clock import VirtualClock
from storage import limits, nudges
from storage.errors import DatabaseAway
from storage.sessions import MemberKey, Sessions
from tests.storage.people import NOW

EVERYBODY = [MemberKey("T1", f"U{number}") for number in range(7)]
RIGHT = nudges.reconcile_all


@pytest.fixture
async def member_ids(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seven members for whom nobody has planned yet; they are planned for two at a time."""
    monkeypatch.setattr(replanning, "BATCH", 2)
    for who in EVERYBODY:
        async with sessions.member(who):
            pass
    return await left(sessions)


async def left(sessions: Sessions) -> list[int]:
    """Those who are still to be planned for."""
    async with sessions.reading_all() as session:
        return await limits.left_behind(session, 100)


@pytest.mark.parametrize("error", [ValueError, DatabaseAway], ids=lambda error: error.__name__)
async def test_those_who_cannot_be_planned_for_are_passed_over(
    sessions: Sessions,
    member_ids: list[int],
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    """The first three are more than one go, and their trouble may be a lock that is not let go."""
    broken, tries = member_ids[:3], 0

    async def not_for_all(session: object, now: object) -> None:
        nonlocal tries
        if session.info["member_id"] in broken:  # type: ignore[attr-defined]  # the session's own note
            tries += 1
            raise error
        await RIGHT(session, now)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(nudges, "reconcile_all", not_for_all)
    plan = Replanning(sessions, VirtualClock(NOW, running=False))
    while await plan.run_once():
        pass
    assert (await left(sessions), tries) == (broken, 3)
    assert not await plan.run_once()
    assert tries == 3, "they are not tried all the time"
    monkeypatch.setattr(nudges, "reconcile_all", RIGHT)
    plan.look_again()
    while await plan.run_once():
        pass
    assert await left(sessions) == []


async def test_who_is_left_behind_during_a_round_is_found_by_the_next(
    sessions: Sessions, member_ids: list[int]
) -> None:
    plan = Replanning(sessions, VirtualClock(NOW, running=False))
    assert await plan.run_once()
    async with sessions.facilitator(EVERYBODY[0]) as session:
        await limits.change(session, {"follow_ups": (0, 2)})
    assert await left(sessions) == member_ids
    goes = 0
    while await plan.run_once():
        goes += 1
    assert await left(sessions) == []
    assert goes < 2 * len(member_ids)
