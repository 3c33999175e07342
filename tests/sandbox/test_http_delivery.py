"""What is sent where over HTTP; events that an app does not take, and when they come again."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from sandbox.app_manifest import AppManifest
from sandbox.clock import VirtualClock
from sandbox.page.traffic import Exchange
from sandbox.server import Sandbox
from tests.sandbox.sample_app import MANIFEST

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def over_http(base: str, **settings: Any) -> dict[str, Any]:
    """The sample app over HTTP, with an address for each thing; `settings` instead of its own."""
    commands = MANIFEST["features"]["slash_commands"]
    addressed = [{**one, "url": base + one["command"][1:]} for one in commands]
    told = MANIFEST["settings"]
    interactivity = {
        "request_url": f"{base}pressed",
        "message_menu_options_url": f"{base}typed",
    }
    return {
        **MANIFEST,
        "features": {**MANIFEST["features"], "slash_commands": addressed},
        "settings": {
            "event_subscriptions": {**told["event_subscriptions"], "request_url": base},
            "interactivity": {**told["interactivity"], **interactivity},
            "socket_mode_enabled": False,
            **settings,
        },
    }


class Address:
    """Where an app takes nothing, and notes the retry headers of all that comes."""

    def __init__(self, sandbox: Sandbox, redirects: bool, says: str | None) -> None:
        self.sandbox = sandbox
        self.told: list[tuple[str | None, str | None]] = []
        self.paths: list[str] = []
        self._redirects, self._says = redirects, says
        self.kind = "application/json"
        self.status = 500 if says is None else 200
        self.headers: dict[str, str] = {}
        self.breaks = False  # True: the next line is cut
        self.waits = asyncio.Event()  # until then it keeps silent
        self.waits.set()

    async def take(self, request: web.Request) -> web.Response:
        """Refuse, or send on to this address, or say something."""
        self.paths.append(request.path)
        name = "x-slack-retry-"
        self.told.append((request.headers.get(f"{name}num"), request.headers.get(f"{name}reason")))
        if self._redirects:
            raise web.HTTPTemporaryRedirect(str(request.url))
        await self.waits.wait()
        if self.breaks:
            self.breaks = False
            assert request.transport is not None
            request.transport.close()
        text = self._says or ""
        return web.Response(
            status=self.status, headers=self.headers, text=text, content_type=self.kind
        )

    async def tried(self, count: int) -> list[str | None]:
        """Wait until the sandbox has tried so often; give what came of each try."""
        await self.sandbox.until(lambda: len(self._tries()) >= count)
        return self._tries()

    def _tries(self) -> list[str | None]:
        return [entry.refused for entry in self.sandbox.workspace.traffic]


@asynccontextmanager
async def refusing(
    scheme: str = "http",
    redirects: bool = False,
    says: str | None = None,
    ack_timeout: float = 5.0,
) -> AsyncIterator[Address]:
    """A sandbox whose app refuses everything at its address, or says the same to everything."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/"
    clock = VirtualClock(NOW, running=False)
    sandbox = Sandbox(over_http(url), clock=clock, ack_timeout=ack_timeout)
    await sandbox.start()
    address = Address(sandbox, redirects, says)
    app = web.Application()
    app.router.add_post("/{any:.*}", address.take)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    await web.SockSite(runner, listening).start()
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


async def test_an_app_may_have_an_event_not_come_again() -> None:
    async with refusing() as address:
        address.headers["x-slack-no-retry"] = "1"
        await address.sandbox.member("Ada").say("hello")
        address.sandbox.clock.advance(hours=1)
        address.headers.clear()
        await address.sandbox.member("Ada").say("hello again")
        assert await address.tried(3) == ["http_error"] * 3
    assert address.told == [(None, None), (None, None), ("1", "http_error")]


async def test_an_event_that_nobody_answers_says_so_when_it_comes_again() -> None:
    async with refusing(says="", ack_timeout=0.2) as address:
        address.waits.clear()
        await address.sandbox.member("Ada").say("hello")
        address.waits.set()
        assert await address.tried(2) == ["operation_timeout", None]
    assert address.told == [(None, None), ("1", "http_timeout")]


async def test_an_event_whose_line_breaks_says_so_when_it_comes_again() -> None:
    async with refusing(says="") as address:
        address.breaks = True
        await address.sandbox.member("Ada").say("hello")
        assert await address.tried(2) == ["dispatch_failed", None]
    assert address.told == [(None, None), ("1", "connection_failed")]


async def test_commands_and_presses_do_not_come_again() -> None:
    async with refusing() as address:
        ada = address.sandbox.member("Ada")
        await ada.command("/echo hi")
        await ada.shortcut("Log a talk")
        address.sandbox.clock.advance(hours=1)
        await ada.say("hello")
        await address.tried(4)
    assert address.paths[:3] == ["/echo", "/pressed", "/"]
    assert "/echo" not in address.paths[1:] and "/pressed" not in address.paths[2:]


async def test_an_event_is_taken_with_any_success_and_all_else_with_a_200_alone() -> None:
    async with refusing(says="") as address:
        address.status = 202
        ada = address.sandbox.member("Ada")
        await ada.say("hello")
        await ada.command("/echo hi")
        assert await address.tried(2) == [None, "dispatch_failed"]
    assert ada.troubles == ['/echo failed with the error "dispatch_failed"']


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


async def test_each_thing_is_sent_to_its_own_address_in_the_manifest() -> None:
    async with refusing() as address:
        ada = address.sandbox.member("Ada")
        await ada.command("/contact")
        await ada.command("/echo hi")
        await ada.shortcut("Log a talk")
        await ada.open_home()
    assert address.paths[:4] == ["/contact", "/echo", "/pressed", "/"]


@pytest.mark.parametrize(
    ("kind", "payload", "path"),
    [
        ("interactive", {"type": "block_actions"}, "pressed"),
        ("interactive", {"type": "view_submission"}, "pressed"),
        ("interactive", {"type": "block_suggestion"}, "typed"),
    ],
)
def test_what_is_typed_in_a_select_has_an_address_of_its_own(
    kind: str, payload: dict[str, str], path: str
) -> None:
    told = AppManifest.read(over_http("https://example.com/"))
    assert told.address_of(kind, payload) == f"https://example.com/{path}"


async def test_without_an_address_in_the_manifest_nothing_is_sent() -> None:
    async with refusing() as address:
        bare = over_http("", interactivity={"is_enabled": True}, event_subscriptions={})
        bare["features"] = MANIFEST["features"]
        await address.sandbox.save_manifest(bare)
        ada = address.sandbox.member("Ada")
        await ada.command("/echo hi")
        await ada.shortcut("Log a talk")
        assert address.paths == []
    assert ada.troubles == [
        '/echo failed with the error "dispatch_failed"',
        'The shortcut "Log a talk" failed with the error "dispatch_failed"',
    ]


@pytest.mark.parametrize("says", ["[" * 100_000, '{"text": "\\ud800"}'])
async def test_an_answer_that_is_no_sound_json_is_plain_words(says: str) -> None:
    async with refusing(says=says) as address:
        ada = address.sandbox.member("Ada")
        await ada.command("/echo hi")
        told = address.sandbox.workspace.traffic[-1].answer
        assert told == {"text": says}


async def test_json_that_does_not_say_so_is_plain_words() -> None:
    async with refusing(says='{"response_type": "in_channel", "text": "hi"}') as address:
        ada = address.sandbox.member("Ada")
        address.kind = "text/plain"
        await ada.command("/echo hi")
        assert ada.answer.text == '{"response_type": "in_channel", "text": "hi"}'
        address.kind = "application/json"
        await ada.command("/echo hi")
        assert ada.channel("general").texts[-1] == "hi"


async def test_what_is_said_where_slack_takes_no_answer_is_noted_as_ignored() -> None:
    async with refusing(says='{"text": "Done"}') as address:
        ada = address.sandbox.member("Ada")
        await ada.shortcut("Log a talk")
        await ada.command("/echo hi")
        ignored, taken = address.sandbox.workspace.traffic
        assert (ignored.ignored, ignored.answer) == (True, {"text": "Done"})
        assert Exchange(ignored).outcome.endswith(", its answer ignored")
        assert not taken.ignored and "ignored" not in Exchange(taken).outcome
        assert "Done" in ada.answer.text
        assert [refusal.rules for refusal in address.sandbox.refusals] == [("answer.empty",)]
