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
# So long a process may be busy after a jump of the clock; a database that is away takes seconds.
BUSY = 30.0


class Fleet:
    """So many processes on one database."""

    def __init__(
        self, count: int, sandbox: "Workspace", settings: Mapping[str, str], folder: Path
    ) -> None:
        self._sandbox, self._settings, self._folder = sandbox, settings, folder
        self._running: list[asyncio.subprocess.Process | None] = [None] * count
        self._random = Random(count)
        self.fell = 0
        self.next_due: datetime | None = None

    async def start(self) -> None:
        """Start those that do not run, and wait until each has a line to Slack."""
        for number, process in enumerate(self._running):
            if process is None or process.returncode is not None:
                self.fell += process is not None
                self._running[number] = await self._start(number)
        await self._sandbox.until(self._all_there, timeout=60)

    async def settle(self) -> None:
        """Wait until all that follow the clock are at rest, and hear when they have more to do."""
        told = await self._sandbox.clock_lines.when_at_rest(BUSY)
        self.next_due = min((due for due in told if due is not None), default=None)

    def _all_there(self) -> bool:
        lines = (len(self._sandbox.sockets.connections), len(self._sandbox.clock_lines))
        return min(lines) >= len(self._running)

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
