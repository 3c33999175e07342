"""Real bot processes, to be killed without warning and started anew."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
GOODBYE = 20.0  # seconds


class Fleet:
    """So many `python -m bot run`, each with a log file of its own in `folder`."""

    def __init__(self, count: int, settings: Mapping[str, str], folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._running: list[asyncio.subprocess.Process | None] = [None] * count
        self.fell = 0  # how many ended without having been killed

    def __len__(self) -> int:
        return len(self._running)

    async def start(self) -> None:
        """Start those that are not running."""
        for number, process in enumerate(self._running):
            if process is None or process.returncode is not None:
                self.fell += process is not None
                self._running[number] = await self._start(number)

    async def kill(self, number: int) -> None:
        """Kill one with SIGKILL, which no process can answer, and start it anew."""
        process = self._running[number]
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
            self._running[number] = None
        await self.start()

    async def restart(self, number: int) -> None:
        """Stop one politely, as for an update, and start it anew."""
        process = self._running[number]
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(GOODBYE):
                await process.wait()
            self._running[number] = None
        await self.start()

    async def stop(self) -> list[int]:
        """Ask all to stop, and give their exit statuses."""
        processes = [process for process in self._running if process is not None]
        for process in processes:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(GOODBYE):
            return [await process.wait() for process in processes]

    async def end(self) -> None:
        """Leave none behind, whatever went wrong."""
        for process in self._running:
            if process is not None and process.returncode is None:
                process.kill()
                await process.wait()

    def logged(self) -> Counter[str]:
        """Count what was logged: each event, and each line that was no log at all."""
        counts: Counter[str] = Counter()
        for line in self._lines():
            try:
                entry = json.loads(line)
            except ValueError:
                counts["not a log line"] += 1
                continue
            counts[entry["event"]] += 1
            counts[f"level {entry['level']}"] += 1
            for name in ("looked_for", "found"):
                counts[name] += entry.get(name, 0)
        return counts

    def last_words(self, lines: int = 40) -> str:
        """Give the end of the logs, without what is only for information."""
        told = [line for line in self._lines() if '"level": "info"' not in line]
        return "".join(told[-lines:])

    def _lines(self) -> Iterator[str]:
        for number in range(len(self)):
            yield from self._log(number).read_text().splitlines(keepends=True)

    def _log(self, number: int) -> Path:
        return self._folder / f"bot-{number}.log"

    async def _start(self, number: int) -> asyncio.subprocess.Process:
        log: IO[bytes]
        with self._log(number).open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,  # where no .env is
                env={**os.environ, **self._settings, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
