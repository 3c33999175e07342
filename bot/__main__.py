"""The command line `rapport`. Heavy rooms are opened inside the commands, so that help is quick."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.database_commands import database
from bot.nudge_commands import nudges
from bot.options import (
    DemoOption,
    KeptOption,
    NoOpenOption,
    PortOption,
    RequestUrlOption,
    WithoutBotOption,
)
from bot.settings import Settings, SettingsError, read
from bot.setup_commands import doctor, manifest
from bot.simulate_command import simulate
from bot.terminal import complaints, output

if TYPE_CHECKING:
    from bot.tryout import Options, Rehearsed
    from sandbox.server import Sandbox

app = typer.Typer(
    help="Rapport: a Slack app that keeps the thread of your informational interviews.",
    epilog="New here? `rapport sandbox` needs no Slack workspace and no token.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,  # a plain traceback: no locals, which hold what members wrote
)

SETTINGS_STATUS = 2  # the exit status when settings are missing or malformed


def main() -> None:
    """Run the command line; what is not a bug is told in words, not in a traceback."""
    try:
        app()
    except SettingsError as error:
        complaints.print(str(error), markup=False)
        complaints.print("\n.env.example shows how to write them into .env. Then: rapport doctor")
        sys.exit(SETTINGS_STATUS)
    except Exception as error:
        from bot.stops import told_plainly

        words = told_plainly(error)
        if words is None:
            raise
        complaints.print(words, markup=False)
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        output.print(f"rapport {version('rapport')}")
        raise typer.Exit


@app.callback()
def everything(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar="",
            help="Print the version.",
            callback=_print_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Hold the options that go before every command."""


@app.command()
def run(
    transport: Annotated[
        str | None,
        typer.Option(
            metavar="socket|http",
            help="How Slack reaches it: over a line that it opens itself (socket, as long as "
            "TRANSPORT says nothing else), or by requests to an address of yours (http).",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=65535, help="Over HTTP: where to listen."),
    ] = None,
) -> None:
    """Connect to your Slack workspace and work until Ctrl+C.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN in the environment or in .env, over HTTP
    SLACK_SIGNING_SECRET instead of the second; `rapport doctor` says whether all is well. A
    database in a file is made, or brought up to date, by itself.
    """
    chosen = {"TRANSPORT": transport or "", "HTTP_PORT": str(port) if port else ""}
    settings = Settings.from_environment(overrides=chosen)
    from bot import logs
    from bot.service import run_bot

    logs.configure(settings.log_level, settings.log_format)
    _until_done(run_bot(settings))


@app.command()
def sandbox(
    port: PortOption = None,
    no_open: NoOpenOption = False,
    database: KeptOption = None,
    without_bot: WithoutBotOption = False,
    demo: DemoOption = False,
    request_url: RequestUrlOption = None,
) -> None:
    """Try everything in a make-believe Slack workspace on this machine.

    Opens a page where you can be any of several members: type `/contact`, log a talk, and move the
    clock to tomorrow. No Slack account, no token; nothing leaves this machine. Ctrl+C stops it.
    With --demo the members are made up, and have talks, promises and silences behind them.
    """
    from bot import tryout

    if demo and without_bot:
        raise typer.BadParameter("It is played with the bot.", param_hint="--demo")
    if request_url is not None and not without_bot:
        raise typer.BadParameter("It is for --without-bot.", param_hint="--request-url")
    options = tryout.Options(port, not no_open, database, request_url)
    try:
        _until_done(_play(options, with_bot=not without_bot, demo=demo))
    except tryout.PortTakenError as error:
        raise typer.BadParameter(str(error), param_hint="--port") from error


app.command()(simulate)
app.command()(doctor)
app.command()(manifest)
app.add_typer(database, name="db")
app.add_typer(nudges, name="nudges")


async def _play(options: Options, *, with_bot: bool, demo: bool) -> None:
    """Bring the sandbox and the bot together: no other file knows both."""
    from bot import tryout
    from bot.manifest import manifest as app_manifest
    from sandbox import server
    from sandbox.clock import VirtualClock

    told = app_manifest(read().values.get("COMMAND_PREFIX", ""))
    if demo:
        stand_in, rehearsed = _demo(told)
    else:
        stand_in, rehearsed = server.Sandbox(told, clock=VirtualClock()), None
    credentials = tryout.Credentials(server.BOT_TOKEN, server.APP_TOKEN, server.SIGNING_SECRET)

    async def bot(settings: Settings, ready: Callable[[], None]) -> None:
        from bot.service import run_bot

        await run_bot(settings, clock=stand_in.clock, ready=lambda _: ready())

    await tryout.play(stand_in, credentials, bot if with_bot else None, options, output, rehearsed)


def _demo(told: dict[str, Any]) -> tuple[Sandbox, Rehearsed]:
    """Give a sandbox with the demo's people, and what plays their weeks before it opens."""
    from bot import rehearsal, tryout
    from bot.service import at_work
    from sandbox.server import Sandbox
    from simulation import demo

    # A demo is to come up on a slow machine, too: more patience than Slack's three seconds.
    stand_in = Sandbox(told, demo.PEOPLE, clock=demo.clock(), ack_timeout=demo.PATIENCE)

    async def play(settings: Settings) -> None:
        await rehearsal.prepare(settings.database_url)
        await demo.play(stand_in, lambda _, clock: at_work(settings, clock))

    return stand_in, tryout.Rehearsed(play, demo.WHO_IS_WHERE)


def _until_done(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends by itself or is told to: Ctrl+C is a normal way to stop at any moment."""
    with suppress(KeyboardInterrupt):
        asyncio.run(work)


if __name__ == "__main__":
    main()
