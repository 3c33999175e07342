"""Brings a database to a version of the schema, and says at which one it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import WRITES, create_engine
from storage.errors import DatabaseAway, means_away

# Any number will do, as long as nothing else in the same database uses it ("rapport" on a phone).
_LOCK = 7277678


@dataclass(frozen=True)
class MigrationState:
    """The revision that a database is at, None before the first one, and the newest there is."""

    current: str | None
    newest: str | None

    @property
    def up_to_date(self) -> bool:
        """Say whether the database is at the newest revision."""
        return self.current == self.newest


async def upgrade(url: str) -> None:
    """Bring a database to the newest revision; raises DatabaseAway.

    When several processes do so at once, one does the work and the others wait and find it done.
    """
    await _run(url, lambda config: command.upgrade(config, "head"))


async def downgrade(url: str, revision: str) -> None:
    """Take a database back to a revision, `base` for an empty one; raises DatabaseAway."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def state(engine: AsyncEngine) -> MigrationState:
    """Say at which revision a database is; raises DatabaseAway."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    try:
        async with engine.connect() as connection:
            current = await connection.run_sync(_revision)
    except Exception as error:
        if means_away(error):
            raise DatabaseAway(type(error).__name__) from error
        raise
    return MigrationState(current=current, newest=newest)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    # A percent sign in the path would be read as a placeholder.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    return config


async def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = create_engine(url)
    try:
        async with engine.connect() as connection:
            writing = await connection.execution_options(**{WRITES: True})
            if writing.dialect.name == "sqlite":
                # Making a table anew must not delete what refers to it; no effect once begun.
                await (await writing.get_raw_connection()).driver_connection.execute(  # type: ignore[union-attr]  # a pooled connection has one
                    "PRAGMA foreign_keys = OFF"
                )
            async with writing.begin():
                if writing.dialect.name == "postgresql":
                    await writing.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                await writing.run_sync(_step, step)
    except Exception as error:
        if means_away(error):
            raise DatabaseAway(type(error).__name__) from error
        raise
    finally:
        await engine.dispose()


def _step(connection: Connection, step: Callable[[Config], None]) -> None:
    config = _config()
    config.attributes["connection"] = connection
    step(config)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} rows would refer to nothing; nothing was changed")
