"""A Slack that does next to nothing, in a process of its own, so that the bot is measured.

The sandbox checks and keeps everything, which takes longer than the bot takes. This one answers
"ok" to every method, notes when a view is opened for which trigger and which messages came, and
sends what it is told to over Socket Mode. `python -m benchmarks.light_slack` prints its port.
"""

import asyncio
import json
from collections import Counter
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

Json = dict[str, Any]
_LONGEST_WAIT = 20.0
_LARGEST = 64 * 2**20  # bytes of thousands of envelopes to send


class LightSlack:
    """What it knows: who is connected, what was opened when, which messages came how often."""

    def __init__(self) -> None:
        self.delay = 0.0
        self._lines: dict[str, web.WebSocketResponse] = {}
        self._acked: dict[str, float] = {}
        self._opened: dict[str, float] = {}
        self._messages: Counter[str] = Counter()
        self._calls: Counter[str] = Counter()
        self._ts = 0

    def app(self) -> web.Application:
        """Give the server."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", "/api/{method}", self.call)
        app.router.add_post("/hook", self.hook)
        app.router.add_get("/link/{name}", self.line)
        app.router.add_post("/control/send", self.send)
        app.router.add_post("/control/delay", self.set_delay)
        app.router.add_get("/control/seen", self.seen)
        app.router.add_get("/control/hears", self.hears)
        return app

    async def call(self, request: web.Request) -> web.Response:
        """Answer a method of the Web API."""
        method, body = request.match_info["method"], await request.text()
        arrived = perf_counter()
        given = _read(request.content_type, body)
        self._calls[method] += 1
        if method == "views.open":
            self._opened[given["trigger_id"]] = arrived
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.json_response({"ok": True} | self._answer(method, given, request))

    def _answer(self, method: str, given: Json, request: web.Request) -> Json:
        if method == "chat.postMessage":
            self._ts += 1
            self._messages[given["channel"] + str(given.get("metadata", ""))] += 1
            ts = f"1795424400.{self._ts:06d}"
            return {"channel": given["channel"], "ts": ts}
        if method == "apps.connections.open":
            name = request.headers["Authorization"].rpartition("-")[2]
            return {"url": f"ws://{request.host}/link/{name}"}
        if method == "auth.test":
            return {
                "team_id": "T00001",
                "bot_id": "B0000001",
                "user_id": "U0BOT",
                "url": "http://x",
            }
        if method == "users.info":
            return {"user": {"id": given["user"], "tz": "Europe/London"}}
        if method == "conversations.open":
            return {"channel": {"id": "D" + str(given["users"])[1:]}}
        return {}

    async def hook(self, _: web.Request) -> web.Response:
        """Take what is sent to a response_url."""
        return web.Response(text="ok")

    async def line(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one Socket Mode connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        name = request.match_info["name"]
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._lines[name] = socket
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._acked[json.loads(frame.data)["envelope_id"]] = perf_counter()
        if self._lines.get(name) is socket:
            del self._lines[name]
        return socket

    async def hears(self, request: web.Request) -> web.Response:
        """Answer as soon as an app is connected."""
        while request.query["app"] not in self._lines:
            await asyncio.sleep(0.005)
        return web.Response(text="ok")

    async def send(self, request: web.Request) -> web.Response:
        """Send envelopes at so many a second; tell when each was acknowledged, and its view opened.

        In seconds; null for what had not come after twenty.
        """
        told = await request.json()
        line, sent = self._lines[told["app"]], {}
        began = perf_counter()
        for number, envelope in enumerate(told["envelopes"]):
            await asyncio.sleep(max(0.0, began + number / told["rate"] - perf_counter()))
            sent[envelope["envelope_id"]] = perf_counter(), envelope["payload"].get("trigger_id")
            await line.send_json(envelope)
        last = perf_counter()
        while perf_counter() - last < _LONGEST_WAIT and not self._all_there(sent, told["opens"]):
            await asyncio.sleep(0.02)
        acked = [_since(at, self._acked.get(envelope)) for envelope, (at, _) in sent.items()]
        opened = [_since(at, self._opened.get(trigger)) for at, trigger in sent.values()]
        return web.json_response({"acked": acked, "opened": opened})

    def _all_there(self, sent: dict[str, tuple[float, str]], opens: bool) -> bool:
        acked = all(envelope in self._acked for envelope in sent)
        return acked and (not opens or all(t in self._opened for _, t in sent.values()))

    async def set_delay(self, request: web.Request) -> web.Response:
        """Answer methods so many seconds later from now on."""
        self.delay = float(await request.text())
        return web.Response(text="ok")

    async def seen(self, _: web.Request) -> web.Response:
        """Tell how many messages came, and how many of them more than once; then forget them."""
        count, twice = self._messages.total(), self._messages.total() - len(self._messages)
        self._messages.clear()
        calls = dict(self._calls)
        return web.json_response({"messages": count, "twice": twice, "calls": calls})


def _read(content_type: str, body: str) -> Json:
    given: Json = json.loads(body) if content_type == "application/json" else dict(parse_qsl(body))
    return given


def _since(began: float, ended: float | None) -> float | None:
    return None if ended is None else ended - began


async def main() -> None:
    """Serve until the process is ended."""
    runner = web.AppRunner(LightSlack().app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
