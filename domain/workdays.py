"""Business days as the practice counts them: a member's working days without public holidays."""

from datetime import date, datetime, time, timedelta

from domain.hours import Rhythm

NOON = time(12)


def start_of_count(rhythm: Rhythm, sent_at: datetime) -> date:
    """Give the local business day from which waiting counts.

    What is sent after noon or on a free day counts from the next business day.
    """
    sent = rhythm.local(sent_at)
    if rhythm.is_free(sent.date()) or sent.time() > NOON:
        return _next_business_day(rhythm, sent.date())
    return sent.date()


def after_business_days(rhythm: Rhythm, sent_at: datetime, number: int) -> date:
    """Give the local date that many business days after a message was sent."""
    day = start_of_count(rhythm, sent_at)
    for _ in range(number):
        day = _next_business_day(rhythm, day)
    return day


def _next_business_day(rhythm: Rhythm, day: date) -> date:
    day += timedelta(days=1)
    while rhythm.is_free(day):
        day += timedelta(days=1)
    return day
