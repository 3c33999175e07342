"""A talk as a calendar file (RFC 5545): a new file of the same talk replaces the one before.

The UID stays, the SEQUENCE grows, and a talk that was called off goes by METHOD:CANCEL. There is no
ORGANIZER: RFC 5545 (3.8.4.3) has none for what is in one person's calendar only.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

ALARM_BEFORE = timedelta(minutes=15)
_ZONE_AROUND = timedelta(days=400)
_TALKS = UUID("5f4f2b5e-63a2-4a53-9d3c-0f5c0e8f7a11")


@dataclass(frozen=True)
class CalendarTalk:
    """A talk as calendars show it; moments are aware, `zone` is an IANA name.

    `sequence` counts the changes since it was planned; `called_off` takes it out of calendars.
    """

    interview_id: int
    created_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    sequence: int = 0
    place: str = ""
    description: str = ""
    called_off: bool = False


def calendar_file(talk: CalendarTalk, now: datetime) -> bytes:
    """Write the calendar file; `now` is when it is written."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rapport//Informational interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if talk.called_off else "PUBLISH")
    calendar.add_component(_event(talk, now))
    # The zone as it is around the talk; all its changes since 1970 would be thrice as long.
    around = (talk.starts_at - _ZONE_AROUND).date(), (talk.ends_at + _ZONE_AROUND).date()
    calendar.add_missing_timezones(*around)
    return bytes(calendar.to_ical())


def uid_of(interview_id: int, created_at: datetime) -> str:
    """Give the id of a talk in every calendar, which stays whatever else changes."""
    return str(uuid5(_TALKS, f"{interview_id} {created_at.astimezone(UTC).isoformat()}"))


def _event(talk: CalendarTalk, now: datetime) -> Event:
    zone = ZoneInfo(talk.zone)
    event = Event()
    event.add("uid", uid_of(talk.interview_id, talk.created_at))
    event.add("sequence", talk.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", talk.starts_at.astimezone(zone))
    event.add("dtend", talk.ends_at.astimezone(zone))
    event.add("summary", talk.summary)
    if talk.place:
        event.add("location", talk.place)
    if talk.description:
        event.add("description", talk.description)
    # Others who may look into the calendar see that the time is taken, and no more.
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if talk.called_off else "CONFIRMED")
    if not talk.called_off:
        event.add_component(_alarm(talk.summary))
    return event


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
