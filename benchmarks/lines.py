"""Apps on the line: the bot, or a bare one, connected over Socket Mode as it always is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.app.async_app import AsyncApp

from bot.transport import SocketModeTransport


@asynccontextmanager
async def connected(app: AsyncApp, name: str, http: aiohttp.ClientSession) -> AsyncIterator[None]:
    """Keep an app connected to Slack under a name."""
    transport = SocketModeTransport(app, f"xapp-{name}", session=http)
    line = asyncio.create_task(transport.run())
    await transport.connected()
    try:
        yield
    finally:
        await transport.stop()
        await line
