"""Draws how far each figure is from its bound: `python -m benchmarks.charts < JSON`."""

import json
import sys
from html import escape
from typing import Any

_ROW, _LEFT, _WIDTH = 22, 480, 300
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    ' font-family="sans-serif" font-size="12" role="img"'
    ' aria-label="Each figure against its bound">'
    '<rect width="100%" height="100%" fill="#fff"/>'
)


def chart(figures: list[dict[str, Any]]) -> str:
    """Draw one bar a figure with a bound: up to the line is what is to be reached."""
    bounded = [each for each in figures if each["bound"] and _wanted(each)]
    height = _ROW * (len(bounded) + 2)
    parts = [_HEAD.format(width=_LEFT + _WIDTH + 110, height=height)]
    line = _LEFT + _WIDTH / 2
    for place, figure in enumerate(bounded):
        y = _ROW * (place + 1)
        # How much of the bound is used up: of what is to be at least so much the other way round.
        used = _used(figure)
        color = "#2a7f62" if figure["verdict"] == "reached" else "#b3532c"
        name = escape(f"{figure['benchmark']} · {figure['what']} · {figure['on']}")
        value = f"{figure['value']:.3g} {figure['unit']} ({figure['bound']})"
        length = min(used, 2.0) * _WIDTH / 2
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{length:.0f}" height="14" fill="{color}"/>')
        # Beside the line, which would go through it.
        x = max(_LEFT + length, line) + 6
        parts.append(f'<text x="{x:.0f}" y="{y + 12}">{escape(value)}</text>')
    parts.append(f'<line x1="{line}" y1="14" x2="{line}" y2="{height - 14}" stroke="#333"/></svg>')
    return "\n".join(parts) + "\n"


def _wanted(figure: dict[str, Any]) -> float:
    return float(str(figure["bound"]).split()[1].replace(",", ""))


def _used(figure: dict[str, Any]) -> float:
    value, wanted = float(figure["value"]), _wanted(figure)
    if str(figure["bound"]).startswith("≤"):
        return value / wanted
    return wanted / value if value else 2.0


if __name__ == "__main__":
    print(chart(json.load(sys.stdin)["figures"]), end="")
