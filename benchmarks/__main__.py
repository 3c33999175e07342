"""`python -m benchmarks`: measure, and print figure, bound and verdict of each benchmark."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from types import ModuleType

from benchmarks import ack, change, claim, deliver, find, home, replicas, soak, start, submit
from benchmarks import open as open_
from benchmarks.figures import MISSED, Figure, as_json, line, table
from benchmarks.ground import DATABASES, Ground, ground
from benchmarks.machine import described, in_words
from bot import logs

Run = Callable[[Ground], AsyncIterator[Figure]]
ALL: Sequence[ModuleType] = (
    submit,
    ack,
    open_,
    deliver,
    replicas,
    claim,
    home,
    find,
    change,
    start,
    soak,
)


def main() -> None:
    """Run what was asked for; the exit status is 1 if a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [module.NAME for module in ALL]
    parser.add_argument("--only", choices=names, action="append", help="leave the others out")
    parser.add_argument("--on", choices=DATABASES, action="append", help="on this database only")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--quick", action="store_true", help="small sizes, for a look in between")
    asked = parser.parse_args()
    modules = [module for module in ALL if not asked.only or module.NAME in asked.only]
    logs.configure("WARNING", "console", sys.stderr)
    machine = described()
    if not asked.json:
        print(in_words(machine), end="\n\n", flush=True)
    figures = measure(modules, asked.on or DATABASES, quick=asked.quick)
    print(as_json(figures, machine, quick=asked.quick) if asked.json else table(figures))
    sys.exit(any(figure.verdict == MISSED for figure in figures))


def measure(
    modules: Sequence[ModuleType], databases: Sequence[str], *, quick: bool
) -> list[Figure]:
    """Run benchmarks one after another on the same ground."""
    with ground(databases, quick=quick) as where:
        return [figure for module in modules for figure in asyncio.run(_all(module.run, where))]


async def _all(run: Run, where: Ground) -> list[Figure]:
    found = []
    async for figure in run(where):
        # A run may take an hour, and what it found by then is known even if it is stopped.
        print(line(figure), file=sys.stderr, flush=True)
        found.append(figure)
    return found


if __name__ == "__main__":
    main()
