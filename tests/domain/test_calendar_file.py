"""Calendar files: what calendars read out of them is what was meant, whatever was typed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from domain.calendar_file import CalendarTalk, calendar_file, uid_of
from domain.places import is_zone

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TALK = CalendarTalk(
    interview_id=7,
    created_at=NOW,
    starts_at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
    zone="Europe/London",
    summary="Talk with Grace Hill",
    place="Room 4",
    description="Video",
)


def read(written: bytes) -> tuple[Calendar, Any]:
    """Read a file back, as a calendar does, with its one event."""
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_calendar_reads_when_where_and_with_whom() -> None:
    calendar, event = read(calendar_file(TALK, NOW))
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert event.decoded("dtstart") == TALK.starts_at
    assert event.decoded("dtend") == TALK.ends_at
    assert event.decoded("dtstamp") == NOW
    assert str(event["SUMMARY"]) == "Talk with Grace Hill"
    assert str(event["LOCATION"]) == "Room 4"
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CONFIRMED", 0)


def test_it_reminds_a_quarter_of_an_hour_before() -> None:
    _, event = read(calendar_file(TALK, NOW))
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-15)
    assert str(alarm["ACTION"]) == "DISPLAY"


def test_who_looks_into_the_calendar_sees_no_more_than_that_the_time_is_taken() -> None:
    assert b"CLASS:PRIVATE\r\n" in calendar_file(TALK, NOW)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_the_members_zone_comes_with_it(zone: str) -> None:
    """Also calendars that know no zones by name read the right moment."""
    calendar, event = read(calendar_file(replace(TALK, zone=zone), NOW))
    assert event["DTSTART"].params["TZID"] == zone
    described: Any = calendar.walk("VTIMEZONE")[0]
    assert described["TZID"] == zone
    assert (
        described.to_tz(lookup_tzid=False).utcoffset(event.decoded("dtstart").replace(tzinfo=None))
        == event.decoded("dtstart").utcoffset()
    )


def test_in_utc_no_zone_needs_describing() -> None:
    written = calendar_file(replace(TALK, zone="UTC"), NOW)
    assert b"DTSTART:20261124T150000Z\r\n" in written
    assert b"VTIMEZONE" not in written


def test_a_change_and_a_cancellation_are_of_the_same_talk() -> None:
    _, first = read(calendar_file(TALK, NOW))
    moved = replace(TALK, starts_at=TALK.starts_at + timedelta(days=1), sequence=1)
    _, second = read(calendar_file(moved, NOW))
    off = replace(moved, sequence=2, called_off=True)
    calendar, third = read(calendar_file(off, NOW))
    assert first["UID"] == second["UID"] == third["UID"]
    assert [event["SEQUENCE"] for event in (first, second, third)] == [0, 1, 2]
    assert (calendar["METHOD"], str(third["STATUS"])) == ("CANCEL", "CANCELLED")
    assert third.walk("VALARM") == []


def test_two_talks_are_two_in_the_calendar() -> None:
    assert uid_of(7, NOW) != uid_of(8, NOW)
    assert uid_of(7, NOW) != uid_of(7, NOW + timedelta(microseconds=1))


@given(
    typed=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    zone=st.sampled_from(["UTC", "Europe/Rome", "America/St_Johns", "Pacific/Apia"]),
)
def test_whatever_was_typed_is_one_line_of_the_file(typed: str, zone: str) -> None:
    """Lines end with CRLF and are folded at 75 octets; no typed word begins a line of its own."""
    written = calendar_file(replace(TALK, summary=typed, place=f"x{typed}", zone=zone), NOW)
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    _, event = read(written)
    assert str(event["LOCATION"]) == f"x{typed}"


@pytest.mark.parametrize(
    "typed",
    ["a;b,c\\d", "BEGIN:VEVENT", "two\nlines", "END:VEVENT\nBEGIN:VALARM", "מאי 張偉 🧑🏽‍🔬"],
)
def test_what_looks_like_a_calendars_own_words_stays_text(typed: str) -> None:
    _, event = read(calendar_file(replace(TALK, place=typed), NOW))
    assert str(event["LOCATION"]) == typed


def test_every_zone_that_a_member_may_have_can_be_written() -> None:
    for zone in ("America/Argentina/Rio_Gallegos", "Etc/GMT+12", "Africa/Casablanca"):
        assert is_zone(zone)
        _, event = read(calendar_file(replace(TALK, zone=zone), NOW))
        assert event.decoded("dtstart") == TALK.starts_at
