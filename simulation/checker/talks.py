"""Every talk that a log tells of, planned or past, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulation.checker.life import Entry, moment
from simulation.checker.stories import CLOSED, ENDINGS


@dataclass(frozen=True)
class Told:
    """A talk as the log tells of it; `told_at` is when the member said that it took place."""

    id: str
    contact: str
    ends_at: datetime
    logged_at: datetime
    ended_at: datetime | None
    told_at: datetime | None
    debriefed_at: datetime | None
    thanked_at: datetime | None
    left_alone_at: datetime | None
    put_off: frozenset[str]  # the kinds of nudges about it that were put off or skipped

    def over_before(self, when: datetime) -> bool:
        """Say whether there was nothing left to ask by then."""
        ends = (self.ended_at, self.left_alone_at, self.debriefed_at)
        return any(end is not None and end <= when for end in ends)


def talks_of(entries: Sequence[Entry]) -> Iterator[Told]:
    """Give every talk that the log tells of."""
    for entry in entries:
        did = entry.get("did")
        if did not in ("scheduled", "moved", "took_place"):
            continue
        id_ = entry["to"] if did == "moved" else entry["interview"]
        name, ends = entry["contact"], moment(entry["start"])
        ends += timedelta(minutes=entry["minutes"])
        about = [e for e in entries if e.get("interview") == id_ and "did" in e]
        person = [e for e in entries if e.get("contact") == name and "did" in e]
        debriefed = _first(about, "debriefed")
        logged = moment(entry["at"])
        thanks = [
            moment(e["at"])
            for e in person
            if e["did"] == "thanked"
            and (e.get("interview") == id_ or (not e.get("interview") and moment(e["at"]) >= ends))
        ]
        yield Told(
            id=id_,
            contact=name,
            ends_at=ends,
            logged_at=logged,
            ended_at=_first(about, *ENDINGS),
            told_at=logged if did == "took_place" else debriefed,
            debriefed_at=debriefed,
            thanked_at=min(thanks, default=None),
            left_alone_at=_first(person, *CLOSED),
            put_off=frozenset(e["kind"] for e in about if e["did"] in ("snoozed", "skipped")),
        )


def _first(entries: Sequence[Entry], *what: str) -> datetime | None:
    return next((moment(e["at"]) for e in entries if e["did"] in what), None)
