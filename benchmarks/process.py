"""The bot as a process of its own, `python -m bot run`, looked at from outside."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.slack import ROOT, Slack

APP = "bench"
PATIENCE = 60.0


class Process:
    """A running bot; `took` is how many seconds passed until it was connected."""

    def __init__(self, pid: int, took: float) -> None:
        self._folder = Path(f"/proc/{pid}")
        self.took = took

    @property
    def megabytes(self) -> float:
        """Its resident memory."""
        status = (self._folder / "status").read_text(encoding="utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024

    @property
    def open_files(self) -> int:
        """How many files and lines it holds open."""
        return len(list((self._folder / "fd").iterdir()))


@asynccontextmanager
async def running(url: str, slack: Slack, folder: Path) -> AsyncIterator[Process]:
    """Run the bot until it is connected, and stop it politely."""
    told = {
        "SLACK_BOT_TOKEN": "xoxb-1-bench",
        "SLACK_APP_TOKEN": f"xapp-1-A0000001-{APP}",
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "MESSAGES_A_MINUTE": "0",
        "PYTHONPATH": str(ROOT),
    }
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,  # where no .env is
        env={**os.environ, **told},
    )
    try:
        async with asyncio.timeout(PATIENCE):
            await slack.hears(APP)
        yield Process(process.pid, perf_counter() - began)
    finally:
        process.terminate()
        await process.wait()


async def imports_alone(folder: Path) -> float:
    """Give how many seconds Python takes to import what the bot depends on, and nothing else."""
    names = "slack_bolt.app.async_app slack_sdk.web.async_client aiohttp sqlalchemy.ext.asyncio"
    names += " aiosqlite alembic.command apscheduler.schedulers.asyncio dotenv typer rich.console"
    names += " structlog prometheus_client dateparser rapidfuzz holidays icalendar jinja2"
    code = "\n".join(f"import {name}" for name in names.split())
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=folder)
    assert await process.wait() == 0
    return perf_counter() - began
