"""`rapport nudges`: what could not be sent, and another try."""

from __future__ import annotations

import asyncio
from datetime import datetime

import typer

from bot.settings import database_url, read
from bot.terminal import DatabaseOption, output
from storage.urls import sqlite_file, without_password

# Each is a transaction of its own, so that members and the bot get their turns in between.
BATCH = 200

nudges = typer.Typer(help="Look after the nudges that could not be sent.", no_args_is_help=True)


@nudges.command("retry-failed")
def retry_failed(url: DatabaseOption = None) -> None:
    """Have the failed nudges that still make sense sent after all.

    A running bot takes them up within half a minute; one that is started later, at its start. What
    has become untrue or too late by then is left out. The exit status is 1 if there is no database.
    """
    address = database_url(url)
    from bot.doctor_database import migration_state

    path = sqlite_file(address)
    is_there = path is None or path.exists()
    if not is_there or not asyncio.run(migration_state(address)).up_to_date:
        shown = without_password(address)
        output.print(f"{shown} is not there or not up to date: rapport doctor", markup=False)
        raise typer.Exit(1)
    count = asyncio.run(_retry_now(address))
    if count:
        output.print(f"{count} to be tried again: a running bot does so within half a minute.")
    else:
        output.print("No failed nudge makes sense any more, or there is none.")


async def _retry_now(address: str) -> int:
    from bot.followed_clock import moment

    return await retry(address, await moment(read().values.get("RAPPORT_CLOCK_URL")))


async def retry(address: str, now: datetime) -> int:
    """Give back to delivery what failed and still makes sense; gives how many that were."""
    from storage import trouble
    from storage.engine import create_engine
    from storage.sessions import Sessions

    sessions = Sessions(create_engine(address))
    count = 0
    try:
        while True:
            # What a running bot fails at anew in the meantime is later than `now`, and left alone.
            async with sessions.unscoped() as session:
                ids = await trouble.retry_failed(session, now, limit=BATCH)
            if not ids:
                return count
            count += len(ids)
    finally:
        await sessions.close()
