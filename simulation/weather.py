"""The network on a bad day: each call to Slack may be refused, cut, or answered into the void."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from sandbox.faults import Fault, Faults
from simulation.journal import Journal

# How often a call of a method goes wrong. Where a member waits in front of a form it is seldom.
RATES = {
    "chat.postMessage": 0.3,
    "conversations.history": 0.15,
    "conversations.open": 0.15,
    "chat.update": 0.004,
    "views.publish": 0.004,
    "views.open": 0.004,
    "users.info": 0.004,
}
# The bot's client waits in real time, up to a minute, before it answers a member after a 429.
AT_THE_SCREEN = 0.01
# What may happen to a post, and how often compared with the others.
POSTING: tuple[tuple[int, dict[str, Any]], ...] = (
    (3, {"retry_after": 5}),
    (2, {"retry_after": 60}),
    (3, {"status": 503}),
    (2, {"status": 500}),
    (2, {"error": "internal_error"}),
    (1, {"error": "service_unavailable"}),
    (2, {"drop": True}),
    (5, {"lose_answer": True}),
)
# The bot's client waits in real time before it repeats these; the others cost no time.
ELSEWHERE: tuple[tuple[int, dict[str, Any]], ...] = (
    (3, {"drop": True}),
    (3, {"lose_answer": True}),
    (2, {"error": "service_unavailable"}),
)
BURST = 8  # calls that are refused one after another when Slack has had enough


class Weather(Faults):
    """Faults that come by themselves, besides those that are ordered; each is in the journal."""

    def __init__(self, random: Random, journal: Journal, *, stormy: bool) -> None:
        super().__init__()
        self._random, self._journal = random, journal
        self._stormy = stormy
        self._burst = 0
        self.at_the_screen = False  # while a member waits, the bot's answers are posts as well

    def take(self, method: str) -> Fault | None:
        """Give what happens to this call."""
        fault = super().take(method)
        if fault is None and self._stormy:
            fault = self._by_itself(method)
        if fault is not None and not fault.delay:
            self._journal.fault(_name(fault), method=method)
        return fault

    def _by_itself(self, method: str) -> Fault | None:
        posting = method == "chat.postMessage" and not self.at_the_screen
        if posting and self._burst:
            self._burst -= 1
            return Fault(retry_after=self._random.choice((1, 10, 30)))
        rate = RATES.get(method, 0.0)
        if self.at_the_screen:
            rate = min(rate, AT_THE_SCREEN)
        if self._random.random() >= rate:
            return None
        if posting and self._random.random() < 0.03:
            self._burst = self._random.randrange(2, BURST)
        kinds = POSTING if posting else ELSEWHERE
        [chosen] = self._random.choices([k for _, k in kinds], [weight for weight, _ in kinds])
        return Fault(**chosen)

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Let nothing go wrong meanwhile, for who has tried before."""
        stormy, self._stormy = self._stormy, False
        try:
            yield
        finally:
            self._stormy = stormy


def _name(fault: Fault) -> str:
    if fault.retry_after is not None:
        return "429"
    if fault.drop or fault.lose_answer:
        return "cut before acceptance" if fault.drop else "answer lost after acceptance"
    return str(fault.status or fault.error)
