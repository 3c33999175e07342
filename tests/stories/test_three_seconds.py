"""Slack waits three seconds for an acknowledgement, also while the database takes its time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import app
from bot.manifest import manifest
from bot.settings import HTTP, SOCKET
from sandbox.clock import VirtualClock
from sandbox.model import Traffic
from sandbox.server import Sandbox
from storage.sessions import Sessions
from tests.outages import members_locked
from tests.stories.conftest import NOW, House, open_house
from tests.stories.steps import add_contact

Act = Callable[[House], Coroutine[Any, Any, object]]

ACTS: dict[str, Act] = {
    "a command that opens a form": lambda house: house.ada.command("/contact"),
    "a command with much to look up": lambda house: house.ada.command("/contact list"),
    "a command that opens a form with what is known": lambda house: house.ada.command(
        "/interview Grace Hill tuesday 3pm"
    ),
    "a shortcut": lambda house: house.ada.shortcut("Log a talk"),
    "a button in a message": lambda house: house.ada.answer.press("Log a talk"),
    "a message": lambda house: house.ada.say("met Tom Reed at Acme"),
    "App Home": lambda house: house.ada.open_home(),
}


def sent(house: House) -> list[Traffic]:
    """What Slack has sent to the app, and has its acknowledgement of or has given up."""
    return [one for one in house.sandbox.workspace.traffic if one.direction == "to the app"]


@pytest.fixture(params=[SOCKET, HTTP])
async def strict_house(
    request: pytest.FixtureRequest, database_url: str, log: object
) -> AsyncIterator[House]:
    """A house in which Slack waits no longer than Slack does, over either transport."""
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False), ack_timeout=3.0)
    await sandbox.start()
    async with open_house(sandbox, database_url, transport=request.param) as house:
        yield house
    await sandbox.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("act", ACTS)
async def test_what_a_member_does_is_acknowledged_before_the_database_has_answered(
    strict_house: House, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database answers nothing until Slack has either its acknowledgement or given up."""
    house = strict_house
    await add_contact(house.ada, "Grace Hill")
    await house.ada.command("/contact find Grace")
    answered, opened = asyncio.Event(), Sessions._open

    @asynccontextmanager
    async def slowly(*given: Any, **more: Any) -> AsyncIterator[AsyncSession]:
        await answered.wait()
        async with opened(*given, **more) as session:
            yield session

    monkeypatch.setattr(Sessions, "_open", slowly)
    house.sandbox.workspace.traffic.clear()
    doing = asyncio.create_task(ACTS[act](house))
    await house.sandbox.until(lambda: sent(house) != [])
    [first] = sent(house)
    answered.set()
    await doing
    await house.settle()
    assert first.refused is None
    assert house.ada.troubles == []


async def test_a_form_that_cannot_be_saved_in_time_stays_open_and_says_so(
    strict_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who saves before the answer has less than Slack's three seconds: longer waits are ours."""
    house = strict_house
    await add_contact(house.ada, "Grace Hill")
    monkeypatch.setattr(app, "_MEMORY_HAS", 0.3)
    await house.ada.command("/contact Tom Reed")
    async with members_locked(house.database_url):
        await house.ada.modal.submit()
        assert "not saved yet" in house.ada.modal.errors["Name"]
    assert house.ada.troubles == []
    monkeypatch.undo()
    await house.ada.modal.submit()
    await house.ada.command("/contact list")
    assert house.ada.answer.text.count("Tom Reed") == 1


async def test_a_form_that_is_saved_has_all_the_time_that_it_takes_to_tell(
    strict_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows the acknowledgement is not given up because it is late."""
    house = strict_house
    monkeypatch.setattr(app, "_MEMORY_HAS", 0.3)
    house.sandbox.faults.next("views.publish", delay=0.4)
    await house.ada.command("/contact Tom Reed")
    await house.ada.modal.submit()
    await house.settle()
    assert house.ada.troubles == []
    assert "Tom Reed" in house.ada.answer.text
