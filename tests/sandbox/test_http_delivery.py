"""Events over HTTP that an app does not take: when they come again, and what they say of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web

from sandbox.clock import VirtualClock
from sandbox.http_delivery import HttpDelivery
from sandbox.server import SIGNING_SECRET, Sandbox
from tests.sandbox.sample_app import MANIFEST

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Address:
    """Where an app takes nothing, and notes the retry headers of all that comes."""

    def __init__(self, sandbox: Sandbox, redirects: bool = False) -> None:
        self.sandbox = sandbox
        self.told: list[tuple[str | None, str | None]] = []
        self._redirects = redirects

    async def take(self, request: web.Request) -> web.Response:
        """Refuse, or send on to this address."""
        name = "x-slack-retry-"
        self.told.append((request.headers.get(f"{name}num"), request.headers.get(f"{name}reason")))
        if self._redirects:
            raise web.HTTPTemporaryRedirect(str(request.url))
        return web.Response(status=500)

    async def tried(self, count: int) -> list[str | None]:
        """Wait until the sandbox has tried so often; give what came of each try."""
        await self.sandbox.until(lambda: len(self._tries()) >= count)
        return self._tries()

    def _tries(self) -> list[str | None]:
        return [entry.refused for entry in self.sandbox.workspace.traffic]


@asynccontextmanager
async def refusing(scheme: str = "http", redirects: bool = False) -> AsyncIterator[Address]:
    """A sandbox whose app refuses everything at its address."""
    sandbox = Sandbox(MANIFEST, clock=VirtualClock(NOW, running=False))
    await sandbox.start()
    address = Address(sandbox, redirects)
    app = web.Application()
    app.router.add_post("/", address.take)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    sandbox.delivery = HttpDelivery(f"{scheme}://127.0.0.1:{port}/", SIGNING_SECRET, 5.0)
    yield address
    await sandbox.stop()
    await runner.cleanup()


async def test_an_event_is_tried_at_once_after_a_minute_and_after_five_by_the_clock() -> None:
    async with refusing() as address:
        await address.sandbox.member("Ada").say("hello")
        await address.tried(2)
        address.sandbox.clock.advance(minutes=1)
        await address.tried(3)
        address.sandbox.clock.advance(minutes=5)
        assert await address.tried(4) == ["http_error"] * 4
    again = [(str(number), "http_error") for number in (1, 2, 3)]
    assert address.told == [(None, None), *again]


async def test_an_event_that_is_sent_from_place_to_place_says_so() -> None:
    """Slack follows two redirects."""
    async with refusing(redirects=True) as address:
        await address.sandbox.member("Ada").say("hello")
        assert await address.tried(2) == ["too_many_redirects"] * 2
    assert address.told == [(None, None)] * 3 + [("1", "too_many_redirects")] * 3


async def test_an_address_without_a_certificate_is_told_from_one_where_nobody_is() -> None:
    async with refusing(scheme="https") as address:
        await address.sandbox.member("Ada").say("hello")
        assert await address.tried(2) == ["ssl_error"] * 2


async def test_of_a_command_a_person_is_told_no_more_than_that_it_failed() -> None:
    async with refusing(scheme="https") as address:
        ada = address.sandbox.member("Ada")
        await ada.command("/echo hi")
        assert ada.troubles == ['/echo failed with the error "dispatch_failed"']
