"""Zones and countries are found by the names that people type."""

import pytest

from domain.countries import country_of
from domain.places import countries_like, country_name, is_country, is_zone, zones_like

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("york", "America/New_York"),
        ("japan", "Asia/Tokyo"),
        ("united kingdom", LONDON),
        ("uk", LONDON),
        ("india", "Asia/Kolkata"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_city_or_its_country(typed: str, first: str) -> None:
    assert zones_like(typed, LONDON)[0] == first


def test_before_typing_ones_own_zone_its_neighbours_and_the_usual_ones_are_offered() -> None:
    offered = zones_like("", "America/Phoenix")
    assert offered[0] == "America/Phoenix"
    assert country_of(offered[1]) == "US"
    assert {"Europe/London", "Asia/Tokyo", "UTC"} <= set(offered)
    assert len(offered) == len(set(offered)) < 20
    assert all(is_zone(zone) for zone in offered)


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert zones_like("olympus mons", LONDON) == []
    assert countries_like("olympus mons", None) == []
    assert not is_zone("Mars/Olympus")
    assert not is_zone("")
    assert not is_country("??")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("germany", "DE"),
        ("ger", "DE"),
        ("United Kingdom", "GB"),
        ("england", "GB"),
        ("usa", "US"),
        ("south korea", "KR"),
        ("de", "DK"),
    ],
)
def test_a_country_is_found_by_its_name(typed: str, first: str) -> None:
    assert countries_like(typed, None)[0] == first


def test_before_typing_ones_own_country_comes_first_then_all_by_name() -> None:
    names = [country_name(code) for code in countries_like("", "DE")]
    assert names[0] == "Germany"
    assert names[1:] == sorted(names[1:])
    assert len(names) > 200
