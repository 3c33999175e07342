"""The bot reached over HTTP: what comes in, how it stops, and whether it says that it is well."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.response import BoltResponse

from bot.http_transport import HttpPortTaken, HttpTransport
from bot.manifest import manifest
from bot.settings import HTTP
from sandbox.clock import VirtualClock
from sandbox.http_delivery import HttpDelivery, UrlNotVerified
from sandbox.server import Sandbox
from tests.abuse.run import FORM, JSON, Request, signed
from tests.outages import database_away
from tests.stories.conftest import NOW, House, log, open_house
from tests.stories.steps import add_contact

__all__ = ["log"]


@pytest.fixture
async def house(database_url: str, log: io.StringIO) -> AsyncIterator[House]:
    """A house whose bot is reached over HTTP, with either database."""
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False), ack_timeout=10.0)
    await sandbox.start()
    async with open_house(sandbox, database_url, transport=HTTP) as house:
        yield house
    await sandbox.stop()


def transport_of(house: House) -> HttpTransport:
    """The bot's transport."""
    assert isinstance(house.bot.transport, HttpTransport)
    return house.bot.transport


async def look(house: House, path: str) -> tuple[int, Any]:
    """Ask the bot how it is, as what watches over processes does."""
    address = transport_of(house).url.replace("/slack/events", path)
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def test_a_command_with_the_word_payload_in_it_is_a_command(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Payload")
    await house.ada.command("/contact find payload=1&type=x")
    await house.ada.command("/contact find payload")
    assert "Grace Hill" in house.ada.answer.text


async def test_another_apps_secret_opens_no_door(house: House) -> None:
    stranger = HttpDelivery(house.sandbox.manifest, "another", 5.0)
    with pytest.raises(UrlNotVerified, match="http_error"):
        await stranger.verify()
    await stranger.close()


async def test_it_says_that_it_is_alive_and_ready(house: House) -> None:
    assert await look(house, "/healthz") == (200, {"alive": True})
    status, found = await look(house, "/readyz")
    assert (status, set(found.values())) == (200, {True}), found
    assert set(found) == {"database", "migrations", "heartbeat", "slack", "token", "staying"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_it_is_alive_and_not_ready_while_the_database_is_away(house: House) -> None:
    with database_away(house.database_url):
        status, found = await look(house, "/readyz")
        assert (status, found["database"], found["slack"]) == (503, False, True)
        assert (await look(house, "/healthz"))[0] == 200
    assert (await look(house, "/readyz"))[0] == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_is_not_ready_while_slack_cannot_be_reached(house: House) -> None:
    await house.sandbox.stop()
    status, found = await look(house, "/readyz")
    assert (status, found["slack"], found["database"]) == (503, False, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("fault", "slack", "token"),
    [
        ({"error": "token_revoked"}, True, False),
        ({"error": "account_inactive"}, True, False),
        ({"retry_after": 30}, True, True),
        ({"error": "not_allowed_token_type"}, True, True),
        ({"error": "fatal_error"}, False, True),
        ({"status": 503}, False, True),
    ],
)
async def test_a_dead_token_is_told_from_a_slack_that_is_away(
    house: House, fault: dict[str, Any], slack: bool, token: bool
) -> None:
    """Any answer of Slack's own will do for being there, also a refusal and 429."""
    house.sandbox.faults.next("auth.test", times=5, **fault)
    status, found = await look(house, "/readyz")
    assert (found["slack"], found["token"]) == (slack, token)
    assert status == (200 if slack and token else 503)


async def post(house: House, request: Request) -> int:
    """Send a request to the bot's address; the status of its answer."""
    url, headers = transport_of(house).url, request.headers
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=request.body, headers=headers) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_event_that_was_not_taken_may_come_again_within_the_second(house: House) -> None:
    """Slack tries it again at once, with the same letters and so with the same signature."""
    away: list[BoltResponse] = []

    @transport_of(house)._door._app.middleware
    async def refuse_once(next: Any) -> BoltResponse | None:
        return away.pop() if away else await next()

    await house.ada.open_home()
    payloads = [entry.payload for entry in house.sandbox.workspace.traffic if not entry.refused]
    event = next(one for one in payloads if one.get("type") == "event_callback")
    request = signed(json.dumps(event | {"event_id": "Ev0AGAIN"}).encode(), JSON)
    away.append(BoltResponse(status=503))
    assert await post(house, request) == 503
    assert await post(house, request) == 200
    assert await post(house, request) == 401
    await house.settle()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_event_on_which_the_bot_broke_down_may_come_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.ada.open_home()
    payloads = [entry.payload for entry in house.sandbox.workspace.traffic if not entry.refused]
    event = next(one for one in payloads if one.get("type") == "event_callback")
    request = signed(json.dumps(event | {"event_id": "Ev0AGAIN"}).encode(), JSON)

    async def break_down(request: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(transport_of(house)._door._app, "async_dispatch", break_down)
        assert await post(house, request) == 500
    assert await post(house, request) == 200
    await house.settle()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_slack_never_sends_again_is_a_replay_though_it_was_refused(house: House) -> None:
    await house.ada.command("/contact find nobody")
    [*_, sent] = [e for e in house.sandbox.workspace.traffic if "/contact" in e.kind]
    asked = sent.payload | {"command": "/unknown"}
    request = signed(urlencode(asked).encode(), FORM)
    assert [await post(house, request) for _ in range(2)] == [404, 401]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_has_begun_is_answered_before_it_stops(house: House) -> None:
    asked = asyncio.create_task(house.ada.command("/contact Grace Hill at Acme"))
    await house.sandbox.until(lambda: house.bot.in_flight.count > 0)
    await house.bot.stop()
    await asked
    assert house.ada.has_modal


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_before_it_stops_it_says_so_and_still_takes_what_comes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over, leads = asyncio.Event(), asyncio.Event(), []

    async def lead(seconds: float) -> None:
        leads.append(seconds)
        begun.set()
        await over.wait()

    monkeypatch.setattr("bot.http_transport.sleep", lead)
    monkeypatch.setattr(transport_of(house), "_lead", 3.0)
    stopping = asyncio.create_task(house.bot.stop())
    await begun.wait()
    status, found = await look(house, "/readyz")
    assert (status, found["staying"]) == (503, False)
    assert (await look(house, "/healthz"))[0] == 200
    await house.ada.command("/contact Grace Hill at Acme")
    assert house.ada.has_modal
    over.set()
    await stopping
    await house.ada.command("/contact")
    assert leads == [3.0]
    assert house.ada.troubles == ['/contact failed with the error "dispatch_failed"']


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_port_that_is_taken_is_named(house: House) -> None:
    taken = transport_of(house)
    second = HttpTransport(
        taken._door._app,
        "secret",
        host="127.0.0.1",
        port=int(taken.url.split(":")[2].partition("/")[0]),
        in_flight=taken.in_flight,
        health=taken._health,
    )
    with pytest.raises(HttpPortTaken, match="HTTP_PORT"):
        await second.run()
    with pytest.raises(ConnectionError):
        await second.connected()


def test_the_manifest_names_the_address_for_everything() -> None:
    address = "https://rapport.example.org/slack/events"
    made = manifest("team-", address)
    assert made["settings"]["socket_mode_enabled"] is False
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert json.dumps(made).count(address) == len(made["features"]["slash_commands"]) + 3
