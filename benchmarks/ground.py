"""The ground that all benchmarks of a run stand on: its databases, how much is to be measured."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Measured
from storage import migrate
from tests.databases import fresh_postgres_database, postgres_server, sqlite_url

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
DATABASES = (SQLITE, POSTGRESQL)

Fill = Callable[[str], Awaitable[None]]


@dataclass
class Ground:
    """Where a run measures; what was filled once is kept for all benchmarks of the run."""

    folder: Path
    databases: Sequence[str]
    quick: bool
    _stack: ExitStack
    _server: str | None = None
    _made: dict[tuple[str, str], str] = field(default_factory=dict)

    def size(self, full: int, quick: int) -> int:
        """Give how much of something there is to be: in full, or for a quick look."""
        return quick if self.quick else full

    async def filled(self, database: str, name: str, fill: Fill) -> str:
        """Give the URL of a database that `fill` has filled, or did earlier in this run."""
        if (database, name) not in self._made:
            url = self.empty(database, name)
            await migrate.upgrade(url)
            await fill(url)
            self._made[database, name] = url
        return self._made[database, name]

    async def migrated(self, database: str, name: str) -> str:
        """Give the URL of a database of its own with the schema and nothing in it."""
        url = self.empty(database, name)
        await migrate.upgrade(url)
        return url

    def empty(self, database: str, name: str) -> str:
        """Give the URL of a database of its own with nothing in it."""
        if database == SQLITE:
            number = len(list(self.folder.glob("*.db")))
            return sqlite_url(self.folder / f"{name}-{number}.db")
        if self._server is None:
            self._server = self._stack.enter_context(postgres_server())
        return self._stack.enter_context(fresh_postgres_database(self._server))


@contextmanager
def ground(databases: Sequence[str], *, quick: bool) -> Iterator[Ground]:
    """Make the ground, and leave nothing of it."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-bench-"))
    try:
        with ExitStack() as stack:
            yield Ground(folder, databases, quick, stack)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def in_turns(rounds: int, *works: Callable[[], Awaitable[float]]) -> list[Measured]:
    """Let each give its cost in turns, so many rounds, in changing order; after one to warm up."""
    for work in works:
        await work()
    costs: list[list[float]] = [[] for _ in works]
    for number in range(rounds):
        order = range(len(works)) if number % 2 == 0 else reversed(range(len(works)))
        for which in order:
            costs[which].append(await works[which]())
            await asyncio.sleep(0)
    return [Measured(values) for values in costs]
