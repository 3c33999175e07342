"""The first page of the settings: when the bot speaks; drawn here, read here."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ExternalDataSelectElement,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from domain.places import country_name, is_country, is_zone
from domain.vocabulary import Digest
from handlers.views import reading
from handlers.views.elements import ask, button, choice, plain, row, small
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors

CALLBACK_ID = "settings_form"
ZONE_CHOSEN, COUNTRY_CHOSEN = "zone_chosen", "country_chosen"
NUMBERS, LIMITS = "settings_numbers", "settings_limits"

DIGEST, DIGEST_HOUR, WORKING_DAYS, REVIEW_DAY = (
    "digest",
    "digest_hour",
    "working_days",
    "review_day",
)
QUIET_FROM, QUIET_UNTIL, ZONE, COUNTRY = "quiet_from", "quiet_until", "zone", "country"

_DIGESTS = {
    Digest.DAILY: "Daily",
    Digest.WEEKLY: "Weekly, on the review day",
    Digest.NONE: "None: I look at the Home tab",
}
_DAYS = {str(number): name for number, name in enumerate(calendar.day_name, 1)}
_HOURS = {str(hour): f"{hour:02}:00" for hour in range(24)}
# The country of those who want no public holidays.
NO_COUNTRY = "none"


@dataclass(frozen=True)
class HoursTyped:
    """What the page holds: a member's hours, local, 0 to 23.

    `working_days` are ISO weekdays one after another, `review_day` is one; `zone` is an IANA name,
    `country` an ISO 3166 code.
    """

    digest: Digest
    digest_hour: int
    working_days: str
    review_day: int
    quiet_from: int
    quiet_until: int
    zone: str
    country: str | None


def settings_form(typed: HoursTyped, carried: Carried, *, facilitates: bool = False) -> View:
    """Draw the page, filled with how things stand; only who facilitates sees the way to limits."""
    limits = [button("Limits for everybody", LIMITS)] if facilitates else []
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Settings"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[
            small("When I speak to you. “Save” keeps this page, and all that is planned follows."),
            ask("Digest", DIGEST, choice(_DIGESTS, typed.digest), optional=False),
            ask(
                "At what time?",
                DIGEST_HOUR,
                _one_of(_HOURS, typed.digest_hour),
                optional=False,
                hint="In quiet hours it waits for their end.",
            ),
            ask(
                "On which days?",
                WORKING_DAYS,
                _days(typed.working_days),
                optional=False,
                hint="The others are free days, as public holidays are.",
            ),
            ask(
                "Review of the week",
                REVIEW_DAY,
                _one_of(_DAYS, typed.review_day),
                optional=False,
            ),
            ask("Quiet from", QUIET_FROM, _one_of(_HOURS, typed.quiet_from), optional=False),
            ask(
                "Quiet until",
                QUIET_UNTIL,
                _one_of(_HOURS, typed.quiet_until),
                optional=False,
                hint="The same hour twice means no quiet hours.",
            ),
            ask(
                "Time zone",
                ZONE,
                _search(ZONE_CHOSEN, "Type a city or a country", zone_option(typed.zone)),
                optional=False,
                hint="When you travel and Slack notices, I follow.",
            ),
            ask(
                "Public holidays of",
                COUNTRY,
                _search(COUNTRY_CHOSEN, "Type a country", country_option(typed.country)),
                optional=False,
            ),
            small("How long I wait, and what I speak of, is on a page of its own:"),
            row(button("Numbers and kinds", NUMBERS), *limits),
        ],
    )


def read_settings_form(view: reading.View) -> HoursTyped:
    """Read the page; raises FormErrors naming every field that cannot be kept as it is."""
    digest = reading.chosen_of(view, DIGEST, Digest)
    days = "".join(day for day in reading.all_ticked(view, WORKING_DAYS) if day in _DAYS)
    hours = {
        name: _number(view, name, _DAYS if name == REVIEW_DAY else _HOURS)
        for name in (DIGEST_HOUR, QUIET_FROM, QUIET_UNTIL, REVIEW_DAY)
    }
    zone, country = reading.chosen(view, ZONE) or "", reading.chosen(view, COUNTRY) or ""
    errors = {name: "Pick one from the list" for name, hour in hours.items() if hour is None}
    if digest is None:
        errors[DIGEST] = "Daily, weekly or none: pick one"
    if not days:
        errors[WORKING_DAYS] = "Tick at least one day. To hear nothing at all, choose “None” above"
    if not is_zone(zone):
        errors[ZONE] = "Type a city near you, like Berlin, and pick its zone"
    if country != NO_COUNTRY and not is_country(country):
        errors[COUNTRY] = "Type a country, like Ireland, and pick it; or pick “None”"
    if errors or digest is None:
        raise FormErrors(errors)
    return HoursTyped(
        digest=digest,
        working_days="".join(sorted(days)),
        zone=zone,
        country=None if country == NO_COUNTRY else country,
        **{name: hour for name, hour in hours.items() if hour is not None},
    )


def zone_option(zone: str) -> Option:
    """One time zone as an option of a type-ahead."""
    return Option(text=plain(zone.replace("_", " ")), value=zone)


def country_option(country: str | None) -> Option:
    """One country as an option of a type-ahead; None, or unknown, is that of no holidays."""
    if country is None or not is_country(country):
        return Option(text=plain("None"), value=NO_COUNTRY)
    return Option(text=plain(country_name(country)), value=country)


def _one_of(labels: Mapping[str, str], chosen: int) -> StaticSelectElement:
    options = {value: Option(text=plain(label), value=value) for value, label in labels.items()}
    return StaticSelectElement(
        action_id="value",
        options=list(options.values()),
        initial_option=options.get(str(chosen)),
    )


def _days(ticked: str) -> CheckboxesElement:
    options = [Option(text=plain(label), value=value) for value, label in _DAYS.items()]
    return CheckboxesElement(
        action_id="value",
        options=options,
        initial_options=[option for option in options if option.value in ticked] or None,
    )


def _search(action_id: str, placeholder: str, chosen: Option) -> ExternalDataSelectElement:
    return ExternalDataSelectElement(
        action_id=action_id,
        placeholder=plain(placeholder),
        min_query_length=0,
        initial_option=chosen,
    )


def _number(view: reading.View, block_id: str, known: Mapping[str, str]) -> int | None:
    value = reading.chosen(view, block_id)
    return int(value) if value is not None and value in known else None
