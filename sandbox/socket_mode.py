"""Socket Mode: connections, envelopes and their acknowledgements (slack-platform.md 3.1)."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from time import monotonic
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.errors import NoAnswer
from sandbox.json_text import as_answer, parsed_json
from sandbox.model import Json
from sandbox.rules.methods import broken
from sandbox.workspace import APP_ID

MOST_CONNECTIONS = 10
# So long before it closes a line Slack warns of it.
WARNED_FOR = 10.0
# "Temporary", says the method; of rtm.connect's addresses, which are alike, Slack says 30 seconds.
TICKET_LIVES = 30.0
# After so much of the time for an answer the envelope goes to another line as well, if it has one.
SILENT_FOR = 2 / 3
HOST = "applink-sandbox"


@dataclass(eq=False)
class Connection:
    """One open WebSocket of the app."""

    socket: WebSocket
    usable: bool = False  # from its hello to its goodbye
    gone: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class _Pending:
    envelope: str
    answer: "asyncio.Future[Any]"
    connection: Connection | None = None
    sent: bool = False


class SocketMode:
    """The app's connections, and what waits for its acknowledgement."""

    def __init__(
        self, ack_timeout: float, changed: Callable[[], None], stray: Callable[[Json], None]
    ) -> None:
        """`stray` is told of acknowledgements of what does not wait, or not any more."""
        self._ack_timeout = ack_timeout
        self._changed, self._stray = changed, stray
        self._tickets: dict[str, float] = {}  # each with the moment when it is void
        self._pending: dict[str, _Pending] = {}
        self._turn = count()
        self._moved = asyncio.Event()  # a line has come or gone
        self.connections: list[Connection] = []
        self.warned_for, self.ticket_lives = WARNED_FOR, TICKET_LIVES
        self.silent_for = ack_timeout * SILENT_FOR

    def ticket(self) -> str:
        """A ticket for one connection, soon."""
        if len(self.connections) >= MOST_CONNECTIONS:
            raise broken("sockets.most")
        ticket = uuid4().hex
        self._tickets[ticket] = monotonic() + self.ticket_lives
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Take one connection from its ticket to its end."""
        void_at = self._tickets.pop(socket.query_params.get("ticket", ""), 0.0)
        if monotonic() > void_at:
            await socket.close(code=4401)
            return
        await socket.accept()
        connection = Connection(socket)
        if len(self.connections) >= MOST_CONNECTIONS:  # its ticket is older than the tenth line
            await self._say_goodbye(connection, "too_many_websockets")
            return
        self.connections.append(connection)
        try:
            await self._say_hello(connection)
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass  # the app went away, or its line was cut
        finally:
            await self._forget(connection)

    async def _say_hello(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": HOST,
                "started": datetime.now(UTC).isoformat(" ", "milliseconds")[:-6],
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
            "connection_info": {"app_id": APP_ID},
        }
        await connection.socket.send_text(json.dumps(hello))
        connection.usable = True
        self._tell_moved()
        for pending in list(self._pending.values()):
            if pending.connection is None:
                await self._send(pending)

    def _take(self, text: str) -> None:
        """Take an acknowledgement; what is none leaves its envelope unanswered."""
        try:
            answer = parsed_json(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            return self._stray({"not an acknowledgement": text[:100]})
        pending = self._pending.get(str(answer.get("envelope_id")))
        if pending is None or pending.answer.done():
            return self._stray(answer)
        pending.answer.set_result(answer.get("payload"))

    def _tell_moved(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()
        self._changed()

    async def _forget(self, connection: Connection) -> None:
        self.connections.remove(connection)
        connection.gone.set()
        self._tell_moved()
        for pending in list(self._pending.values()):
            if pending.connection is connection and not pending.answer.done():
                pending.connection = None
                await self._send(pending)

    async def _send(self, pending: _Pending) -> None:
        """Send to the next connection in turn; without one the envelope waits."""
        silent = pending.connection
        usable = [each for each in self.connections if each.usable and each is not silent]
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
                return as_answer(await self._answer(pending))
        except TimeoutError:
            reason = "operation_timeout" if pending.sent else "dispatch_failed"
            raise NoAnswer(reason) from None
        finally:
            del self._pending[envelope["envelope_id"]]

    async def _answer(self, pending: _Pending) -> Any:
        """Wait for the acknowledgement; of a line that keeps silent another one is asked once."""
        done, _ = await asyncio.wait({pending.answer}, timeout=self.silent_for)
        if not done and pending.connection is not None:
            await self._send(pending)
        return await pending.answer

    async def refresh(self) -> None:
        """Renew all lines: warn, and ten seconds later close them; sooner where others have come.

        Until they are closed they are lines like any other.
        """
        old = list(self.connections)
        for connection in old:
            await _tell_to_go(connection, "warning")
        try:
            async with asyncio.timeout(self.warned_for):
                await self._replaced(old)
        except TimeoutError:
            pass  # the app did not come back in time: Slack closes the lines all the same
        for connection in old:
            await self._say_goodbye(connection, "refresh_requested")

    async def _replaced(self, old: Sequence[Connection]) -> None:
        """Wait until there is a new line for each of these that is still open."""
        while True:
            still = sum(connection in old for connection in self.connections)
            fresh = sum(c.usable and c not in old for c in self.connections)
            if fresh >= still:
                return
            await self._moved.wait()

    async def disable(self) -> None:
        """Tell the app that Socket Mode was turned off, and close all connections."""
        for connection in list(self.connections):
            await self._say_goodbye(connection, "link_disabled")

    async def close(self) -> None:
        """Close all connections."""
        for connection in list(self.connections):
            await self._close(connection)

    async def _say_goodbye(self, connection: Connection, reason: str) -> None:
        if not connection.gone.is_set():
            connection.usable = False
            await _tell_to_go(connection, reason)
            await self._close(connection)

    async def _close(self, connection: Connection) -> None:
        if not connection.gone.is_set():
            try:
                await connection.socket.close()
            except (WebSocketDisconnect, RuntimeError):
                return  # the app was quicker


async def _tell_to_go(connection: Connection, reason: str) -> None:
    goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
    try:
        await connection.socket.send_text(json.dumps(goodbye))
    except (WebSocketDisconnect, RuntimeError):
        return  # the app was quicker
