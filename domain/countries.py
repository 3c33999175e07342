"""Which country a member lives in, guessed from their zone, and its public holidays."""

import warnings
from datetime import date
from functools import lru_cache
from importlib import resources


def country_of(zone: str) -> str | None:
    """Give the ISO 3166 code of the country that a zone lies in; None where that is unknown."""
    return _countries_by_zone().get(zone)


@lru_cache(maxsize=4096)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Give a year's public holidays in all of a country (ISO 3166); none if it is not known."""
    # Imported when the first member has a country: the library is large.
    import holidays

    with warnings.catch_warnings():
        # Of far years some countries' moon-bound holidays are not known yet: the others will do.
        warnings.simplefilter("ignore")
        try:
            return frozenset(holidays.country_holidays(country.upper(), years=year))
        except NotImplementedError:
            return frozenset()


@lru_cache(maxsize=1)
def _countries_by_zone() -> dict[str, str]:
    """Read tzdata's table: a country's code, a place, a zone, perhaps a comment, in tabs."""
    try:
        table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows if len(row) > 2}
