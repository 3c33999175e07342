"""A digest in order: errand by errand, the most pressing first."""

from hypothesis import given
from hypothesis import strategies as st

from domain.digest_order import Errand, by_errand, errand_of
from domain.vocabulary import NudgeKind

KINDS = st.lists(st.sampled_from(NudgeKind))


def ordered(*kinds: NudgeKind) -> list[NudgeKind]:
    return by_errand(kinds, lambda kind: kind)


def test_what_belongs_together_stands_together_and_the_most_pressing_leads() -> None:
    assert ordered(
        NudgeKind.KEEP_IN_TOUCH,
        NudgeKind.RESTS,
        NudgeKind.UNPREPARED,
        NudgeKind.PROGRESS_UPDATE,
        NudgeKind.THANK_YOU,
        NudgeKind.FOLLOW_UP,
    ) == [
        NudgeKind.THANK_YOU,
        NudgeKind.PROGRESS_UPDATE,
        NudgeKind.UNPREPARED,
        NudgeKind.FOLLOW_UP,
        NudgeKind.RESTS,
        NudgeKind.KEEP_IN_TOUCH,
    ]


def test_every_kind_has_its_errand() -> None:
    assert {errand_of(kind) for kind in NudgeKind} == set(Errand)


@given(KINDS)
def test_nothing_is_lost_and_ordering_again_changes_nothing(kinds: list[NudgeKind]) -> None:
    once = ordered(*kinds)
    assert sorted(once) == sorted(kinds)
    assert ordered(*once) == once
