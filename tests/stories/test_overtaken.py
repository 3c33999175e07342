"""Slack sends again what failed at first: by then something newer may have come."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest

from sandbox.disorder import OVERTAKEN, TWICE
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, plan_talk, said

MONDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)
DUE = "Who else works there"


async def overtaken(
    house: House, first: Coroutine[Any, Any, None], then: Coroutine[Any, Any, None]
) -> None:
    """Let one thing happen, and at once another, whose event reaches the bot before."""
    house.sandbox.disorder.next("events_api", OVERTAKEN)
    late = asyncio.create_task(first)
    await house.sandbox.until(lambda: not house.sandbox.disorder.orders)
    await then
    await late
    await house.settle()


def submissions(house: House) -> int:
    """Count the forms that went to the bot."""
    return sum("view_submission" in entry.kind for entry in house.sandbox.workspace.traffic)


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


@pytest.mark.parametrize("processes", [1, 2])
async def test_a_form_that_slack_sends_twice_is_answered_once(house: House, processes: int) -> None:
    """An acknowledgement that got lost: to another line it is sent again, of whatever process."""
    async with AsyncExitStack() as running:
        houses = [house]
        for _ in range(processes - 1):
            other = open_house(house.sandbox, house.database_url)
            houses.append(await running.enter_async_context(other))

        async def settle() -> None:
            for each in houses:
                await each.settle()

        house.sandbox.settle = settle
        ada = house.ada
        await add_contact(ada, "Grace Hill")
        await plan_talk(ada, "Grace Hill", "today 15:00")
        house.sandbox.clock.move_to(at(MONDAY, 16))
        await house.sandbox.until(lambda: len(ada.dms) == 1)
        await ada.dms.last.press("Tell me about it")
        ada.modal.fill({"The one thing I learned": "Ask early"})
        await ada.modal.submit()
        house.sandbox.disorder.next("interactive", TWICE)
        forms = submissions(house)
        await ada.modal.submit()
        await house.sandbox.until(lambda: submissions(house) == forms + 2)
        await settle()
        assert said(ada, "What you learned from Grace Hill is saved") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_answer_that_slack_refused_is_told_when_it_is_asked_for_again(
    house: House,
) -> None:
    """Over Socket Mode: over HTTP nobody sends a form again."""
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await house.until(at(MONDAY, 16))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    house.sandbox.disorder.next("interactive", TWICE)
    house.sandbox.faults.next("chat.postMessage", error="service_unavailable")
    forms = submissions(house)
    await ada.modal.submit()
    await house.sandbox.until(lambda: submissions(house) == forms + 2)
    await house.settle()
    assert said(ada, "What you learned from Grace Hill is saved") == 1
