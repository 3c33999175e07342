"""The benchmarks run, and what they print keeps its shape; how fast it is, is not judged here."""

import json

from benchmarks import home
from benchmarks.__main__ import measure
from benchmarks.figures import Bound, Figure, as_json, table
from benchmarks.ground import SQLITE
from benchmarks.growth import Installation, least_processes, play
from benchmarks.machine import described


def test_a_quick_look_at_home_gives_figures_as_a_table_and_as_json() -> None:
    figures = measure([home], [SQLITE], quick=True)
    told = json.loads(as_json(figures, described(), quick=True))
    assert told.keys() == {"machine", "quick", "figures"}
    assert len(told["figures"]) == 5
    assert told["figures"][2].keys() == {
        "benchmark",
        "what",
        "on",
        "value",
        "unit",
        "spread",
        "bound",
        "verdict",
    }
    assert [each["value"] for each in told["figures"][3:]] == [6, 6]
    assert len(table(figures).splitlines()) == 7


def test_a_figure_beyond_its_bound_is_missed() -> None:
    def verdict(value: float, bound: Bound) -> str:
        return Figure("x", "it", SQLITE, value, "", bound=bound).verdict

    assert verdict(1.2, Bound(most=1.2)) == "reached"
    assert verdict(1.3, Bound(most=1.2)) == "MISSED"
    assert verdict(2.9, Bound(least=3)) == "MISSED"


def test_twice_as_many_processes_serve_the_peak_in_about_half_the_time() -> None:
    there = Installation(rate=25)
    two, four = play(there, 2), play(there, 4)
    assert two.left_over == four.left_over == 0
    assert two.longest_wait // 2 <= four.longest_wait <= two.longest_wait // 2 + 1
    assert least_processes(there, 15) == 10
