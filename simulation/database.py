"""A moment without the database: a lock that somebody else holds, or connections cut by force."""

import asyncio
import sqlite3

# Longer than the bot waits for a lock; and short enough for whoever waits not to notice.
LONG_LOCK, SHORT_LOCK = 3.0, 0.1


class Outages:
    """What can be done to one database, told by its URL."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._holding: sqlite3.Connection | None = None
        self._release: asyncio.TimerHandle | None = None

    async def begin(self, *, long: bool) -> str:
        """Lock an SQLite file for a while, or cut every PostgreSQL connection; says which."""
        if self._url.startswith("sqlite"):
            self._lock(LONG_LOCK if long else SHORT_LOCK)
            return "database locked"
        await self._cut()
        return "database connections cut"

    def end(self) -> None:
        """Give back what is still held."""
        if self._release is not None:
            self._release.cancel()
            self._release = None
        if self._holding is not None:
            self._holding.close()
            self._holding = None

    def _lock(self, seconds: float) -> None:
        self.end()
        path = self._url.partition("///")[2]
        connection = sqlite3.connect(path, isolation_level=None, timeout=1)
        connection.execute("BEGIN IMMEDIATE")
        self._holding = connection
        self._release = asyncio.get_running_loop().call_later(seconds, self.end)

    async def _cut(self) -> None:
        import asyncpg  # only where there is a PostgreSQL

        address = "postgresql" + self._url[self._url.index("://") :]
        connection = await asyncpg.connect(address)
        try:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        finally:
            await connection.close()
