"""A short simulation with faults, on each database: no rule of the practice is broken."""

import json
from pathlib import Path

import pytest

from bot import rehearsal
from bot.manifest import manifest
from bot.tryout import Credentials
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from simulation.checker import check
from simulation.play import play
from simulation.run import Plan

CREDENTIALS = Credentials(BOT_TOKEN, APP_TOKEN, SIGNING_SECRET)


async def test_three_weeks_with_faults_break_no_rule(database_url: str, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    told, verdict = await play(
        Plan(members=5, weeks=3, seed=1, faults=True),
        manifest(),
        database_url,
        rehearsal.opener(CREDENTIALS, database_url),
        log=log,
    )
    assert verdict.violations == []
    assert told["crashes"] == 0
    assert told["faults_injected"] > 10
    assert told["nudges_sent"] > 10
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert check(lines).counts == verdict.counts, "anybody can judge it by its log"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_week_of_three_bots_breaks_no_rule(database_url: str) -> None:
    """Each a process of its own, on one database; now and then one is killed."""
    told, verdict = await play(
        Plan(members=4, weeks=2, seed=1, faults=True),
        manifest(),
        database_url,
        rehearsal.environment(CREDENTIALS, database_url),
        processes=3,
    )
    assert verdict.violations == []
    assert (told["crashes"], told["faults_injected"] > 5) == (0, True)
    assert told["nudges_sent"] > 3
