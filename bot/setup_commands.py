"""What helps to set Rapport up: `rapport doctor` and `rapport manifest`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from bot.settings import read
from bot.terminal import output


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", metavar="", help="Print JSON, for a program.")
    ] = False,
) -> None:
    """Check settings, tokens, scopes, clock, database, nudges and time zones.

    One line each, with what to do about it. The exit status is 1 if anything fails, else 0.
    """
    from bot import doctor as surgery
    from bot.clock import SystemClock

    checks = asyncio.run(surgery.examine(read(), SystemClock()))
    if as_json:
        typer.echo(surgery.as_json(checks))
    else:
        for line in surgery.lines(checks):
            output.print(line)
    raise typer.Exit(1 if surgery.failed(checks) else 0)


def manifest(
    prefix: Annotated[
        str,
        typer.Option(
            metavar="WORD-",
            help="Put this before each slash command: team- makes /team-contact, for a workspace "
            "that has a /contact already. The bot is told with COMMAND_PREFIX in .env.",
        ),
    ] = "",
) -> None:
    """Print the app manifest, to be pasted where Slack asks for one.

    At api.slack.com/apps: Create New App, From a manifest, JSON.
    """
    from bot.manifest import manifest as app_manifest

    try:
        typer.echo(json.dumps(app_manifest(prefix), indent=2, ensure_ascii=False))
    except ValueError as error:
        raise typer.BadParameter(f"It {error}", param_hint="--prefix") from error
