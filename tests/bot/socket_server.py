"""The other end of Socket Mode for tests: a small server on this machine that fails on order."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web


class Line:
    """One connection as Slack sees it."""

    def __init__(self, websocket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self.closed = asyncio.Event()
        self.pings = 0
        self.pinged = asyncio.Condition()
        self._websocket = websocket
        self._transport = transport
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: dict[str, Any] | str) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self._websocket.send_str(text)

    async def envelope(self, kind: str, payload: dict[str, Any], **more: Any) -> str:
        """Send a payload as Slack wraps it; the envelope's id."""
        envelope_id = str(uuid4())
        await self.send({"envelope_id": envelope_id, "type": kind, "payload": payload, **more})
        return envelope_id

    async def answer(self) -> dict[str, Any]:
        """The next acknowledgement that arrives here."""
        return await self._answers.get()

    def cut(self) -> None:
        self._transport.abort()

    async def close(self) -> None:
        await self._websocket.close()

    async def listen(self, silent: bool) -> None:
        async for frame in self._websocket:
            if frame.type is aiohttp.WSMsgType.TEXT:
                self._answers.put_nowait(json.loads(frame.data))
            elif frame.type is aiohttp.WSMsgType.PING and not silent:
                await self._websocket.pong(frame.data)
                async with self.pinged:
                    self.pings += 1
                    self.pinged.notify_all()


class SocketServer:
    """Speaks apps.connections.open and Socket Mode; every method else answers ok."""

    def __init__(self) -> None:
        self.port = 0
        self.opens = 0
        self.refusals: list[web.Response] = []
        self.mute_lines = 0  # that many next lines are closed without hello
        self.silent_lines = 0  # that many next lines answer no ping
        self._arrivals: asyncio.Queue[Line] = asyncio.Queue()
        self._lines: set[Line] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def start(self) -> None:
        """Listen on the port of the last time, or on a free one."""
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go down hard: nobody says goodbye."""
        for line in list(self._lines):
            line.cut()
        await self._runner.cleanup()

    async def line(self) -> Line:
        """The next connection that has been greeted."""
        return await self._arrivals.get()

    async def _open(self, request: web.Request) -> web.Response:
        self.opens += 1
        if self.refusals:
            return self.refusals.pop(0)
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"})

    async def _method(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "user_id": "UBOT", "bot_id": "B1", "team_id": "T1"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        websocket = web.WebSocketResponse(autoping=False)
        await websocket.prepare(request)
        if self.mute_lines:
            self.mute_lines -= 1
            await websocket.close()
            return websocket
        silent = self.silent_lines > 0
        self.silent_lines -= silent
        assert isinstance(request.transport, asyncio.Transport)
        line = Line(websocket, request.transport)
        self._lines.add(line)
        await line.send({"type": "hello", "num_connections": 1})
        self._arrivals.put_nowait(line)
        try:
            await line.listen(silent)
        finally:
            self._lines.discard(line)
            line.closed.set()
        return websocket


def refusal(error: str, status: int = 200, **headers: str) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
