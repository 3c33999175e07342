"""Tells an app in another process what the sandbox's clock says."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from sandbox.server import Sandbox

# Shorter than the time-outs of usual HTTP clients.
_LONGEST_WAIT = 25.0


def clock_route(sandbox: "Sandbox") -> Callable[[Request], Awaitable[JSONResponse]]:
    """GET: `{"now": ISO moment in UTC, "version": number of jumps}`.

    With `?after=VERSION` the answer waits for the next jump, 25 seconds at most.
    """

    async def tell(request: Request) -> JSONResponse:
        clock, changed = sandbox.clock, sandbox.workspace.changed
        after = request.query_params.get("after", "-1")
        if after == str(clock.jumps):
            try:
                async with asyncio.timeout(_LONGEST_WAIT):
                    while after == str(clock.jumps) and not sandbox.stopping.is_set():
                        await changed.after(changed.version)
            except TimeoutError:
                pass  # no jump so far: the answer says so by its version
        return JSONResponse({"now": clock.now().isoformat(), "version": clock.jumps})

    return tell
