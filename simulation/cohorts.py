"""Many members are played as several cohorts at the same time, each on a core of its own.

A cohort has its own workspace, bot and database, as in life. What it did comes together as if it
had been one run: counts are added up, and the log is in order of the moments.
"""

import heapq
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from simulation.checker import Verdict
from simulation.journal import Entry
from simulation.report import Figures
from simulation.run import Plan

# So many members can a cohort have at most: 40 of them keep two cores busy.
COHORT = 20
# What is called the same in each cohort; in a log of several the cohort's number is put after it.
NUMBERED = ("workspace", "member", "nudge")
# Of a run as a whole; all other figures are added up.
_SHARED = ("days", "p99_lateness_s", "seconds")


def divided(plan: Plan, most: int = COHORT) -> list[Plan]:
    """Divide a plan's members over as few cohorts of `most` as hold them."""
    return [
        replace(plan, first=plan.first + first, members=min(most, plan.members - first))
        for first in range(0, plan.members, most)
    ]


def together(played: Sequence[tuple[Figures, Verdict]], seconds: float) -> tuple[Figures, Verdict]:
    """Add up what the cohorts of one run showed, which took so many seconds in all."""
    all_figures, verdicts = zip(*played, strict=True)
    verdict = Verdict(
        violations=[violation for one in verdicts for violation in one.violations],
        due=sum(one.due for one in verdicts),
        sent=sum(one.sent for one in verdicts),
        lateness=sorted(late for one in verdicts for late in one.lateness),
    )
    told = {
        name: sum(one[name] for one in all_figures) if name not in _SHARED else value
        for name, value in all_figures[0].items()
    }
    told["p99_lateness_s"] = round(verdict.p99_lateness, 1)
    told["seconds"] = round(seconds, 1)
    return told, verdict


def merge_logs(parts: Sequence[Path], log: Path) -> None:
    """Write the lines of several cohorts' logs into one, in order of their moments."""
    with ExitStack() as stack:
        entries = (_told_apart(stack, part, number) for number, part in enumerate(parts, 1))
        with log.open("w", encoding="utf-8") as file:
            for entry in heapq.merge(*entries, key=lambda entry: str(entry["at"])):
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _told_apart(stack: ExitStack, part: Path, number: int) -> Iterator[Entry]:
    for line in stack.enter_context(part.open(encoding="utf-8")):
        entry = json.loads(line)
        for numbered in (entry, *entry.get("items", ())):
            for name in NUMBERED:
                if numbered.get(name):
                    numbered[name] = f"{numbered[name]}-{number}"
        yield entry
