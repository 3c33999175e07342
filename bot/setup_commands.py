"""What helps to set Rapport up: `rapport doctor` and `rapport manifest`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from bot.settings import read
from bot.settings_checks import http_url
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
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where Slack is to send everything over HTTP, as in "
            "https://rapport.example.org (default: Socket Mode, which needs no address).",
        ),
    ] = None,
) -> None:
    """Print the app manifest, to be pasted where Slack asks for one.

    At api.slack.com/apps: Create New App, From a manifest, JSON.
    """
    from bot.manifest import manifest as app_manifest

    try:
        made = app_manifest(prefix, _request_url(url) if url is not None else None)
    except ValueError as error:
        raise typer.BadParameter(f"It {error}", param_hint="--prefix") from error
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


def _request_url(url: str) -> str:
    """Give the request URL of a bot that is reached at this address."""
    from bot.http_transport import REQUEST_PATH

    try:
        address = http_url(url)
    except ValueError as error:
        raise typer.BadParameter(f"It {error}", param_hint="--url") from error
    if not address.startswith("https://"):
        raise typer.BadParameter("Slack sends to https:// only.", param_hint="--url")
    return address.rstrip("/") + REQUEST_PATH
