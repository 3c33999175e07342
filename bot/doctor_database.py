"""The doctor's look at the database."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta

from bot.clock import Clock
from bot.doctor_checks import PATIENCE, Check, Status, kind, skipped
from bot.followed_clock import ClockSilent, moment
from bot.logs import hide_secrets
from bot.settings import Reading
from storage import migrate, trouble
from storage.engine import create_engine
from storage.errors import DatabaseAway, WrongDatabase
from storage.sessions import Sessions
from storage.urls import sqlite_file, without_password

# A beat may be a little late; what waits longer should not.
OVERDUE = timedelta(minutes=5)


async def look_at_database(reading: Reading, clock: Clock) -> list[Check]:
    """Look whether the database can be reached, at which migration it is, what it has failed at."""
    url = reading.values.get("DATABASE_URL")
    if url is None:
        return [skipped("database"), skipped("migrations"), skipped("nudges")]
    path = sqlite_file(url)
    if path is not None and not path.exists():
        return _database_to_come(url)
    try:
        state = await migration_state(url)
    except WrongDatabase as error:
        remedy = "Name another one in DATABASE_URL, or put this one right."
        return _no_database(Check("database", "fail", str(error), remedy))
    except Exception as error:  # whatever a driver raises is what the doctor is there to tell
        words = hide_secrets(str(error).partition("\n")[0]) or kind(error)
        remedy = "Check that the database runs and that DATABASE_URL is right."
        return _no_database(Check("database", "fail", f"{without_password(url)}: {words}", remedy))
    migrations = _migrations(state, path is not None)
    looked = skipped("nudges", "migrations")
    if state.up_to_date:
        looked = await _nudges(url, reading.values.get("RAPPORT_CLOCK_URL"), clock)
    return [Check("database", "ok", without_password(url)), migrations, looked]


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
        return _no_database(Check("database", "fail", f"{path} cannot be made in {folder}", remedy))
    return [
        Check("database", "ok", f"{path}, to be made at the first `rapport run`"),
        Check("migrations", "ok", "run at the first `rapport run`"),
        Check("nudges", "skip", "none before the first `rapport run`"),
    ]


def _no_database(failed: Check) -> list[Check]:
    return [failed, skipped("migrations", "database"), skipped("nudges", "database")]


async def _nudges(url: str, clock_url: str | None, clock: Clock) -> Check:
    """Tell what could not be sent, and what waits though it is due; counts and moments only."""
    sessions = Sessions(create_engine(url))
    try:
        async with asyncio.timeout(PATIENCE):
            now = clock.now() if clock_url is None else await moment(clock_url)
            async with sessions.reading_all() as session:
                failed = await trouble.failed(session)
                worth = await trouble.worth_another_try(session, now)
                late = await trouble.overdue(session, now - OVERDUE)
    except ClockSilent:
        return skipped("nudges")
    except (DatabaseAway, TimeoutError) as error:
        remedy = "Try again in a minute: it may be busy."
        return Check("nudges", "warn", f"cannot be counted ({kind(error)})", remedy)
    finally:
        await sessions.close()
    found, remedies = [], []
    if failed.count:
        found.append(f"{_shown(failed, 'failed')}, {_many(worth)} of them worth another try")
    if worth:
        remedies.append("See why in the log, then run `rapport nudges retry-failed`.")
    if late.count:
        found.append(f"{_shown(late, 'due')} not sent yet")
        remedies.append("Is `rapport run` running? If it is, its log says what holds it up.")
    # What has failed and is too late by now is told; there is nothing to be done about it.
    status: Status = "warn" if remedies else "ok"
    return Check("nudges", status, "; ".join(found) or "none failed, none late", " ".join(remedies))


def _shown(counted: trouble.Counted, what: str) -> str:
    return f"{_many(counted.count)} {what} since {counted.since:%Y-%m-%d %H:%M} UTC"


def _many(count: int) -> str:
    return f"{count} or more" if count >= trouble.MOST else str(count)


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
