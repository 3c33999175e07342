"""Several cohorts of one run: other people in each, one table and one log of all."""

import json
from pathlib import Path

from bot.simulate_command import play_together
from simulation.checker import check
from simulation.cohorts import divided
from simulation.run import Plan


def test_forty_members_are_two_cohorts_of_other_people() -> None:
    plan = Plan(members=45, weeks=12, seed=7, faults=True)
    cohorts = divided(plan)
    assert [len(cohort.numbers) for cohort in cohorts] == [20, 20, 5]
    assert [n for cohort in cohorts for n in cohort.numbers] == list(range(45))
    assert len({cohort.luck for cohort in cohorts}) == 3, "each has its own weather"
    assert divided(Plan(members=20, weeks=1, seed=7)) == [Plan(members=20, weeks=1, seed=7)]


def test_cohorts_are_played_as_one_run(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    plan = Plan(members=2, weeks=2, seed=3)
    told, verdict = play_together(divided(plan, most=1), log)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {line["member"] for line in lines} == {"U0MEMBER-1", "U0MEMBER-2"}
    assert {line["workspace"] for line in lines} == {"T0SANDBOX-1", "T0SANDBOX-2"}
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
    assert (told["members"], told["days"]) == (2, 14)
    assert told["actions"] == sum("did" in line for line in lines)
    assert told["nudges_sent"] == verdict.sent > 0
    assert check(lines).counts == verdict.counts, "anybody can judge it by its log"
    nudges = [i["nudge"] for line in lines for i in line.get("items", ())]
    assert all(nudge.endswith(("-1", "-2")) for nudge in nudges)
