"""The draft check: reads a message before it goes out, and says what to put otherwise and why.

Fixed rules, no model; the same text gets the same findings. Source: practice.md, "Ask".
"""

from dataclasses import dataclass

from domain.draft_check.purpose import Purpose
from domain.draft_check.rules import ALL, Rule
from domain.draft_check.text import MOST_WORDS, WORDS_TO_AIM_FOR, Text, blanks, count_words

__all__ = [
    "ALL",
    "MOST_WORDS",
    "WORDS_TO_AIM_FOR",
    "Finding",
    "Purpose",
    "Rule",
    "blanks",
    "check",
    "count_words",
]


@dataclass(frozen=True)
class Finding:
    """One thing to put otherwise: which rule says so, where, why, and a better way.

    `line` counts from 1; with `quote` empty the finding is about the whole message.
    """

    rule: str
    title: str
    line: int
    quote: str
    reason: str
    better: str


def check(text: str, purpose: Purpose = Purpose.ASK) -> list[Finding]:
    """Check a message; each rule speaks once, the first lines first, the whole message last."""
    if not text.strip():
        return []
    read = Text(text)
    found = []
    for rule in ALL:
        if purpose not in rule.purposes:
            continue
        at = rule.finds(read, purpose)
        if at is not None:
            found.append(Finding(rule.id, rule.title, at.line, at.quote, rule.reason, rule.better))
    return sorted(found, key=lambda finding: (not finding.quote, finding.line))
