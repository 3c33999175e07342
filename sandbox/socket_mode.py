"""Socket Mode: connections, envelopes and their acknowledgements (slack-platform.md 3.1)."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.errors import NoAnswer
from sandbox.model import Json
from sandbox.rules.methods import broken
from sandbox.workspace import APP_ID

MOST_CONNECTIONS = 10
REFRESH_SECONDS = 10.0


@dataclass(eq=False)
class Connection:
    """One open WebSocket of the app."""

    socket: WebSocket
    retiring: bool = False  # asked to go: used only when there is no other
    gone: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class _Pending:
    envelope: str
    answer: "asyncio.Future[Json | None]"
    connection: Connection | None = None
    sent: bool = False


class SocketMode:
    """The app's connections, and what waits for its acknowledgement."""

    def __init__(self, ack_timeout: float, changed: Callable[[], None]) -> None:
        self._ack_timeout = ack_timeout
        self._changed = changed
        self._tickets: set[str] = set()
        self._pending: dict[str, _Pending] = {}
        self._turn = count()
        self._opened = asyncio.Event()
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        """A ticket for one connection."""
        if len(self.connections) >= MOST_CONNECTIONS:
            raise broken("sockets.most")
        ticket = uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Take one connection from its ticket to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(code=4401)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        await self._say_hello(connection)
        try:
            while True:
                self._take(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            pass  # the app went away, or its line was cut
        finally:
            await self._forget(connection)

    async def _say_hello(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
            "connection_info": {"app_id": APP_ID},
        }
        await connection.socket.send_text(json.dumps(hello))
        self.connections.append(connection)
        self._opened.set()
        self._opened = asyncio.Event()
        self._changed()
        for pending in list(self._pending.values()):
            if pending.connection is None:
                await self._send(pending)

    def _take(self, answer: Json) -> None:
        pending = self._pending.get(answer.get("envelope_id", ""))
        if pending is not None and not pending.answer.done():
            pending.answer.set_result(answer.get("payload"))

    async def _forget(self, connection: Connection) -> None:
        self.connections.remove(connection)
        connection.gone.set()
        self._changed()
        for pending in list(self._pending.values()):
            if pending.connection is connection and not pending.answer.done():
                pending.connection = None
                await self._send(pending)

    async def _send(self, pending: _Pending) -> None:
        """Send to the next connection in turn; without one the envelope waits."""
        usable = [c for c in self.connections if not c.retiring] or self.connections
        if not usable:
            return
        pending.connection = usable[next(self._turn) % len(usable)]
        pending.sent = True
        try:
            await pending.connection.socket.send_text(pending.envelope)
        except (WebSocketDisconnect, RuntimeError):
            # The line is cut and its reader has not noticed yet: _forget sends it again.
            return

    async def deliver(
        self, kind: str, payload: Json, *, answers: bool, attempt: int = 0, failed: str = ""
    ) -> Json:
        """Send one envelope and wait for its acknowledgement; returns the answer, {} for none.

        Raises NoAnswer: operation_timeout when the app got it and kept silent, dispatch_failed
        when it was away all the time.
        """
        envelope: Json = {
            "envelope_id": str(uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": answers,
        }
        if kind == "events_api":
            envelope["retry_attempt"] = attempt
            envelope["retry_reason"] = "timeout" if failed else ""
        # Written as it is now, even if it is sent later.
        text = json.dumps(envelope)
        pending = _Pending(text, asyncio.get_running_loop().create_future())
        self._pending[envelope["envelope_id"]] = pending
        try:
            async with asyncio.timeout(self._ack_timeout):
                await self._send(pending)
                return await pending.answer or {}
        except TimeoutError:
            reason = "operation_timeout" if pending.sent else "dispatch_failed"
            raise NoAnswer(reason) from None
        finally:
            del self._pending[envelope["envelope_id"]]

    async def refresh(self) -> None:
        """Ask all connections to go; close them when the app is back, at the latest after 10 s."""
        old = list(self.connections)
        opened = self._opened
        for connection in old:
            connection.retiring = True
            goodbye = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {}}
            await connection.socket.send_text(json.dumps(goodbye))
        try:
            async with asyncio.timeout(REFRESH_SECONDS):
                await opened.wait()
        except TimeoutError:
            pass  # the app did not come back in time: Slack closes the line all the same
        for connection in old:
            await self._close(connection)

    async def close(self) -> None:
        """Close all connections."""
        for connection in list(self.connections):
            await self._close(connection)

    async def _close(self, connection: Connection) -> None:
        if not connection.gone.is_set():
            try:
                await connection.socket.close()
            except (WebSocketDisconnect, RuntimeError):
                return  # the app was quicker
