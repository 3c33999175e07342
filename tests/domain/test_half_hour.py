"""The plan for the half hour: thanks first, who else last, the time shared out between."""

from hypothesis import given
from hypothesis import strategies as st

from domain.half_hour import Step, plan_of
from domain.vocabulary import Phase

a_phase = st.sampled_from([None, *Phase])


def test_half_an_hour_is_shared_by_how_many_questions_there_are() -> None:
    picked = [Phase.THEIR_PATH, Phase.THE_WORK, Phase.THE_WORK, Phase.THE_WORK, None]
    assert plan_of(30, picked) == [
        Step(Phase.OPENING, 2),
        Step(Phase.THEIR_PATH, 5),
        Step(Phase.THE_WORK, 15),
        Step(None, 5),
        Step(Phase.CLOSING, 3),
    ]


def test_without_questions_there_is_time_for_the_work() -> None:
    assert plan_of(15, []) == [
        Step(Phase.OPENING, 2),
        Step(Phase.THE_WORK, 10),
        Step(Phase.CLOSING, 3),
    ]


@given(minutes=st.integers(15, 120), phases=st.lists(a_phase, max_size=12))
def test_no_minute_is_lost_and_every_part_has_its_time(
    minutes: int, phases: list[Phase | None]
) -> None:
    steps = plan_of(minutes, phases)
    assert sum(step.minutes for step in steps) == minutes
    assert (steps[0].phase, steps[-1].phase) == (Phase.OPENING, Phase.CLOSING)
    assert set(phases) <= {step.phase for step in steps}
    if minutes >= 30:
        assert all(step.minutes > 0 for step in steps)
