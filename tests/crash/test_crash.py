"""Bots killed without warning lose nothing and send nothing twice; `make soak` runs more."""

from pathlib import Path

import pytest

from tests.crash.run import Plan, crash_test


@pytest.mark.parametrize(
    ("database_url", "processes", "faults"),
    [("sqlite", 1, False), ("sqlite", 2, True), ("postgresql", 3, True)],
    indirect=["database_url"],
)
async def test_every_question_arrives_once_however_often_a_bot_is_killed(
    database_url: str, processes: int, faults: bool, tmp_path: Path
) -> None:
    plan = Plan(nudges=40, kills=3, processes=processes, faults=faults)
    outcome = await crash_test(plan, database_url, tmp_path)
    assert outcome.clean, f"{outcome}\n{outcome.last_words}"
