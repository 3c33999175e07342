"""What something costs: the processor's time of this process and of the database's server.

Time by the clock says as much about whoever else is using the machine; it is told beside it.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import make_url

Work = Callable[[], Awaitable[object]]


class Meter:
    """Adds up the processor's time, in seconds, that is spent for one database URL."""

    def __init__(self, url: str) -> None:
        self._server = _server_of(url)

    async def of(self, work: Work) -> float:
        """Give what a piece of work costs."""
        before = self._by_server()
        began = process_time()
        await work()
        took = process_time() - began
        return took + self._by_server() - before

    def _by_server(self) -> float:
        if self._server is None:
            return 0.0
        task = Path(f"/proc/{self._server}/task/{self._server}/children")
        if not task.exists():
            return 0.0
        return sum(_on_processor(pid) for pid in task.read_text(encoding="ascii").split())


async def by_the_clock(work: Work) -> float:
    """Give how many seconds a piece of work takes."""
    began = perf_counter()
    await work()
    return perf_counter() - began


def _server_of(url: str) -> int | None:
    """Give the process id of a PostgreSQL of this run's own; nothing of any other database."""
    parsed = make_url(url)
    folder = parsed.query.get("host")
    if parsed.get_backend_name() == "sqlite" or not isinstance(folder, str):
        return None
    pid_file = Path(folder) / "postmaster.pid"
    if not pid_file.exists():
        return None
    return int(pid_file.read_text(encoding="utf-8").splitlines()[0])


def _on_processor(pid: str) -> float:
    try:
        told = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0  # it has ended
    return int(told.split()[0]) / 1e9
