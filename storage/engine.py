"""How to reach the database: SQLite in a file of its own, or a PostgreSQL server."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# Slack waits three seconds for an answer to a form: a lock that lasts longer is told as trouble.
BUSY_TIMEOUT_MS = 2500
CONNECT_TIMEOUT_S = 2.5
COMMAND_TIMEOUT_S = 10
POOL_TIMEOUT_S = 5

# Execution option of connections that will write: on SQLite they take the write lock at once,
# since a transaction that reads first and writes later cannot wait for it.
WRITES = "writes"

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


def normalised(url: str) -> str:
    """Give a database URL with the driver that the app uses.

    Accepts sqlite and postgresql URLs with or without a driver, and the short `postgres://`.
    Raises ValueError, without repeating the URL, for anything else.
    """
    return _url(url).render_as_string(hide_password=False)


def create_engine(url: str) -> AsyncEngine:
    """Make the engine for a database URL; nothing is opened before the first session."""
    parsed = _url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_async_engine(
        parsed,
        # A restarted server breaks no request: a dead connection is noticed and replaced.
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=POOL_TIMEOUT_S,
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": COMMAND_TIMEOUT_S,
            "server_settings": {"application_name": "rapport"},
        },
    )


def _url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Neither the URL nor the cause: both may hold a password.
        raise ValueError("the database URL cannot be read") from None
    name = parsed.drivername.partition("+")[0]
    driver = _DRIVERS.get("postgresql" if name == "postgres" else name)
    if driver is None:
        raise ValueError("the database URL must begin with sqlite:/// or postgresql://")
    parsed = parsed.set(drivername=driver)
    sslmode = parsed.query.get("sslmode")
    if sslmode is not None:
        # Hosts hand out libpq's name for it; asyncpg calls it ssl.
        parsed = parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": sslmode})
    return parsed


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_timeout=POOL_TIMEOUT_S,
        # The driver must not begin transactions by itself: `_begin` does.
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine.sync_engine, "do_connect")
    def _prepare(_dialect: object, _record: object, _args: object, _params: object) -> None:
        if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
            make_private(Path(url.database))

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read, and its folders, unless it is there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
