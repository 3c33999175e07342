"""aiosqlite with a trip to its thread only where a statement may have to wait.

aiosqlite goes to the connection's thread to make a cursor, to execute, to fetch and to close. Each
trip hands Python's one lock from thread to thread and back, which costs many times what a statement
does. SQLAlchemy reads all rows at once anyway, so one trip will do; and none is needed within a
transaction: it has what it needs of locks, and waits for nobody.
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
        self._rows = await self._connection.do(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Execute a statement once for each set of parameters."""
        await self._connection.do(self._run_many, sql, parameters)
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

    _only_reads = False

    def cursor(self) -> Any:
        """Give a cursor; nothing is done for it yet."""
        return Cursor(self)

    async def commit(self) -> None:
        """Commit; in the thread where something was written, for the disk may be slow."""
        if self._only_reads:
            self._conn.commit()
        else:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back; in the thread behind a wait for the write lock that was given up."""
        if self._only_reads:
            self._conn.rollback()
        else:
            await super().rollback()

    async def do(self, work: Callable[..., Any], sql: str, parameters: Any) -> Any:
        """Execute a statement here, or in the connection's thread where it may have to wait.

        To take the write lock is to wait for other processes; to begin reading takes no lock yet.
        """
        if not self._conn.in_transaction:
            self._only_reads = sql == "BEGIN"
        if self._conn.in_transaction or self._only_reads:
            return work(self._conn, sql, parameters)
        # aiosqlite has no public name for it; its own cursors do the same.
        return await self._execute(work, self._conn, sql, parameters)  # type: ignore[no-untyped-call]  # it has no types


def connect(path: str, **options: Any) -> Connection:
    """Make a connection that opens once it is awaited; for SQLAlchemy's `async_creator_fn`."""
    # Used from two threads, but by one at a time: SQLAlchemy awaits each statement.
    options["check_same_thread"] = False
    connection = Connection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    # As SQLAlchemy does for its own: a connection that is still open keeps no program from ending.
    connection._thread.daemon = True
    return connection
