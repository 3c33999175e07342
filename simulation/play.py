"""Plays one run, and has it judged."""

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from simulation.bots import BotHere, Bots, OpenBot
from simulation.checker import Verdict, check
from simulation.processes import Fleet
from simulation.report import Figures, figures
from simulation.run import Plan, Simulation, Workspace


async def play(
    plan: Plan,
    manifest: dict[str, Any],
    database_url: str,
    how: OpenBot | Mapping[str, str],
    *,
    processes: int = 1,
    log: Path | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Figures, Verdict]:
    """Play a run on an empty, migrated database, and give its figures and the verdict.

    `how` opens a bot in this process; or it is the environment of bot processes, `processes` many.
    `progress` hears how much is done, 0 to 1.
    """
    with tempfile.TemporaryDirectory(prefix="rapport-bots-") as folder, _opened(log) as file:

        def make_bots(sandbox: Workspace) -> Bots:
            if isinstance(how, Mapping):
                return Fleet(processes, sandbox, how, Path(folder))
            return BotHere(sandbox, how)

        run = Simulation(plan, manifest, make_bots, database_url, file)
        # Millions of short-lived objects: looking for cycles after each few hundred costs minutes.
        gc.freeze()
        gc.set_threshold(50_000)
        await run.run(progress)
    verdict = check(run.journal.entries)
    return figures(run, verdict), verdict


@contextmanager
def _opened(log: Path | None) -> Iterator[IO[str] | None]:
    if log is None:
        yield None
        return
    with log.open("w", encoding="utf-8") as file:
        yield file
