"""`make soak`: the simulation in full, with its figures as a table for docs/reliability.md."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.checker import RULES
from tests.databases import fresh_postgres_database, postgres_server, sqlite_url

BOTS = {"sqlite": 1, "postgresql": 3}
HEADING = (
    "| database | bots | members | weeks | seed | actions | nudges due | sent | faults "
    "| violations | crashes | p99 late | seconds |\n" + "|---" * 13 + "|"
)


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    members: int
    weeks: int
    seeds: list[int]
    databases: list[str]


def main() -> None:
    """Play every run; the exit status is 1 if one of them broke a rule or a bot fell."""
    sys.exit(0 if soak(_options()) else 1)


def soak(options: Options) -> bool:
    """Play the runs one after another, and say whether all were clean."""
    clean = True
    print(HEADING, flush=True)
    with ExitStack() as stack:
        server = None
        for database in options.databases:
            if database == "postgresql":
                server = stack.enter_context(postgres_server())
            for seed in options.seeds:
                with _fresh(server) as url:
                    played = _play(options, url, seed, BOTS[database])
                print(_row(database, seed, json.loads(played.stdout)), flush=True)
                print(played.stderr, end="", file=sys.stderr, flush=True)
                clean = clean and played.returncode == 0
    return clean


def _play(options: Options, url: str, seed: int, bots: int) -> "subprocess.CompletedProcess[str]":
    asked = {
        "--members": options.members,
        "--weeks": options.weeks,
        "--seed": seed,
        "--processes": bots,
        "--database": url,
    }
    words = [str(word) for pair in asked.items() for word in pair]
    return subprocess.run(
        [sys.executable, "-m", "bot", "simulate", "--faults", "--json", *words],
        capture_output=True,
        text=True,
        check=False,  # the status says whether a rule was broken
    )


@contextmanager
def _fresh(server: str | None) -> Iterator[str]:
    if server is not None:
        with fresh_postgres_database(server) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="rapport-simulation-") as folder:
        yield sqlite_url(Path(folder) / "rapport.db")


def _row(database: str, seed: int, told: dict[str, Any]) -> str:
    violations = sum(told[rule] for rule in RULES)
    cells = [database, BOTS[database], told["members"], told["days"] // 7, seed, told["actions"]]
    cells += [told["nudges_due"], told["nudges_sent"], told["faults_injected"], violations]
    cells += [told["crashes"], f"{told['p99_lateness_s']:.0f} s", round(told["seconds"])]
    return f"| {' | '.join(map(str, cells))} |"


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seed", type=int, action="append", dest="seeds")
    parser.add_argument("--database", choices=BOTS, action="append", dest="databases")
    given = vars(parser.parse_args())
    given["seeds"] = given["seeds"] or [1, 2, 3]
    given["databases"] = given["databases"] or list(BOTS)
    return Options(**given)


if __name__ == "__main__":
    main()
