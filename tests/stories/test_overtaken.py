"""Slack sends again what failed at first: by then something newer may have come."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest

from sandbox.disorder import OVERTAKEN, TWICE
from sandbox.workspace import Person
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, plan_talk, said
from tests.stories.test_debrief_in_dm import QUESTIONS, asked_here

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


async def twice(house: House, act: Coroutine[Any, Any, Any]) -> None:
    """Let something happen of which Slack tells twice, as after a lost acknowledgement."""
    house.sandbox.disorder.next("events_api", TWICE)
    before = len(house.sandbox.workspace.traffic)
    await act

    def told() -> list[str]:
        entries = list(house.sandbox.workspace.traffic)[before:]
        return [one.payload["event_id"] for one in entries if one.kind.startswith("events_api")]

    await house.sandbox.until(lambda: len(told()) > len({*told()}))
    await house.settle()


@pytest.mark.parametrize(
    "text",
    [
        "met Uma Lind, Engineer at Acme",
        "met Grace Hill",  # who is on the list already
        "What a day",
    ],
)
async def test_a_message_that_slack_tells_of_twice_is_answered_once(
    house: House, text: str
) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    before = len(ada.dms)
    await twice(house, ada.say(text))
    assert len(ada.dms) == before + 2  # what she wrote, and one answer
    await ada.command("/contact list")
    assert ada.answer.text.count("Uma Lind") == ("Uma" in text)


async def test_what_is_answered_edited_and_deleted_counts_once_though_slack_tells_twice(
    house: House,
) -> None:
    ada = house.ada
    await asked_here(house)
    await twice(house, ada.say("Ask early"))
    learned = next(each for each in ada.dms if each.fallback == "Ask early")
    assert [QUESTIONS[1] in each.text for each in ada.dms].count(True) == 1
    await twice(house, ada.edit(learned, "Ask twice"))
    await twice(house, ada.delete(learned))
    # A message of hers is told of once more than it was written: no two are alike.
    assert len(set(ada.dms.texts)) == len(ada.dms.texts)
    assert said(ada, "Noted, learned: Ask twice") == said(ada, "Learned: taken back") == 1


async def test_who_joins_is_welcomed_once_though_slack_tells_twice(house: House) -> None:
    await twice(house, house.sandbox.join(Person("Vera Stone")))
    assert len(house.sandbox.member("Vera").dms) == 1


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
