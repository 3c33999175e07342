"""Time zones and countries by the names that people type: "new york", "germany"."""

import re
from functools import lru_cache
from importlib import resources
from zoneinfo import available_timezones

from domain.countries import country_of

# Offered before anything is typed: one for each part of the world with many members.
_USUAL_ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "UTC",
)
# Other names that people type for a country.
_ALSO = {"GB": "uk britain england scotland wales", "US": "usa america", "NL": "holland"}
# Where the table's name is not the one that people look for, or there is none.
_OWN_NAMES = {
    "GB": "United Kingdom",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "XK": "Kosovo",
}
# Files beside the zones, and what a machine calls its own zone.
_NO_PLACES = {"Factory", "localtime", "posixrules"}


def is_zone(name: str) -> bool:
    """Say whether a zone of the tz database has that name."""
    return name in _zones()


def zones_like(typed: str, here: str) -> list[str]:
    """Give the zones (IANA names) that fit what was typed: a city, a part of the world, a country.

    Before anything is typed: the member's own zone `here`, its neighbours in the same country, and
    the usual ones.
    """
    words = _words(typed)
    if not words:
        own = country_of(here)
        near = [zone for zone in sorted(_zones()) if own is not None and country_of(zone) == own]
        return list(dict.fromkeys([here, *near[:5], *_USUAL_ZONES]))
    found = [zone for zone, known in _zones().items() if _fits(words, known)]
    return sorted(found, key=lambda zone: (*_rank(zone, words), zone))


def countries_like(typed: str, here: str | None) -> list[str]:
    """Give the countries (ISO 3166) whose holidays are known and whose names fit what was typed.

    Before anything is typed: the member's own country `here`, then all by name.
    """
    words = _words(typed)
    if not words:
        return sorted(_countries(), key=lambda code: code != here)
    found = [code for code in _countries() if _fits(words, _country_words(code))]
    return sorted(found, key=lambda code: not _countries()[code].lower().startswith(words[0]))


def is_country(code: str) -> bool:
    """Say whether the public holidays of the country with that ISO 3166 code are known."""
    return code in _countries()


def country_name(code: str) -> str:
    """Give a country's usual English name; the code itself where there is none."""
    return _names().get(code, code)


def _words(typed: str) -> list[str]:
    return re.sub(r"[_/,()-]", " ", typed.lower()).split()


def _fits(words: list[str], known: list[str]) -> bool:
    """Say whether each word that was typed begins one of the known ones."""
    return all(any(one.startswith(word) for one in known) for word in words)


def _rank(zone: str, words: list[str]) -> tuple[bool, bool, bool, bool]:
    """Put first what is a place on today's map; there, what was typed in full, then by city."""
    whole = all(word in _zones()[zone] for word in words)
    city = _words(zone.rpartition("/")[2])
    begins = city[0].startswith(words[0])
    return country_of(zone) is None, not whole, _words(zone) != words, not begins


@lru_cache(maxsize=1)
def _zones() -> dict[str, list[str]]:
    """All zones, each with the words by which it is found."""
    found = {}
    for zone in sorted(available_timezones() - _NO_PLACES):
        country = country_of(zone)
        found[zone] = [*_words(zone), *(_country_words(country) if country else [])]
    return found


def _country_words(code: str) -> list[str]:
    return _words(f"{country_name(code)} {code} {_ALSO.get(code, '')}")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """The countries whose public holidays are known, by code, sorted by name."""
    # Imported when the first member looks for a country: the library is large.
    import holidays

    codes = holidays.list_supported_countries(include_aliases=False)
    named = {code: _names().get(code, code) for code in codes}
    return dict(sorted(named.items(), key=lambda country: country[1]))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Read tzdata's table of countries: a code and a name with a tab between them."""
    try:
        table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return _OWN_NAMES
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) > 1} | _OWN_NAMES
