"""Time zones and countries by the names that people type: "new york", "germany"."""

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
    found = [zone for zone, said in _zones().items() if all(word in said for word in words)]
    return sorted(found, key=lambda zone: (*_rank(zone, words), zone))


def countries_like(typed: str, here: str | None) -> list[str]:
    """Give the countries (ISO 3166) whose holidays are known and whose names fit what was typed.

    Before anything is typed: the member's own country `here`, then all by name.
    """
    wanted = " ".join(_words(typed))
    found = [code for code in _countries() if wanted in _countries()[code].lower()]
    if not wanted:
        return sorted(found, key=lambda code: code != here)
    if wanted.upper() in _countries():
        found.append(wanted.upper())
    first = {code for code in found if _countries()[code].lower().startswith(wanted)}
    return sorted(
        dict.fromkeys(found), key=lambda code: (code != wanted.upper(), code not in first)
    )


def is_country(code: str) -> bool:
    """Say whether the public holidays of the country with that ISO 3166 code are known."""
    return code in _countries()


def country_name(code: str) -> str:
    """Give a country's usual English name; the code itself where there is none."""
    return _countries().get(code) or _names().get(code, code)


def _words(typed: str) -> list[str]:
    return typed.lower().replace("_", " ").replace("/", " ").replace(",", " ").split()


def _rank(zone: str, words: list[str]) -> tuple[bool, bool]:
    """Put first what is a place on today's map, and there what begins as it was typed."""
    city = " ".join(_words(zone.rpartition("/")[2]))
    return country_of(zone) is None, not city.startswith(words[0])


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """All zones, each with the words by which it is found."""
    zones = sorted(available_timezones() - _NO_PLACES)
    return {
        zone: " ".join([*_words(zone), _names().get(country_of(zone) or "", "").lower()])
        for zone in zones
    }


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
        return {}
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    # The one whose holidays are known and that ISO has not named.
    return {"XK": "Kosovo"} | {row[0]: row[1] for row in rows if len(row) > 1}
