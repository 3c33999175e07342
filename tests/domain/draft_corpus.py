"""The corpus of messages, each with what a careful reader would say about it."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from domain.draft_check import Purpose, check

_WRITTEN = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Message:
    """A message; `expect` are the rules that ought to speak.

    `missed` are those of them that do not, `false_alarms` others that do, as far as is known.
    Those called `unseen` were never used to mend a rule.
    """

    name: str
    text: str
    expect: list[str]
    purpose: Purpose = Purpose.ASK
    missed: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    unseen: bool = False

    def caught_by(self) -> set[str]:
        """The rules that speak."""
        return {finding.rule for finding in check(self.text, self.purpose)}


def corpus() -> list[Message]:
    """All messages, as they are written down."""
    known = tomllib.loads(_WRITTEN.read_text(encoding="utf-8"))["message"]
    return [Message(**{**m, "purpose": Purpose(m.get("purpose", "ask"))}) for m in known]
