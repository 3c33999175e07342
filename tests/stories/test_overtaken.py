"""Slack sends again what failed at first: by then something newer may have come."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from typing import Any

from sandbox.disorder import OVERTAKEN
from tests.stories.conftest import House
from tests.stories.steps import ask, at, said

THURSDAY = date(2026, 11, 26)
DUE = "Who else works there"


async def overtaken(
    house: House, first: Coroutine[Any, Any, None], then: Coroutine[Any, Any, None]
) -> None:
    """Let one thing happen, and a minute later another whose event reaches the bot before."""
    house.sandbox.disorder.next("events_api", OVERTAKEN)
    late = asyncio.create_task(first)
    await house.sandbox.until(lambda: not house.sandbox.disorder.orders)
    house.sandbox.clock.advance(minutes=1)
    await then
    await late
    await house.settle()


async def test_a_member_is_where_slack_saw_them_last(house: House) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await overtaken(
        house,
        house.sandbox.change_zone("Ada Brook", "Asia/Tokyo"),
        house.sandbox.change_zone("Ada Brook", "America/New_York"),
    )
    await house.until(at(THURSDAY, 13, 59))
    assert said(house.ada, DUE) == 0
    await house.until(at(THURSDAY, 14))
    assert said(house.ada, DUE) == 1


async def test_a_member_who_came_back_is_not_taken_for_gone(house: House) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await overtaken(
        house, house.sandbox.deactivate("Ada Brook"), house.sandbox.reactivate(house.ada.id)
    )
    await house.until(at(THURSDAY, 9))
    assert said(house.ada, DUE) == 1
