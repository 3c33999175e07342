"""What happened, one JSON line each: what members did, what they received, what went wrong.

A checker of anybody's own can audit a run by these lines alone. Moments are ISO, in UTC, and of
the sandbox's virtual clock.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import IO, Any

from sandbox.clock import VirtualClock
from sandbox.workspace import TEAM_ID

Entry = dict[str, Any]


def iso(moment: datetime) -> str:
    """Give an aware moment as the journal writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


class Journal:
    """Keeps every line in memory, and in `file` if there is one."""

    def __init__(self, clock: VirtualClock, file: IO[str] | None = None) -> None:
        self._clock, self._file = clock, file
        self.entries: list[Entry] = []
        self.counts: Counter[str] = Counter()

    def did(self, member: str, zone: str, what: str, **details: Any) -> None:
        """Note what a member did; moments among the details are aware."""
        self._write("did", self._clock.now(), member, zone, did=what, **details)

    def received(self, at: datetime, member: str, zone: str, **message: Any) -> None:
        """Note a message as Slack delivered it."""
        self._write("received", at, member, zone, received=True, **message)

    def fault(self, what: str, **details: Any) -> None:
        """Note what went wrong, with the network, the database or the bot: it is nobody's."""
        self._write("fault", self._clock.now(), None, None, fault=what, **details)

    def _write(
        self, group: str, at: datetime, member: str | None, zone: str | None, **more: Any
    ) -> None:
        moment = at.astimezone(UTC).isoformat(timespec="microseconds")
        entry: Entry = {"at": moment, "workspace": TEAM_ID, "member": member, "zone": zone}
        for name, value in more.items():
            entry[name] = iso(value) if isinstance(value, datetime) else value
        self.entries.append(entry)
        self.counts[group] += 1
        if self._file is not None:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
