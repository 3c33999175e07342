"""Takes a test's database away for a while, as a bad day does, and brings it back."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.databases import run_apart


@contextmanager
def database_away(url: str) -> Iterator[None]:
    """Lock an SQLite file against every writer, or shut a PostgreSQL database's doors."""
    parsed = make_url(url)
    assert parsed.database is not None
    if parsed.get_backend_name() == "sqlite":
        lock = sqlite3.connect(parsed.database, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            lock.close()
        return
    server = parsed.set(database="postgres").render_as_string(hide_password=False)
    run_apart(_allow_connections(server, parsed.database, allow=False))
    try:
        yield
    finally:
        run_apart(_allow_connections(server, parsed.database, allow=True))


@asynccontextmanager
async def members_locked(url: str) -> AsyncIterator[None]:
    """Make every writer wait: an SQLite file is locked, a PostgreSQL database's members are."""
    if make_url(url).get_backend_name() == "sqlite":
        with database_away(url):
            yield
        return
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("SELECT id FROM members FOR UPDATE"))
        yield
    await engine.dispose()


async def _allow_connections(server: str, database: str, *, allow: bool) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS {allow}'))
        if not allow:
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            await connection.execute(text(kill), {"name": database})
    await engine.dispose()
