"""Real bot processes, `python -m bot run`, that follow the sandbox's clock from outside."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.run import Workspace

GOODBYE = 20.0  # seconds
# They are taken to be at rest when Slack has heard nothing from them for so long (seconds). Who
# was not is late by one step of the clock at most, which no rule counts.
AT_REST, AFTER_A_JUMP = 0.08, 0.2


class Fleet:
    """So many processes on one database."""

    def __init__(
        self, count: int, sandbox: "Workspace", settings: Mapping[str, str], folder: Path
    ) -> None:
        self._sandbox, self._settings, self._folder = sandbox, settings, folder
        self._running: list[asyncio.subprocess.Process | None] = [None] * count
        self._random = Random(count)
        self._jumps = 0
        self.fell = 0
        self.next_due: datetime | None = None  # they do not tell

    async def start(self) -> None:
        """Start those that do not run, and wait until each has a line to Slack."""
        for number, process in enumerate(self._running):
            if process is None or process.returncode is not None:
                self.fell += process is not None
                self._running[number] = await self._start(number)
        await self._sandbox.until(
            lambda: len(self._sandbox.sockets.connections) >= len(self._running), timeout=60
        )

    async def settle(self) -> None:
        """Wait until nothing has been heard of them for a while."""
        if all(process is None for process in self._running):
            return
        jumped = self._sandbox.clock.jumps != self._jumps
        self._jumps = self._sandbox.clock.jumps
        quiet = AFTER_A_JUMP if jumped else AT_REST
        heard = -1
        while heard != self._sandbox.heard:
            heard = self._sandbox.heard
            await asyncio.sleep(quiet)
            quiet = AT_REST

    async def kill(self) -> None:
        """Kill one with SIGKILL, which no process can answer."""
        number = self._random.randrange(len(self._running))
        await self._kill(number)

    async def stop(self) -> None:
        """Ask all to stop, and wait for it."""
        for process in self._running:
            if process is not None and process.returncode is None:
                process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(GOODBYE):
                for process in self._running:
                    if process is not None:
                        await process.wait()
        finally:
            for number in range(len(self._running)):
                await self._kill(number)

    async def _kill(self, number: int) -> None:
        process = self._running[number]
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
        self._running[number] = None

    async def _start(self, number: int) -> asyncio.subprocess.Process:
        told = {
            **self._settings,
            "SLACK_API_URL": self._sandbox.api_url,
            "RAPPORT_CLOCK_URL": f"{self._sandbox.url}/clock",
        }
        root = str(Path(__file__).parents[1])
        with (self._folder / f"bot-{number}.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,  # where no .env is
                env={**os.environ, **told, "PYTHONPATH": root},
                stdout=log,
                stderr=log,
            )
