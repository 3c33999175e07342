"""aiosqlite with one trip to its thread for a statement, where there are four.

aiosqlite goes to the connection's thread to make a cursor, to execute, to fetch and to close. Each
trip hands Python's one lock from thread to thread and back, which on several cores costs more than
most statements. SQLAlchemy reads all rows at once anyway, so one trip will do.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite


class Cursor:
    """What SQLAlchemy asks of an async cursor; its rows are there once it has executed."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: Sequence[Any] = ()

    async def __aenter__(self) -> Self:
        """Give itself: it is made in the thread, together with the first statement."""
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Execute a statement and fetch its rows."""
        self._rows = await self._connection.in_its_thread(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Execute a statement once for each set of parameters."""
        await self._connection.in_its_thread(self._run_many, sql, parameters)
        return self

    async def fetchall(self) -> Sequence[Any]:
        """Give all rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: what has given all its rows holds nothing."""

    @property
    def description(self) -> Any:
        """The columns, None where there are none."""
        return self._cursor.description if self._cursor else None

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount if self._cursor else -1

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""
        return self._cursor.lastrowid if self._cursor else None

    def _run(self, connection: sqlite3.Connection, sql: str, parameters: Any) -> Sequence[Any]:
        self._cursor = connection.execute(sql, parameters)
        return self._cursor.fetchall()

    def _run_many(self, connection: sqlite3.Connection, sql: str, parameters: Any) -> None:
        self._cursor = connection.executemany(sql, parameters)


class Connection(aiosqlite.Connection):
    """aiosqlite's connection with a quicker cursor."""

    def cursor(self) -> Any:
        """Give a cursor; nothing is done for it yet."""
        return Cursor(self)

    async def in_its_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Have some work done with the sqlite3 connection in the thread that owns it."""
        # aiosqlite has no public name for it; its own cursors do the same.
        return await self._execute(work, self._conn, *arguments)  # type: ignore[no-untyped-call]  # it has no types


def connect(path: str, **options: Any) -> Connection:
    """Make a connection that opens once it is awaited; for SQLAlchemy's `async_creator_fn`."""
    connection = Connection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    # As SQLAlchemy does for its own: a connection that is still open keeps no program from ending.
    connection._thread.daemon = True
    return connection
