"""What a benchmark found: figures with their spread, the bound of each, and the verdict."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

MISSED, REACHED, NO_BOUND = "MISSED", "reached", ""


@dataclass(frozen=True)
class Bound:
    """What a figure is to reach."""

    most: float | None = None
    least: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether a value reaches it."""
        if self.most is not None and value > self.most:
            return False
        return self.least is None or value >= self.least

    def __str__(self) -> str:
        sides = ((self.most, "≤"), (self.least, "≥"))
        return ", ".join(f"{sign} {_short(side)}" for side, sign in sides if side is not None)


@dataclass(frozen=True)
class Figure:
    """One figure: the median of what was measured, and the middle half of it."""

    benchmark: str
    what: str
    on: str
    value: float
    unit: str
    spread: tuple[float, float] | None = None
    bound: Bound | None = None

    @property
    def verdict(self) -> str:
        """Say whether the bound is reached; nothing where there is none."""
        if self.bound is None:
            return NO_BOUND
        return REACHED if self.bound.holds(self.value) else MISSED

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "benchmark": self.benchmark,
            "what": self.what,
            "on": self.on,
            "value": round(self.value, 4),
            "unit": self.unit,
            "spread": [round(side, 4) for side in self.spread] if self.spread else None,
            "bound": str(self.bound) if self.bound else None,
            "verdict": self.verdict or None,
        }


@dataclass(frozen=True)
class Measured:
    """The same thing measured many times."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """Where the middle half lies, of two values or more."""
        quarters = quantiles(self.values, n=4, method="inclusive")
        return quarters[0], quarters[2]

    def percentile(self, percent: int) -> float:
        """The value below which so many percent lie."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    def over(self, other: "Measured") -> "Measured":
        """Divide round by round: what slows the machine down slows both sides of a round."""
        return Measured([one / two for one, two in zip(self.values, other.values, strict=True)])

    def each(self, factor: float) -> "Measured":
        """The same in another unit."""
        return Measured([value * factor for value in self.values])

    def figure(
        self, benchmark: str, what: str, on: str, unit: str, bound: Bound | None = None
    ) -> Figure:
        """Make a figure of it."""
        spread = self.spread if len(self.values) > 1 else None
        return Figure(benchmark, what, on, self.median, unit, spread, bound)


def line(figure: Figure) -> str:
    """Tell one figure in a line."""
    return ", ".join(filter(None, _row(figure)))


def table(figures: Iterable[Figure]) -> str:
    """Draw the figures as a table in Markdown, which reads well in a terminal, too."""
    heading = ("benchmark", "what", "on", "figure", "middle half", "to reach", "verdict")
    rows = [heading, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def as_json(figures: Iterable[Figure], machine: dict[str, Any], *, quick: bool) -> str:
    """Write all that was found as JSON."""
    found = [figure.as_json() for figure in figures]
    return json.dumps({"machine": machine, "quick": quick, "figures": found}, indent=2)


def _row(figure: Figure) -> tuple[str, ...]:
    spread = figure.spread
    return (
        figure.benchmark,
        figure.what,
        figure.on,
        f"{_short(figure.value)} {figure.unit}".strip(),
        f"{_short(spread[0])} to {_short(spread[1])}" if spread else "",
        str(figure.bound or ""),
        figure.verdict,
    )


def _short(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"
