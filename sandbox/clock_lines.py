"""Tells apps in other processes what the clock says, and asks whether they are at rest."""

import asyncio
import json
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.clock import VirtualClock


class ClockLines:
    """The clock over HTTP and WebSocket, at one address.

    GET answers `{"now": ISO moment in UTC}`. A WebSocket is sent the same at once and after each
    jump. It may be sent `{"question": N}` too, which an app answers once it has nothing more to do:
    `{"answer": N, "next_due": ISO moment or null}`.
    """

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._lines: dict[WebSocket, asyncio.Queue[dict[str, Any]]] = {}
        self._asked = 0
        self._open: dict[int, asyncio.Future[datetime | None]] = {}
        clock.subscribe(self._tell_all)

    def __len__(self) -> int:
        return len(self._lines)

    async def tell(self, _request: Request) -> JSONResponse:
        """Answer a GET."""
        return JSONResponse(self._now())

    async def serve(self, line: WebSocket) -> None:
        """Keep one app informed until it hangs up."""
        await line.accept()
        queue = self._lines[line] = asyncio.Queue()
        queue.put_nowait(self._now())
        writing = asyncio.create_task(_write(line, queue))
        try:
            while True:
                self._take(json.loads(await line.receive_text()))
        except WebSocketDisconnect:
            pass  # the app has ended
        finally:
            del self._lines[line]
            writing.cancel()

    async def when_at_rest(self, timeout: float) -> list[datetime | None]:
        """Wait until all who follow are at rest; give when each has something to do next.

        Who ends meanwhile, or needs longer than `timeout` seconds, is left out.
        """
        loop = asyncio.get_running_loop()
        asked = {}
        for queue in self._lines.values():
            self._asked += 1
            asked[self._asked] = self._open[self._asked] = loop.create_future()
            queue.put_nowait({"question": self._asked})
        try:
            if asked:
                await asyncio.wait(asked.values(), timeout=timeout)
        finally:
            for number in asked:
                del self._open[number]
        return [answer.result() for answer in asked.values() if answer.done()]

    def _now(self) -> dict[str, Any]:
        return {"now": self._clock.now().isoformat()}

    def _tell_all(self) -> None:
        for queue in self._lines.values():
            queue.put_nowait(self._now())

    def _take(self, told: dict[str, Any]) -> None:
        answer = self._open.get(told["answer"])
        if answer is not None and not answer.done():
            due = told["next_due"]
            answer.set_result(datetime.fromisoformat(due) if due else None)


async def _write(line: WebSocket, queue: "asyncio.Queue[dict[str, Any]]") -> None:
    while True:
        await line.send_text(json.dumps(await queue.get()))
