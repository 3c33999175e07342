"""Step 10 of the practice: nobody is to be kept in touch with more than three times a year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from simulation.checker.life import Life, moment
from simulation.checker.received import Violation
from simulation.checker.stories import TOUCHES

KIND = "keep_in_touch"
MOST, A_YEAR = 3, timedelta(days=365)


def unprompted(life: Life) -> Mapping[str, Sequence[datetime]]:
    """Give when such nudges came, by contact, but for what came back because it was put off."""
    found: dict[str, list[datetime]] = defaultdict(list)
    put_off: set[str] = set()
    for entry in life.entries:
        did, name = entry.get("did"), entry.get("contact") or ""
        if did == "snoozed" and entry["kind"] == KIND:
            put_off.add(name)
        elif did in TOUCHES:
            put_off.discard(name)
        for item in entry.get("items", ()):
            if item["kind"] != KIND:
                continue
            if item["contact"] not in put_off:
                found[item["contact"]].append(moment(entry["at"]))
            put_off.discard(item["contact"])
    return found


def year_is_full(came: Sequence[datetime], at: datetime) -> bool:
    """Say whether there were as many in the year before a moment as there may be."""
    return sum(at - A_YEAR < before < at for before in came) >= MOST


def in_touch_kept(life: Life) -> Iterator[Violation]:
    """No fourth one comes within a year, however short the member's number of days is."""
    unsure = {entry.get("contact") for entry in life.entries if entry.get("did") == "unsure"}
    for name, came in unprompted(life).items():
        for at in came:
            if name not in unsure and year_is_full(came, at):
                why = f"{KIND} {name}: a fourth time in a year"
                yield Violation("answered_but_sent", life.member, at.isoformat(), why)
