"""What the operator's monitoring may count: numbers and closed lists, never people or their words.

`Metrics` keeps what happens as it happens; `exposition` adds what stands in the database.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from math import nan

import structlog
from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from bot.clock import Clock
from bot.slack_failures import Failure
from domain.vocabulary import NudgeKind
from storage import nudges, trouble
from storage.errors import DatabaseAway
from storage.nudges import Claimed
from storage.sessions import Sessions

__all__ = ["CONTENT_TYPE", "Metrics", "Outcome", "exposition"]

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

log = structlog.get_logger()

# Seconds, minutes, hours, a day.
LATENESS = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86400)
BEAT = (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60)


class Outcome(StrEnum):
    """What became of a nudge that delivery had in hand."""

    SENT = "sent"
    DROPPED = "dropped"  # no longer true, or of no more use
    PUT_OFF = "put_off"  # quiet hours, free days, a digest that is full or was sent already
    TO_RETRY = "to_retry"  # surely not taken by Slack: it is tried again
    IN_DOUBT = "in_doubt"  # perhaps taken by Slack, whose answer was lost: the DM is looked into
    FOUND = "found"  # was in the DM after a doubt, also after one that a dead process left
    FAILED = "failed"  # given up


class Metrics:
    """One process's numbers, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._nudges = Counter(
            "rapport_nudges",
            "Nudges by kind and by what became of them; one that was put off comes again.",
            ("outcome", "kind"),
            registry=registry,
        )
        self._messages = Counter(
            "rapport_messages_sent", "Direct messages with nudges that arrived.", registry=registry
        )
        self._refusals = Counter(
            "rapport_slack_refusals",
            "Calls of delivery to Slack that failed, by what to do about it.",
            ("failure",),
            registry=registry,
        )
        self._lateness = Histogram(
            "rapport_lateness_seconds",
            "From the moment that a nudge was due, or was put off to, until it arrived.",
            buckets=LATENESS,
            registry=registry,
        )
        self._beats = Histogram(
            "rapport_beat_seconds",
            "How long a beat of the heartbeat took.",
            buckets=BEAT,
            registry=registry,
        )
        self._long_beats = Counter(
            "rapport_long_beats", "Beats that kept others waiting.", registry=registry
        )
        self._in_flight = Gauge(
            "rapport_in_flight", "Requests and other work under way.", registry=registry
        )
        self.failed = Gauge(
            "rapport_failed_nudges",
            "Failed nudges that could still be sent: rapport nudges retry-failed.",
            registry=registry,
        )
        self.overdue = Gauge(
            "rapport_oldest_overdue_seconds",
            "For how long what should be done first has been waiting; 0 if nothing is overdue.",
            registry=registry,
        )
        self.database = Gauge(
            "rapport_database_up", "Whether the database answered just now.", registry=registry
        )
        # All are there from the start, at 0: else the first of a kind would show no increase.
        for kind in NudgeKind:
            for outcome in Outcome:
                self._nudges.labels(outcome, kind)
        for failure in Failure:
            self._refusals.labels(failure)

    def became(self, outcome: Outcome, which: Iterable[Claimed]) -> None:
        """Count what became of nudges."""
        for nudge in which:
            self._nudges.labels(outcome, nudge.kind).inc()

    def arrived(self, outcome: Outcome, which: Iterable[Claimed], at: datetime) -> None:
        """Count nudges that reached their member in one message, and how late they were."""
        arrived = list(which)
        self.became(outcome, arrived)
        if arrived:
            self._messages.inc()
        for nudge in arrived:
            self._lateness.observe(max((at - nudge.due_at).total_seconds(), 0))

    def refused(self, failure: Failure) -> None:
        """Count a call to Slack that failed."""
        self._refusals.labels(failure).inc()

    def beat(self, took: timedelta, *, long: bool) -> None:
        """Count a beat of the heartbeat."""
        self._beats.observe(took.total_seconds())
        if long:
            self._long_beats.inc()

    def watch(self, in_flight: Callable[[], int]) -> None:
        """Have the work under way asked for at each look."""
        self._in_flight.set_function(in_flight)


async def exposition(metrics: Metrics, sessions: Sessions, clock: Clock) -> bytes:
    """Give all numbers in Prometheus' text format, `CONTENT_TYPE`; the database is asked for some.

    While it is away these are NaN, and `rapport_database_up` is 0.
    """
    try:
        now = clock.now()
        async with sessions.reading_all() as session:
            metrics.failed.set(await trouble.worth_another_try(session, now))
            due = await nudges.next_due(session)
        late = now - due if due is not None else timedelta()
        metrics.overdue.set(max(late.total_seconds(), 0))
        metrics.database.set(1)
    except DatabaseAway:
        log.warning("metrics: the database is away")
        for gauge in (metrics.failed, metrics.overdue):
            gauge.set(nan)
        metrics.database.set(0)
    return generate_latest(metrics.registry)
