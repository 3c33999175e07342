"""`rapport simulate`: weeks in cohorts' lives, judged."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal import complaints, output

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import SynchronizedArray

    from simulation.checker import Verdict
    from simulation.report import Figures
    from simulation.run import Plan

# Seconds between two looks at how far the cohorts are.
LOOK_S = 0.5

_done: SynchronizedArray[float]


def simulate(
    members: Annotated[
        int, typer.Option(metavar="N", min=1, max=240, help="So many members.")
    ] = 40,
    weeks: Annotated[int, typer.Option(metavar="W", min=1, max=52, help="So many weeks.")] = 12,
    seed: Annotated[
        int, typer.Option(metavar="S", help="Another seed, another story; odd ones play in spring.")
    ] = 1,
    faults: Annotated[
        bool,
        typer.Option("--faults", metavar="", help="Let network, database and bot fail, for days."),
    ] = False,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Use this empty database, with all members in one workspace (default: databases "
            "of their own for cohorts of 20, played at the same time).",
        ),
    ] = None,
    processes: Annotated[
        int,
        typer.Option(metavar="P", min=1, max=9, help="Run so many bots for one workspace."),
    ] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", metavar="", help="Print JSON, for a program.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what happened, as JSON lines.")
    ] = None,
) -> None:
    """Play weeks in a cohort's life, and judge every nudge by what members did and received.

    The real bot on a real database, against the sandbox, with a clock that jumps from event to
    event. Members are made up; nothing leaves this machine. The exit status is 1 if any rule of
    the practice was broken, else 0.
    """
    from simulation import report
    from simulation.cohorts import divided
    from simulation.run import Plan

    plan = Plan(members, weeks, seed, faults)
    cohorts = divided(plan) if database is None and processes == 1 else [plan]
    if len(cohorts) > 1:
        told, verdict = play_together(cohorts, log)
    else:
        with report.progress_bar(complaints) as progress:
            told, verdict = play_one(plan, database, processes, log, progress)
    if as_json:
        typer.echo(json.dumps(told))
    else:
        output.print(report.table(told))
    for example in report.examples(verdict):
        complaints.print(example, markup=False)
    raise typer.Exit(0 if report.clean(told) else 1)


def play_one(
    plan: Plan,
    database: str | None,
    processes: int,
    log: Path | None,
    progress: Callable[[float], None],
) -> tuple[Figures, Verdict]:
    """Play one cohort on its own database, or on an empty one that is given."""
    from bot import logs, rehearsal, tryout
    from bot.manifest import manifest
    from sandbox import server
    from simulation.play import play

    credentials = tryout.Credentials(server.BOT_TOKEN, server.APP_TOKEN, server.SIGNING_SECRET)
    logs.configure("CRITICAL", "console", sys.stderr)

    async def work(url: str) -> tuple[Figures, Verdict]:
        await rehearsal.prepare(url)
        here = rehearsal.opener(credentials, url)
        how = here if processes == 1 else rehearsal.environment(credentials, url)
        return await play(
            plan, manifest(), url, how, processes=processes, log=log, progress=progress
        )

    with rehearsal.database(database) as url:
        return asyncio.run(work(url))


def play_together(cohorts: list[Plan], log: Path | None) -> tuple[Figures, Verdict]:
    """Play several cohorts, as many at a time as there are cores."""
    from simulation.cohorts import merge_logs, together
    from simulation.report import progress_bar

    began = monotonic()
    context = get_context("spawn")
    done = context.Array("d", len(cohorts))
    with (
        TemporaryDirectory(prefix="rapport-logs-") as folder,
        ProcessPoolExecutor(mp_context=context, initializer=partial(_share, done)) as pool,
        progress_bar(complaints) as progress,
    ):
        parts = [Path(folder) / f"{number}.jsonl" for number in range(len(cohorts))]
        played = [
            pool.submit(_play_nth, number, plan, parts[number] if log else None)
            for number, plan in enumerate(cohorts)
        ]
        while wait(played, timeout=LOOK_S).not_done:
            progress(sum(done[:]) / len(cohorts))
        result = together([one.result() for one in played], monotonic() - began)
        if log is not None:
            merge_logs(parts, log)
        return result


def _share(done: SynchronizedArray[float]) -> None:
    """Begin a process: it tells here how much of each cohort's weeks is played."""
    global _done
    _done = done


def _play_nth(number: int, plan: Plan, log: Path | None) -> tuple[Figures, Verdict]:
    def progress(part: float) -> None:
        _done[number] = part

    return play_one(plan, None, 1, log, progress)
