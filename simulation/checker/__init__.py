"""Judges a run by its log alone: written from practice.md, and knowing nothing of the bot.

Each count has one sober meaning, said where it is worked out. What cannot be known for sure is
not judged: a contact about whom a member's act may or may not have been taken, and what was owed
to somebody who was out of reach.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulation.checker.answered import follow_ups_kept, nothing_answered
from simulation.checker.in_touch import in_touch_kept
from simulation.checker.life import Entry, Life, moment
from simulation.checker.owed import owed_to
from simulation.checker.received import (
    Violation,
    answers_only,
    caps_kept,
    hours_kept,
    right_member,
    sent_once,
)

__all__ = ["RULES", "Verdict", "Violation", "check"]

RULES = (
    "lost",
    "duplicated",
    "in_quiet_hours",
    "on_free_days",
    "over_daily_cap",
    "over_followup_cap",
    "answered_but_sent",
    "debrief_missing",
    "thank_you_late",
    "wrong_member",
)

# The rules that are judged of each member by themselves.
_OF_EACH = (
    hours_kept,
    caps_kept,
    answers_only,
    sent_once,
    nothing_answered,
    follow_ups_kept,
    in_touch_kept,
)


@dataclass(frozen=True)
class Verdict:
    """What a log shows; `due` and `sent` count nudges, `lateness` is in seconds."""

    violations: Sequence[Violation]
    due: int
    sent: int
    lateness: Sequence[float]

    @property
    def counts(self) -> dict[str, int]:
        """How many violations of each rule there are."""
        found = Counter(violation.rule for violation in self.violations)
        return {rule: found[rule] for rule in RULES}

    @property
    def p99_lateness(self) -> float:
        """The lateness that 99 of 100 messages did not exceed, in seconds."""
        ordered = sorted(self.lateness)
        return ordered[int(len(ordered) * 0.99)] if ordered else 0.0


def check(entries: Iterable[Entry]) -> Verdict:
    """Judge a log, entry by entry as its lines were written."""
    log = list(entries)
    if not log:
        return Verdict((), 0, 0, ())
    until = max(moment(entry["at"]) for entry in log)
    owners = {e["contact"]: e["member"] for e in log if e.get("did") == "contact"}
    violations: list[Violation] = []
    lateness: list[float] = []
    due = sent = 0
    for life in _lives(log, until):
        for rule in _OF_EACH:
            violations += rule(life)
        violations += right_member(life, owners)
        owed = owed_to(life, until)
        violations += owed.missing
        lateness += owed.lateness
        due += owed.due
        sent += sum(len(entry.get("items", ())) for entry in life.entries)
    return Verdict(violations, due, sent, lateness)


def _lives(log: Sequence[Entry], until: datetime) -> Iterator[Life]:
    by_member: dict[str, list[Entry]] = defaultdict(list)
    downs: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for entry in log:
        its_downs = downs[entry["workspace"]]
        if entry.get("member") is not None:
            by_member[entry["member"]].append(entry)
        elif entry.get("fault") == "down":
            its_downs.append((moment(entry["at"]), until))
        elif entry.get("fault") == "up":
            its_downs[-1] = (its_downs[-1][0], moment(entry["at"]))
    for member, entries in by_member.items():
        yield Life(member, entries, downs[entries[0]["workspace"]], until)
