"""Brings a database to a version of the schema, and says at which one it is."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import WRITES, create_engine
from storage.errors import DatabaseAhead, DatabaseAway, WrongDatabase, means_away, means_wrong
from storage.urls import without_password

# Any number will do, as long as nothing else in the same database uses it ("rapport" on a phone).
_LOCK = 7277678
# SQLite sends whoever opens a new file away at once while another process makes it: try again.
_PAUSES = (0.2, 0.4, 0.8, 1.6)


@dataclass(frozen=True)
class MigrationState:
    """The revision that a database is at, None before the first one, and the newest there is.

    `is_ahead`: a newer version of the program has been there, whose revisions this one knows not.
    """

    current: str | None
    newest: str | None
    is_ahead: bool = False

    @property
    def up_to_date(self) -> bool:
        """Say whether the database is at the newest revision."""
        return self.current == self.newest


async def upgrade(url: str) -> None:
    """Bring a database to the newest revision; raises DatabaseAway, WrongDatabase, DatabaseAhead.

    When several processes do so at once, one does the work and the others wait and find it done.
    """
    for pause in (*_PAUSES, None):
        try:
            return await _run(url, lambda config: command.upgrade(config, "head"))
        except DatabaseAway:
            if pause is None or make_url(url).get_backend_name() != "sqlite":
                raise
            await asyncio.sleep(pause)


async def downgrade(url: str, revision: str) -> None:
    """Take a database back to a revision, `base` for an empty one; raises DatabaseAway."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def state(engine: AsyncEngine) -> MigrationState:
    """Say at which revision a database is; raises DatabaseAway, WrongDatabase."""
    with _in_words(engine):
        async with engine.connect() as connection:
            return await connection.run_sync(_state)


def ahead(state: MigrationState) -> str:
    """Say in a sentence that a newer version has been at the database."""
    return (
        f"The database is at migration {state.current}, which this version does not know; its"
        f" newest is {state.newest}"
    )


@contextmanager
def _in_words(engine: AsyncEngine) -> Iterator[None]:
    """Turn what a driver raises into what the operator can do something about."""
    shown = without_password(engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite" and Path(str(engine.url.database)).is_dir():
        raise WrongDatabase(f"{shown} cannot be used: it is a folder")
    try:
        yield
    except Exception as error:
        reason = means_wrong(error)
        if reason is not None:
            raise WrongDatabase(f"{shown} cannot be used: {reason}") from error
        if means_away(error):
            raise DatabaseAway(type(error).__name__) from error
        raise


def _state(connection: Connection) -> MigrationState:
    current = MigrationContext.configure(connection).get_current_revision()
    known, newest = _revisions()
    is_ahead = current is not None and current not in known
    return MigrationState(current, newest, is_ahead)


@cache
def _revisions() -> tuple[frozenset[str], str | None]:
    """Give all revisions that this version knows, and the newest; their files are read once."""
    script = ScriptDirectory.from_config(_config())
    known = frozenset(revision.revision for revision in script.walk_revisions())
    return known, script.get_current_head()


def _config() -> Config:
    config = Config()
    # A percent sign in the path would be read as a placeholder.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    return config


async def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = create_engine(url)
    try:
        with _in_words(engine):
            await _run_on(engine, step)
    finally:
        await engine.dispose()


async def _run_on(engine: AsyncEngine, step: Callable[[Config], None]) -> None:
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


def _step(connection: Connection, step: Callable[[Config], None]) -> None:
    state = _state(connection)
    if state.is_ahead:
        raise DatabaseAhead(ahead(state))
    config = _config()
    config.attributes["connection"] = connection
    step(config)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} rows would refer to nothing; nothing was changed")
