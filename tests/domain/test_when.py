"""What members type after a name is read as they mean it, or left alone."""

import re
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.when import read_when

ZONES = sorted(available_timezones())
LONDON = "Europe/London"
# A Friday noon, and the Saturday after it.
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# Every kind of word that a moment is made of, and some that only look like it.
WORDS = re.findall(
    r"\S+",
    "Ada Brook June May Sun Mark 3 3pm 15:30 25:00 at on the of in a an next last this tuesday "
    "Saturday sun may 29 feb 31 3rd 2026 2026-12-03 3/12 3.12.2026 today tomorrow yesterday noon "
    "tonight morning minutes hours days weeks ago week , am pm 24 999 0",
)


def read(text: str, now: datetime = NOW, zone: str = LONDON) -> tuple[str, str | None]:
    """What is left of the text, and the moment in local words."""
    typed = read_when(text, now, zone)
    if typed.moment is None:
        return typed.rest, None
    assert typed.moment.tzinfo is UTC
    return typed.rest, f"{typed.moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        # a weekday is the next one to come
        ("tuesday 3pm", "Tue 2026-11-24 15:00"),
        ("Tuesday 15.00", "Tue 2026-11-24 15:00"),
        ("tue 3 pm", "Tue 2026-11-24 15:00"),
        ("TUESDAY 3PM", "Tue 2026-11-24 15:00"),
        ("tues 15h", "Tue 2026-11-24 15:00"),
        ("wed, 3pm", "Wed 2026-11-25 15:00"),
        ("on tuesday at 3pm", "Tue 2026-11-24 15:00"),
        ("3pm on tuesday", "Tue 2026-11-24 15:00"),
        ("tuesday noon", "Tue 2026-11-24 12:00"),
        ("monday morning", "Mon 2026-11-23 10:00"),
        ("monday in the morning", "Mon 2026-11-23 10:00"),
        ("monday", "Mon 2026-11-23 10:00"),
        # today's weekday counts while its hour is to come
        ("friday 3pm", "Fri 2026-11-20 15:00"),
        ("friday 9am", "Fri 2026-11-27 09:00"),
        ("friday", "Fri 2026-11-27 10:00"),
        ("this friday 3pm", "Fri 2026-11-20 15:00"),
        ("next friday 3pm", "Fri 2026-11-27 15:00"),
        ("next saturday", "Sat 2026-11-21 10:00"),
        ("next tuesday", "Tue 2026-11-24 10:00"),
        ("last friday", "Fri 2026-11-13 10:00"),
        ("last tuesday 3pm", "Tue 2026-11-17 15:00"),
        # near days
        ("today", "Fri 2026-11-20 10:00"),
        ("today 9am", "Fri 2026-11-20 09:00"),
        ("this afternoon", "Fri 2026-11-20 14:00"),
        ("this morning", "Fri 2026-11-20 10:00"),
        ("tonight", "Fri 2026-11-20 19:00"),
        ("tonight at 8pm", "Fri 2026-11-20 20:00"),
        ("tomorrow", "Sat 2026-11-21 10:00"),
        ("tomorrow at noon", "Sat 2026-11-21 12:00"),
        ("noon tomorrow", "Sat 2026-11-21 12:00"),
        ("tomorrow afternoon at 3", "Sat 2026-11-21 15:00"),
        ("yesterday", "Thu 2026-11-19 10:00"),
        ("yesterday 14:00", "Thu 2026-11-19 14:00"),
        ("yesterday evening", "Thu 2026-11-19 18:00"),
        # so far away
        ("in 2 days", "Sun 2026-11-22 10:00"),
        ("in 2 days at 4pm", "Sun 2026-11-22 16:00"),
        ("in a week", "Fri 2026-11-27 10:00"),
        ("in 30 minutes", "Fri 2026-11-20 12:30"),
        ("in an hour", "Fri 2026-11-20 13:00"),
        ("3 days ago", "Tue 2026-11-17 10:00"),
        ("a week ago 3pm", "Fri 2026-11-13 15:00"),
        ("2 hours ago", "Fri 2026-11-20 10:00"),
        # an hour alone is the next one to come
        ("3pm", "Fri 2026-11-20 15:00"),
        ("at 3", "Fri 2026-11-20 15:00"),
        ("at 9", "Sat 2026-11-21 09:00"),
        ("15:30", "Fri 2026-11-20 15:30"),
        ("11:30am", "Sat 2026-11-21 11:30"),
        ("00:30", "Sat 2026-11-21 00:30"),
        ("12am", "Sat 2026-11-21 00:00"),
        ("12:15pm", "Fri 2026-11-20 12:15"),
        ("midnight", "Sat 2026-11-21 00:00"),
        # dates
        ("3 december", "Thu 2026-12-03 10:00"),
        ("3rd of december at 9", "Thu 2026-12-03 09:00"),
        ("on the 3rd of december 2pm", "Thu 2026-12-03 14:00"),
        ("december 3rd 2pm", "Thu 2026-12-03 14:00"),
        ("dec 3 at 14:30", "Thu 2026-12-03 14:30"),
        ("thursday 3 december 2pm", "Thu 2026-12-03 14:00"),
        ("2pm 3 december 2027", "Fri 2027-12-03 14:00"),
        ("2026-12-03 15:00", "Thu 2026-12-03 15:00"),
        ("3.12.2026 15.30", "Thu 2026-12-03 15:30"),
        ("3/12/2026", "Thu 2026-12-03 10:00"),
        ("5 sept", "Sun 2027-09-05 10:00"),
        ("may 3", "Mon 2027-05-03 10:00"),
        # a date without a year is the next one to come, past ones have their year
        ("3 january", "Sun 2027-01-03 10:00"),
        ("20 november 3pm", "Fri 2026-11-20 15:00"),
        ("20 november 9am", "Sat 2027-11-20 09:00"),
        ("19 november", "Fri 2027-11-19 10:00"),
        ("19 november 2026", "Thu 2026-11-19 10:00"),
        ("29 feb", "Tue 2028-02-29 10:00"),
        ("feb 29 2028 10:00", "Tue 2028-02-29 10:00"),
    ],
)
def test_a_moment_after_a_name_is_read(typed: str, moment: str) -> None:
    """Behind a name, and all by itself."""
    assert read(f"Ada Brook {typed}") == ("Ada Brook", moment)
    assert read(f"Ada Brook, CTO at Acme, {typed}") == ("Ada Brook, CTO at Acme", moment)
    assert read(typed) == ("", moment)


@pytest.mark.parametrize(
    "text",
    [
        *("May Lee", "Ada April", "April June", "June", "Jan", "Ada Sun", "Mark", "Sun Lee"),
        *(
            "Wednesday Addams",
            "Mon Ami",
            "Will 2",
            "Studio 54",
            "Ada 3",
            "Ada Brook 1990",
            "ada may",
        ),
        *("Ada at the", "Ada Brook next", "last", "on", "Ada at", "the 3rd", "Ada ago", "", "   "),
        # what no clock and no calendar shows
        *(
            "Ada 25:00",
            "Ada 99:99",
            "Ada 13pm",
            "Ada 0pm",
            "Ada 12:60",
            "Ada 24:00",
            "Ada tuesday 25:00",
        ),
        *("Ada 31 feb", "Ada 31 april 3pm", "Ada 0 may", "Ada 2026-13-01", "Ada 29 feb 2027"),
        *(
            "Ada 1 january 1990",
            "Ada 1 jan 0001",
            "Ada 1/1/9999",
            "Ada 9999 weeks ago",
            "in 999 weeks",
        ),
        # longer phrases than are understood: half of one would be a wrong day
        *(
            "Ada friday 3pm next week",
            "Ada next week",
            "the day after tomorrow",
            "Ada half past 3pm",
        ),
        *(
            "Ada tuesday 3pm to 4pm",
            "Ada in 3 days ago",
            "Ada 30 minutes",
            "Ada thurs 8",
            "Ada 3 4 5",
        ),
        *("'; DROP TABLE contacts; --", "{{ 7*7 }}", "<!channel>", "\x00", "🙂", "\u202etuesday"),
    ],
)
def test_what_is_no_moment_stays_whole(text: str) -> None:
    """A name that looks like a month, a day that does not exist: nothing is read, nothing lost."""
    assert read(text) == (" ".join(text.split()), None)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("June Summers tuesday 3pm", "June Summers"),
        ("May Lee tuesday 3pm", "May Lee"),
        ("Ada April tuesday 3pm", "Ada April"),
        ("Wei Sun tuesday 3pm", "Wei Sun"),
        ("May Lee, tuesday, 3pm", "May Lee"),
        ("Studio 54 tuesday 3pm", "Studio 54"),
        ("Mark tuesday 3pm", "Mark"),
        (
            "Grace Hill, Head of Sun at Monday Ltd tuesday 3pm",
            "Grace Hill, Head of Sun at Monday Ltd",
        ),
    ],
)
def test_names_that_look_like_days_stay_names(text: str, rest: str) -> None:
    """June, May, April and Sun are people, too."""
    assert read(text) == (rest, "Tue 2026-11-24 15:00")


def test_next_saturday_on_a_saturday_is_a_week_on() -> None:
    """And "this saturday" is today while its hour is to come."""
    assert read("Ada next saturday", SATURDAY_NOON)[1] == "Sat 2026-11-28 10:00"
    assert read("Ada next saturday 3pm", SATURDAY_NOON)[1] == "Sat 2026-11-28 15:00"
    assert read("Ada this saturday 3pm", SATURDAY_NOON)[1] == "Sat 2026-11-21 15:00"
    assert read("Ada saturday 3pm", SATURDAY_NOON)[1] == "Sat 2026-11-21 15:00"
    assert read("Ada last saturday 3pm", SATURDAY_NOON)[1] == "Sat 2026-11-14 15:00"


def test_the_turn_of_the_year_is_no_obstacle() -> None:
    """From 31 December forward, from 1 January back."""
    new_years_eve = datetime(2026, 12, 31, 12, tzinfo=UTC)
    new_years_day = datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert read("tomorrow 3pm", new_years_eve)[1] == "Fri 2027-01-01 15:00"
    assert read("3 january", new_years_eve)[1] == "Sun 2027-01-03 10:00"
    assert read("monday", new_years_eve)[1] == "Mon 2027-01-04 10:00"
    assert read("yesterday", new_years_day)[1] == "Thu 2026-12-31 10:00"
    assert read("last monday", new_years_day)[1] == "Mon 2026-12-28 10:00"


def test_leap_day_is_today_on_leap_day_and_four_years_on_after_it() -> None:
    """29 February is read on every day of the calendar."""
    leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert read("29 feb 3pm", leap_day)[1] == "Tue 2028-02-29 15:00"
    assert read("29 feb 9am", leap_day)[1] == "Sun 2032-02-29 09:00"


def test_slashed_dates_follow_the_place() -> None:
    """3/12 is the third of December in London and the twelfth of March in New York."""
    assert read("3/12", zone=LONDON)[1] == "Thu 2026-12-03 10:00"
    assert read("3/12", zone="America/New_York")[1] == "Fri 2027-03-12 10:00"
    assert read("12/31", zone="America/New_York")[1] == "Thu 2026-12-31 10:00"
    assert read("3.12.2026", zone="America/New_York")[1] == "Thu 2026-12-03 10:00"


def test_the_day_is_the_members_own() -> None:
    """On Friday noon in London it is Saturday already in Kiritimati."""
    assert read("today 3pm", zone="Pacific/Kiritimati")[1] == "Sat 2026-11-21 15:00"
    assert read("tuesday 3pm", zone="Asia/Kathmandu")[1] == "Tue 2026-11-24 15:00"


def test_clock_changes_move_no_talk() -> None:
    """Three o'clock is three o'clock after the change; an hour that does not exist is the next."""
    before_spring = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert read("tomorrow 3pm", before_spring)[1] == "Sun 2026-03-29 15:00"
    assert read("tomorrow 1:30am", before_spring)[1] == "Sun 2026-03-29 02:30"
    before_autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    first_of_two = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_when("tomorrow 1:30am", before_autumn, LONDON).moment == first_of_two
    assert read_when("in 24 hours", before_autumn, LONDON).moment == before_autumn.replace(day=25)


@pytest.mark.parametrize(
    "text", ["3 " * 1500, "tuesday " * 375, "at 3 " * 600, "a" * 3000, "1" * 3000, "Ada 3pm " * 375]
)
def test_three_thousand_characters_are_read_at_once(text: str) -> None:
    """However strange they are."""
    read_when("3 december", NOW, LONDON)
    begun = perf_counter()
    read_when(text[:3000], NOW, LONDON)
    assert perf_counter() - begun < 0.2


@given(
    text=st.text() | st.lists(st.sampled_from(WORDS) | st.text(max_size=8)).map(" ".join),
    minutes=st.integers(0, 20 * 365 * 24 * 60),
    zone=st.sampled_from(ZONES),
)
def test_no_text_raises_and_no_word_is_lost(text: str, minutes: int, zone: str) -> None:
    """What is left is the beginning of what was typed, and all of it where nothing was read."""
    typed = read_when(text, NOW + timedelta(minutes=minutes), zone)
    whole = " ".join(text.split())
    assert whole.startswith(typed.rest)
    if typed.moment is None:
        assert typed.rest == whole
    else:
        assert typed.moment.tzinfo is UTC
        assert whole != typed.rest
