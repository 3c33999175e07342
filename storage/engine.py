"""How to reach the database: SQLite in a file of its own, or a PostgreSQL server."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import sqlite_driver
from storage.urls import normalised

# Slack waits three seconds for an answer to a form: a lock that lasts longer is told as trouble.
BUSY_TIMEOUT_MS = 2500
CONNECT_TIMEOUT_S = 2.5
COMMAND_TIMEOUT_S = 10
POOL_TIMEOUT_S = 5
# Of so many connections delivery has some at most: whoever waits for an answer finds one free.
CONNECTIONS, FOR_DELIVERY = 15, 8

# Execution option of connections that will write: on SQLite they take the write lock at once,
# since a transaction that reads first and writes later cannot wait for it.
WRITES = "writes"


def create_engine(url: str) -> AsyncEngine:
    """Make the engine for a database URL; nothing is opened before the first session.

    Raises ValueError for a URL that `normalised` does not take.
    """
    parsed = make_url(normalised(url))
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_async_engine(
        parsed,
        # A restarted server breaks no request: a dead connection is noticed and replaced.
        pool_pre_ping=True,
        # All are kept: to connect anew at each peak takes longer than the work that waits for it.
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": COMMAND_TIMEOUT_S,
            "server_settings": {"application_name": "rapport"},
        },
    )


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_timeout=POOL_TIMEOUT_S,
        # The driver must not begin transactions by itself: `_begin` does.
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_TIMEOUT_MS / 1000,
            "async_creator_fn": sqlite_driver.connect,
        },
    )

    @event.listens_for(engine.sync_engine, "do_connect")
    def _prepare(_dialect: object, _record: object, _args: object, _params: object) -> None:
        make_private(Path(str(url.database)))

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
