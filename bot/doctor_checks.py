"""One thing that the doctor looked at, and what was found."""

from dataclasses import dataclass
from typing import Literal

PATIENCE = 10.0  # seconds for each look

Status = Literal["ok", "warn", "fail", "skip"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `remedy` says what to do where something is to be done."""

    name: str
    status: Status
    found: str
    remedy: str = ""


def skipped(name: str, behind: str = "settings") -> Check:
    """Say that something was not looked at, since it needs `behind` first."""
    return Check(name, "skip", f"not looked at: {behind} first")


def kind(error: Exception) -> str:
    """Name what went wrong, in the system's words where it has some."""
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or type(error).__name__
