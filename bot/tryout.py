"""`rapport sandbox`: a stand-in workspace, with the bot beside it, until Ctrl+C."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from rich.console import Console

from bot import logs
from bot.settings import Settings, can_open_a_browser
from bot.told_to_stop import told_to_stop, unless_told
from storage import migrate
from storage.urls import sqlite_url

USUAL_PORT = 4390

RunBot = Callable[[Settings, Callable[[], None]], Awaitable[None]]


class StandIn(Protocol):
    """A stand-in Slack, as far as this file needs to know it."""

    @property
    def url(self) -> str:
        """The page's address, once it listens."""

    @property
    def api_url(self) -> str:
        """The Web API's address, once it listens."""

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; on a free port if `port` is 0. OSError if it cannot be had."""

    async def reach(self, url: str) -> None:
        """Deliver to an app's address as soon as it answers there."""

    async def stop(self) -> None:
        """Close every connection and stop listening."""


@dataclass(frozen=True)
class Credentials:
    """The stand-in's fixed tokens."""

    bot_token: str
    app_token: str
    signing_secret: str


@dataclass(frozen=True)
class Rehearsed:
    """What is played before the page opens, and who is then where, a line each."""

    play: Callable[[Settings], Awaitable[None]]
    who_is_where: Sequence[str]


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    port: int | None = None
    open_page: bool = True
    database: str | None = None
    request_url: str | None = None


class PortTakenError(Exception):
    """The port that was asked for is in use."""


async def play(
    stand_in: StandIn,
    credentials: Credentials,
    run_bot: RunBot | None,
    options: Options,
    console: Console,
    rehearsed: Rehearsed | None = None,
) -> None:
    """Start the stand-in and, unless `run_bot` is None, the bot; return when told to stop."""
    with told_to_stop() as stop:
        playing = _play(stand_in, credentials, run_bot, options, console, rehearsed)
        await unless_told(playing, stop)


async def _play(
    stand_in: StandIn,
    credentials: Credentials,
    run_bot: RunBot | None,
    options: Options,
    console: Console,
    rehearsed: Rehearsed | None,
) -> None:
    async with AsyncExitStack() as stack:
        await _start(stand_in, options.port)
        stack.push_async_callback(stand_in.stop)
        database = options.database
        if database is None and run_bot is not None:
            database = _forgotten_at_the_end(stack)
        settings = _settings(stand_in, credentials, database)
        logs.configure(settings.log_level, settings.log_format)
        if run_bot is not None:
            # Also one that is named on a server: whoever tries things out has nobody to ask.
            await migrate.upgrade(settings.database_url)
        if rehearsed is not None:
            console.print("\n  Playing some weeks of a made-up cohort; a few seconds ...")
            await rehearsed.play(settings)
        who = rehearsed.who_is_where if rehearsed is not None else ()
        _greet(console, stand_in, credentials, options, who, with_bot=run_bot is not None)

        def show() -> None:
            if options.open_page and can_open_a_browser():
                asyncio.get_running_loop().run_in_executor(None, webbrowser.open, stand_in.url)

        if run_bot is None:
            show()
            if options.request_url is not None:
                await stand_in.reach(options.request_url)
                console.print(f"  An app answers at {options.request_url}\n", markup=False)
            await asyncio.Event().wait()  # until it is told to stop
        else:
            await run_bot(settings, show)


async def _start(stand_in: StandIn, wanted: int | None) -> None:
    """Listen on the wanted port; else on the usual one, or on any that is free.

    A port that was only looked at beforehand may be another's by the time it is needed.
    """
    try:
        await stand_in.start(wanted or USUAL_PORT)
    except OSError as error:
        if wanted is not None:
            raise PortTakenError(
                f"Port {wanted} cannot be had. Name another one with --port, or none."
            ) from error
        await stand_in.start()


def _forgotten_at_the_end(stack: AsyncExitStack) -> str:
    folder = TemporaryDirectory(prefix="rapport-", ignore_cleanup_errors=True)
    return sqlite_url(Path(stack.enter_context(folder)) / "sandbox.db")


def _settings(stand_in: StandIn, credentials: Credentials, database: str | None) -> Settings:
    return Settings.from_environment(
        overrides={
            "SLACK_BOT_TOKEN": credentials.bot_token,
            "SLACK_APP_TOKEN": credentials.app_token,
            "SLACK_SIGNING_SECRET": credentials.signing_secret,
            "SLACK_API_URL": stand_in.api_url,
            "DATABASE_URL": database or "",
        },
        defaults={"LOG_LEVEL": "WARNING"},  # the page is what to look at, not the log
    )


def _greet(
    console: Console,
    stand_in: StandIn,
    credentials: Credentials,
    options: Options,
    who_is_where: Sequence[str],
    *,
    with_bot: bool,
) -> None:
    console.print(f"\n  The sandbox is open: [bold]{stand_in.url}/[/bold]\n")
    if not with_bot:
        console.print("  Point any Slack app at it:", markup=False)
        console.print(f"    SLACK_API_URL={stand_in.api_url}", markup=False)
        console.print(f"    SLACK_BOT_TOKEN={credentials.bot_token}", markup=False)
        console.print(f"    SLACK_APP_TOKEN={credentials.app_token}", markup=False)
        console.print(f"    SLACK_SIGNING_SECRET={credentials.signing_secret}", markup=False)
        console.print(
            f"  For Rapport itself: RAPPORT_CLOCK_URL={stand_in.url}/clock\n", markup=False
        )
    else:
        for line in who_is_where:
            console.print(f"    {line}", markup=False)
        if who_is_where:
            console.print("\n  Be any of them: look at Home and at Messages,")
        else:
            console.print("  Pick who you are, type /contact, log a talk with /interview,")
        console.print("  then move the clock to tomorrow and see what comes.\n")
        kept = options.database is not None
        again = "rapport sandbox --demo" if who_is_where else "rapport sandbox"
        console.print(
            "  What you try is kept in the database you named."
            if kept
            else "  What you try is forgotten at the end "
            f"(to keep it: {again} --database sqlite:///try.db)."
        )
    console.print("  Ctrl+C stops it.\n")
