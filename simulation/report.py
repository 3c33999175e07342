"""The figures of a run, and how they are told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn
from rich.table import Table

from simulation.checker import RULES, Verdict
from simulation.run import Simulation

# Notes in the log that are no faults of themselves.
NO_FAULTS = ("up", "a member gave up")
EXAMPLES = 10

Figures = Mapping[str, int | float]


def figures(run: Simulation, verdict: Verdict) -> Figures:
    """Give what `--json` prints; all whole numbers, but the last two, in seconds."""
    faults = [e for e in run.journal.entries if e.get("fault", "up") not in NO_FAULTS]
    return {
        "members": run.plan.members,
        "days": run.plan.weeks * 7,
        "actions": run.journal.counts["did"],
        "nudges_due": verdict.due,
        "nudges_sent": verdict.sent,
        **verdict.counts,
        "faults_injected": len(faults),
        "crashes": run.bots.fell + sum(human.failures for human in run.humans.values()),
        "p99_lateness_s": round(verdict.p99_lateness, 1),
        "seconds": round(run.seconds, 1),
    }


def clean(told: Figures) -> bool:
    """Say whether nothing was violated, and nothing fell over by itself."""
    return not any(told[name] for name in (*RULES, "crashes"))


def table(told: Figures) -> Table:
    """Draw the figures for the terminal."""
    drawn = Table(show_header=False, box=None, padding=(0, 2))
    for name, value in told.items():
        wrong = value and name in (*RULES, "crashes")
        style = "bold red" if wrong else ""
        drawn.add_row(name, f"{value:,}", "✗ should be 0" if wrong else "", style=style)
    return drawn


def examples(verdict: Verdict) -> list[str]:
    """Give the first violations in words."""
    return [f"{v.rule}  {v.member}  {v.at}  {v.why}" for v in verdict.violations[:EXAMPLES]]


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[float], None]]:
    """Show a bar while a run goes on; what is given takes how much of it is done, 0 to 1."""
    columns = (BarColumn(bar_width=40), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda done: progress.update(task, completed=done)
