"""The doctor's look at the database."""

from __future__ import annotations

import asyncio
import os

from bot.doctor_checks import PATIENCE, Check, kind, skipped
from bot.logs import hide_secrets
from bot.settings import Reading
from storage import migrate
from storage.engine import create_engine
from storage.errors import WrongDatabase
from storage.urls import sqlite_file, without_password


async def look_at_database(reading: Reading) -> list[Check]:
    """Look whether the database can be reached, and at which migration it is."""
    url = reading.values.get("DATABASE_URL")
    if url is None:
        return [skipped("database"), skipped("migrations")]
    path = sqlite_file(url)
    if path is not None and not path.exists():
        return _database_to_come(url)
    try:
        state = await migration_state(url)
    except WrongDatabase as error:
        remedy = "Name another one in DATABASE_URL, or put this one right."
        return [Check("database", "fail", str(error), remedy), skipped("migrations", "database")]
    except Exception as error:  # whatever a driver raises is what the doctor is there to tell
        words = hide_secrets(str(error).partition("\n")[0]) or kind(error)
        remedy = "Check that the database runs and that DATABASE_URL is right."
        failed = Check("database", "fail", f"{without_password(url)}: {words}", remedy)
        return [failed, skipped("migrations", "database")]
    return [Check("database", "ok", without_password(url)), _migrations(state, path is not None)]


async def migration_state(url: str) -> migrate.MigrationState:
    """Where the database stands and how far it could be; raises what its driver raises."""
    database = create_engine(url)
    try:
        async with asyncio.timeout(PATIENCE):
            return await migrate.state(database)
    finally:
        await database.dispose()


def _database_to_come(url: str) -> list[Check]:
    path = sqlite_file(url)
    assert path is not None
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        remedy = "Make the folder writable, or name another file in DATABASE_URL."
        failed = Check("database", "fail", f"{path} cannot be made in {folder}", remedy)
        return [failed, skipped("migrations", "database")]
    return [
        Check("database", "ok", f"{path}, to be made at the first `rapport run`"),
        Check("migrations", "ok", "run at the first `rapport run`"),
    ]


def _migrations(state: migrate.MigrationState, is_file: bool) -> Check:
    if state.up_to_date:
        return Check("migrations", "ok", f"at the newest, {state.newest}")
    if state.is_ahead:
        found = f"at {state.current}, which this version does not know"
        return Check("migrations", "fail", found, "Bring Rapport itself up to date.")
    found = f"at {state.current or 'none'}, the newest is {state.newest}"
    if is_file:
        return Check("migrations", "warn", found, "`rapport run` brings it up to date.")
    return Check("migrations", "fail", found, "Run `rapport db upgrade`.")
