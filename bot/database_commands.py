"""`rapport db`: look after the database. Heavy rooms are opened inside, so that help is quick."""

from __future__ import annotations

import asyncio

import typer

from bot.settings import database_url
from bot.terminal import DatabaseOption, output
from storage.urls import sqlite_file, without_password

database = typer.Typer(help="Look after the database.", no_args_is_help=True)


@database.command("upgrade")
def upgrade(url: DatabaseOption = None) -> None:
    """Bring the database to the newest migration; nothing happens if it is there already."""
    address = database_url(url)
    from storage import migrate

    asyncio.run(migrate.upgrade(address))
    output.print(f"{without_password(address)} is up to date.", markup=False)


@database.command("state")
def state(url: DatabaseOption = None) -> None:
    """Tell the database's migration and the newest; the exit status is 1 if they differ."""
    address = database_url(url)
    from bot.doctor_database import migration_state

    path = sqlite_file(address)
    if path is not None and not path.exists():
        output.print(f"{path} is not there yet: rapport db upgrade makes it.", markup=False)
        raise typer.Exit(1)
    found = asyncio.run(migration_state(address))
    output.print(without_password(address), markup=False)
    output.print(f"  now at  {found.current or 'none yet'}\n  newest  {found.newest}", markup=False)
    if found.is_ahead:
        output.print("  A newer Rapport has been here: bring this one up to date.")
    raise typer.Exit(0 if found.up_to_date else 1)
