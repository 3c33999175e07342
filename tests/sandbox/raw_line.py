"""A Socket Mode client with bare hands: it answers only when it is told to."""

from types import TracebackType
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from sandbox.server import APP_TOKEN, Sandbox


class RawLine:
    """One connection; `async with RawLine(sandbox) as line`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._session = ClientSession()
        self.socket: ClientWebSocketResponse

    async def __aenter__(self) -> "RawLine":
        bearer = {"Authorization": f"Bearer {APP_TOKEN}"}
        opening = self._sandbox.api_url + "apps.connections.open"
        async with self._session.post(opening, headers=bearer) as response:
            answer = await response.json()
        assert answer["ok"], answer
        self.url: str = answer["url"]
        self.socket = await self._session.ws_connect(self.url)
        self.hello = await self.socket.receive_json()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()
        await self._session.close()

    async def next(self) -> dict[str, Any]:
        """The next envelope."""
        envelope: dict[str, Any] = await self.socket.receive_json(timeout=5)
        return envelope

    async def ack(self, envelope: dict[str, Any], payload: Any = None) -> None:
        """Acknowledge one envelope."""
        answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if payload is not None:
            answer["payload"] = payload
        await self.socket.send_json(answer)

    async def ended(self) -> bool:
        """Wait for the end of the line."""
        message = await self.socket.receive(timeout=5)
        return message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR)
