"""A sandbox, and a real Bolt app connected to it by the SDK's own Socket Mode client."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import VirtualClock
from sandbox.driver import Member
from sandbox.server import APP_TOKEN, BOT_TOKEN, Sandbox
from tests.sandbox.sample_app import MANIFEST, build_app


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A started sandbox without an app."""
    started = Sandbox(MANIFEST, clock=VirtualClock(), ack_timeout=1.0)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """The SDK's client with the bot token."""
    return AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url)


@dataclass
class Rig:
    """A sandbox with the sample app on the line."""

    sandbox: Sandbox
    seen: list[dict[str, Any]]  # the payloads that the app got
    ada: Member


@pytest.fixture
async def rig(sandbox: Sandbox, client: AsyncWebClient) -> AsyncIterator[Rig]:
    """The sample app connected over Socket Mode."""
    seen: list[dict[str, Any]] = []
    app = build_app(client, seen)
    handler = AsyncSocketModeHandler(app, APP_TOKEN)
    handler.client.web_client.base_url = sandbox.api_url
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
    await sandbox.until(lambda: len(sandbox.sockets.connections) == 1)
    yield Rig(sandbox, seen, sandbox.member("Ada"))
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
