"""`make soak`: the crash tests in full, with their figures as a table for docs/reliability.md."""

import argparse
import asyncio
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage import migrate
from tests.crash.run import Outcome, Plan, crash_test
from tests.databases import fresh_postgres_database, postgres_server, run_apart, sqlite_url

DATABASES = {"sqlite": (1, 2), "postgresql": (3,)}  # with how many processes
HEADING = (
    "| database | processes | faults | nudges | kills | lost | duplicated | in doubt | "
    "of these arrived | seconds |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    nudges: int
    kills: int
    seed: int
    databases: list[str]
    processes: int | None
    only: str | None

    def plans(self) -> Iterator[tuple[str, Plan]]:
        """Each database's name with a plan to run on it."""
        for database in self.databases:
            for processes in (self.processes,) if self.processes else DATABASES[database]:
                for faults in (False, True):
                    if self.only in (None, "faults" if faults else "kills"):
                        yield (
                            database,
                            Plan(self.nudges, self.kills, processes, self.seed, faults),
                        )


def main() -> None:
    """Run every plan; the exit status is 1 if one of them lost, doubled or fell."""
    # As with Ctrl+C: no bot is left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(0 if soak(_options()) else 1)


def soak(options: Options) -> bool:
    """Run the plans one after another, and say whether all were clean."""
    clean = True
    print(HEADING, flush=True)
    with ExitStack() as stack:
        server = None
        for database, plan in options.plans():
            if database == "postgresql" and server is None:
                server = stack.enter_context(postgres_server())
            with _fresh(server if database == "postgresql" else None) as (url, folder):
                outcome = asyncio.run(crash_test(plan, url, folder))
            print(_row(database, outcome), flush=True)
            if not outcome.clean:
                print(f"{outcome}\n{outcome.last_words}", file=sys.stderr, flush=True)
            clean = clean and outcome.clean
    return clean


@contextmanager
def _fresh(server: str | None) -> Iterator[tuple[str, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="rapport-crash-"))
    try:
        with ExitStack() as stack:
            url = sqlite_url(folder / "rapport.db")
            if server is not None:
                url = stack.enter_context(fresh_postgres_database(server))
            run_apart(migrate.upgrade(url))
            yield url, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _row(database: str, outcome: Outcome) -> str:
    plan, judged = outcome.plan, outcome.verdict
    cells = [database, plan.processes, outcome.faults or "–", plan.nudges, outcome.kills]
    cells += [judged.lost, judged.duplicated]
    cells += [outcome.logged["looked_for"], outcome.logged["found"], round(outcome.seconds)]
    return f"| {' | '.join(map(str, cells))} |"


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--nudges", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=DATABASES, action="append", dest="databases")
    parser.add_argument("--processes", type=int)
    parser.add_argument("--only", choices=("kills", "faults"), help="leave the other kind out")
    given = vars(parser.parse_args())
    given["databases"] = given["databases"] or list(DATABASES)
    return Options(**given)


if __name__ == "__main__":
    main()
