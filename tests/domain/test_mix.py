"""A mix of people that lacks a kind is pointed out, once there are enough to tell."""

from domain.mix import Lopsided, Mix, to_point_out
from domain.vocabulary import Vantage

BOSS, PEER, RECRUITER = Vantage.BOSS, Vantage.PEER, Vantage.RECRUITER
ANALYST, MANAGER = "Data analyst", "Product manager"


def test_many_recruiters_and_no_would_be_boss_are_pointed_out() -> None:
    mix = Mix(ANALYST, {RECRUITER: 6, PEER: 1}, unplaced=2)
    assert to_point_out([mix]) == Lopsided(ANALYST, BOSS, RECRUITER, 6, 7, unplaced=2)


def test_four_people_are_too_few_to_tell() -> None:
    assert to_point_out([Mix(ANALYST, {RECRUITER: 4}, unplaced=9)]) is None
    assert to_point_out([Mix(ANALYST, {RECRUITER: 5})]) is not None


def test_with_a_boss_and_a_peer_a_mix_is_fine_however_many_others_there_are() -> None:
    assert to_point_out([Mix(ANALYST, {RECRUITER: 50, BOSS: 1, PEER: 1})]) is None


def test_a_mix_of_bosses_lacks_a_peer() -> None:
    assert to_point_out([Mix(ANALYST, {BOSS: 5})]) == Lopsided(ANALYST, PEER, BOSS, 5, 5)


def test_of_several_the_one_without_a_boss_comes_first_and_then_the_larger_one() -> None:
    no_peer = Mix("Writer", {BOSS: 20})
    small, large = Mix(ANALYST, {RECRUITER: 5}), Mix(MANAGER, {PEER: 8})
    found = to_point_out([no_peer, small, large])
    assert found is not None and found.path == MANAGER


def test_who_is_on_no_path_counts_only_while_there_is_no_path() -> None:
    nowhere = Mix("", {RECRUITER: 9})
    assert to_point_out([nowhere]) == Lopsided("", BOSS, RECRUITER, 9, 9)
    assert to_point_out([nowhere, Mix(ANALYST, {})]) is None
    assert to_point_out([]) is None
