"""`rapport simulate` through its front door: the figures that it prints, and the log."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bot.test_command_line import ROOT, Shell

COUNTS = [
    *("members", "days", "actions", "nudges_due", "nudges_sent", "lost", "duplicated"),
    *("in_quiet_hours", "on_free_days", "over_daily_cap", "over_followup_cap"),
    *("answered_but_sent", "debrief_missing", "thank_you_late", "wrong_member"),
    *("faults_injected", "crashes"),
]


def test_its_figures_and_its_log_are_for_programs(tmp_path: Path) -> None:
    played = Shell(tmp_path).rapport("simulate --members 3 --weeks 1 --seed 1 --json --log log")
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert [*told] == [*COUNTS, "p99_lateness_s", "seconds"]
    assert all(type(told[name]) is int for name in COUNTS)
    assert all(type(told[name]) is float for name in ("p99_lateness_s", "seconds"))
    assert (told["members"], told["days"], told["lost"]) == (3, 7, 0)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert sum("did" in line for line in lines) >= told["actions"] > 0
    received = [line for line in lines if "received" in line]
    assert received
    for line in lines:
        assert {"at", "workspace", "member", "zone"} <= line.keys() or "fault" in line
    for line in received:
        assert {"kind", "text", "items"} <= line.keys()
        assert all(
            {"kind", "contact", "interview", "nudge"} <= each.keys() for each in line["items"]
        )


# Each reminder comes on its own: no day is without several.
BROKEN = """
from dataclasses import replace
from domain import cadence

right = cadence.plan
cadence.plan = lambda facts: frozenset(replace(each, alone=True) for each in right(facts))

from bot.__main__ import main

main()
"""


def test_its_exit_status_says_that_a_rule_was_broken(tmp_path: Path) -> None:
    words = "simulate --members 4 --weeks 2 --seed 1 --json --database sqlite:///played.db"
    played = subprocess.run(
        [sys.executable, "-c", BROKEN, *words.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,  # the status is what is asked about
    )
    assert played.returncode == 1, played.stderr
    told = json.loads(played.stdout)
    assert told["over_daily_cap"] > 0
    assert "on its own" in played.stderr, "and why it counts"
