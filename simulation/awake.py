"""Where made-up members live, and when they sit at the screen."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

# Zones with the country in which they lie, whose public holidays are free days.
HOMES = (
    ("Europe/London", "GB"),
    ("America/New_York", "US"),
    ("Europe/Rome", "IT"),
    ("Asia/Kolkata", "IN"),
    ("America/Los_Angeles", "US"),
    ("Australia/Sydney", "AU"),
    ("Asia/Tokyo", "JP"),
    ("Europe/Berlin", "DE"),
    ("America/Sao_Paulo", "BR"),
    ("Asia/Kathmandu", "NP"),
    ("Africa/Nairobi", "KE"),
    ("America/St_Johns", "CA"),
    ("Pacific/Auckland", "NZ"),
    ("Australia/Adelaide", "AU"),
    ("America/Santiago", "CL"),
    ("Pacific/Honolulu", "US"),
)
EARLIEST, LATEST = 6, 22  # local hours in which people sit at the screen


def some_time_after(random: Random, zone: str, moment: datetime, days: float) -> datetime:
    """Give a moment about so many days later, when people in that zone are awake."""
    later = moment + timedelta(days=random.uniform(0.3, 1.7) * days)
    local = later.astimezone(ZoneInfo(zone))
    if not EARLIEST <= local.hour < LATEST:
        local = local.replace(hour=random.randrange(EARLIEST, LATEST))
    minute = random.choice((7, 13, 22, 37, 44, 52))
    local = local.replace(minute=minute, second=random.randrange(60), microsecond=0)
    return max(local.astimezone(UTC), moment + timedelta(minutes=5))
