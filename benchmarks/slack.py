"""The receiving Slack of a run, and what it is told to do."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.payloads import Json, command

ROOT = Path(__file__).parents[1]


class Slack:
    """A light Slack in a process of its own."""

    def __init__(self, port: int, http: aiohttp.ClientSession) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._http = http

    @property
    def api_url(self) -> str:
        """The Web API's address."""
        return f"{self.url}/api/"

    async def delays(self, seconds: float) -> None:
        """Have it answer so much later."""
        await self._post("delay", data=str(seconds))

    async def seen(self) -> Json:
        """Tell which messages came since the last time."""
        async with self._http.get(f"{self.url}/control/seen") as answer:
            told: Json = await answer.json()
            return told

    async def hears(self, app: str) -> None:
        """Wait until an app is connected."""
        async with self._http.get(f"{self.url}/control/hears", params={"app": app}):
            return

    async def commands(
        self, app: str, user_ids: Sequence[str], rate: float, *, opens: bool
    ) -> dict[str, list[float | None]]:
        """Send `/contact` with a name for each of the members, so many a second.

        Gives after how many seconds each was acknowledged, and its view opened; None for never.
        """
        envelopes = [self._envelope(user_id) for user_id in user_ids]
        told = {"app": app, "rate": rate, "envelopes": envelopes, "opens": opens}
        answer: dict[str, list[float | None]] = await self._post("send", json=told)
        return answer

    def _envelope(self, user_id: str) -> Json:
        trigger_id = f"1.{uuid4().hex}"
        payload = command(user_id, "Grace Hill at Acorn Lark", trigger_id, f"{self.url}/hook")
        return {
            "envelope_id": str(uuid4()),
            "type": "slash_commands",
            "accepts_response_payload": True,
            "payload": payload,
        }

    async def _post(self, what: str, **body: Any) -> Any:
        async with self._http.post(f"{self.url}/control/{what}", **body) as answer:
            answer.raise_for_status()
            return await answer.json(content_type=None) if what == "send" else None


@asynccontextmanager
async def light_slack() -> AsyncIterator[Slack]:
    """Run a light Slack."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.light_slack"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        patience = aiohttp.ClientTimeout(total=600)
        async with aiohttp.ClientSession(timeout=patience) as http:
            yield Slack(port, http)
    finally:
        process.kill()
        await process.wait()
