"""A member's country is guessed from their zone, and its public holidays are known."""

from datetime import date

import pytest

from domain.countries import country_of, public_holidays


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("America/Argentina/Ushuaia", "AR"),
        ("Asia/Kolkata", "IN"),
    ],
)
def test_a_zone_lies_in_a_country(zone: str, country: str) -> None:
    """As the tz database says."""
    assert country_of(zone) == country


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+3", "Nowhere/At_All", ""])
def test_some_zones_lie_nowhere(zone: str) -> None:
    """Then nothing is guessed."""
    assert country_of(zone) is None


@pytest.mark.parametrize(
    ("country", "holiday"),
    [
        ("US", date(2026, 11, 26)),
        ("us", date(2026, 11, 26)),
        ("DE", date(2026, 10, 3)),
        ("GB", date(2026, 12, 28)),
        ("JP", date(2026, 11, 23)),
    ],
)
def test_public_holidays_are_known(country: str, holiday: date) -> None:
    """Also those that move, and those that are taken on another day."""
    assert holiday in public_holidays(country, holiday.year)


@pytest.mark.parametrize("country", ["XX", "", "Atlantis"])
def test_an_unknown_country_has_no_public_holidays(country: str) -> None:
    """Its working days are all that counts."""
    assert public_holidays(country, 2026) == frozenset()


def test_holidays_of_a_far_year_are_those_known_so_far() -> None:
    """India's moon-bound ones of 2040 are not: that is no reason to complain."""
    assert date(2040, 1, 26) in public_holidays("IN", 2040)
