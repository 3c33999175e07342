"""Serves the metrics over HTTP, inside the bot's own event loop, if the operator asked for them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.metrics import CONTENT_TYPE

log = structlog.get_logger()

PATH = "/metrics"
# A look takes milliseconds: whoever is still reading then does not keep the bot from stopping.
GOODBYE = 1.0


class MetricsPortTaken(Exception):
    """Something else listens where the metrics should be."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(
            f"The metrics cannot be served at {host}, port {port} ({error.strerror}). Name another"
            " METRICS_PORT, or take it out of .env."
        )


@asynccontextmanager
async def serving(
    exposition: Callable[[], Awaitable[bytes]], host: str, port: int
) -> AsyncIterator[str]:
    """Answer at /metrics until the block ends; gives the address. Port 0 is any free one.

    Raises MetricsPortTaken.
    """

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=await exposition(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get(PATH, answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GOODBYE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise MetricsPortTaken(host, port, error) from error
        bound = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        log.info("metrics: served", port=bound)
        yield f"http://{shown}:{bound}{PATH}"
    finally:
        await runner.cleanup()
