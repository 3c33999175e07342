"""What counts as work under way."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.in_flight import InFlight
from bot.slack_client import build_client, open_session
from tests.bot.socket_server import SocketServer

HOME_OPENED = {
    "type": "event_callback",
    "team_id": "T1",
    "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
}


@pytest.fixture
async def app() -> AsyncIterator[AsyncApp]:
    server = SocketServer()
    await server.start()
    async with open_session() as session:
        yield AsyncApp(client=build_client("xoxb-1", server.api_url, session))
    await server.stop()


async def open_home(app: AsyncApp, in_flight: InFlight) -> None:
    async with in_flight.dispatching():
        await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=HOME_OPENED))


async def test_a_listener_counts_before_its_request_stops_counting(app: AsyncApp) -> None:
    """Bolt answers an event before its listener's first step: there is no gap to call idle in."""
    in_flight = InFlight(app)
    let_go = asyncio.Event()

    async def home() -> None:
        await let_go.wait()

    app.event("app_home_opened")(home)
    await open_home(app, in_flight)
    assert in_flight.count == 1
    idle = asyncio.create_task(in_flight.idle())
    let_go.set()
    await idle
    assert in_flight.count == 0


async def test_a_listener_that_fails_stops_counting(app: AsyncApp) -> None:
    in_flight = InFlight(app)
    heard: list[str] = []

    async def home() -> None:
        raise RuntimeError("broken")

    async def error_answer(error: Exception) -> None:
        heard.append(str(error))

    app.event("app_home_opened")(home)
    app.error(error_answer)
    await open_home(app, in_flight)
    await in_flight.idle()
    assert (heard, in_flight.count) == (["broken"], 0)


async def test_other_work_can_be_counted(app: AsyncApp) -> None:
    """A beat of the heartbeat is work too: a stop and a test wait for it."""
    in_flight = InFlight(app)
    with pytest.raises(RuntimeError), in_flight.working():
        assert in_flight.count == 1
        raise RuntimeError
    await in_flight.idle()
