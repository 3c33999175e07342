"""SQL past the memory, for loading a million rows in seconds; the same words for both databases."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

import asyncpg
from sqlalchemy import make_url


class Raw:
    """One database, and how its moments are written."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"

    def moment(self, at: datetime) -> str:
        """Write an aware UTC moment as it is stored."""
        written = f"{at:%Y-%m-%d %H:%M:%S.%f}"
        return f"'{written}'" if self.is_sqlite else f"'{written}+00'::timestamptz"

    def after(self, at: datetime, seconds: str) -> str:
        """Write the moment that comes so many seconds after another; `seconds` is SQL."""
        if self.is_sqlite:
            since = f"({seconds}) || ' seconds'"
            return f"strftime('%Y-%m-%d %H:%M:%S.000000', '{at:%Y-%m-%d %H:%M:%S}', {since})"
        return f"({self.moment(at)} + ({seconds}) * interval '1 second')"

    def numbers(self, first: int, last: int) -> str:
        """Write a table `n` with a column `i` of all whole numbers between two."""
        if self.is_sqlite:
            return (
                f"(WITH RECURSIVE c(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM c"
                f" WHERE i < {last}) SELECT i FROM c) AS n"
            )
        return f"generate_series({first}, {last}) AS n(i)"

    def tidy(self, *tables: str) -> list[str]:
        """Write what a PostgreSQL does by itself within minutes; SQLite has no housekeeping."""
        return [] if self.is_sqlite else [f"VACUUM ANALYZE {table}" for table in tables]

    async def run(self, statements: Iterable[str]) -> None:
        """Run statements one after another, without looking at what refers to what."""
        if self.is_sqlite:
            connection = sqlite3.connect(str(self._url.database))
            connection.execute("PRAGMA synchronous = OFF")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            return
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        server = await asyncpg.connect(address, command_timeout=None)
        try:
            await server.execute("SET session_replication_role = replica")
            for statement in statements:
                await server.execute(statement)
        finally:
            await server.close()
