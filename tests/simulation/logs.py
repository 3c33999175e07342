"""Logs made by hand, for the checker to judge."""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulation.checker import Verdict, check

ADA, BEN, GRACE, TOM = "U0ADA", "U0BEN", "Grace Hill", "Tom Reed"
SETTINGS = {
    "digest": "daily",
    "digest_hour": 9,
    "working_days": "12345",
    "review_day": 5,
    "quiet_from": 20,
    "quiet_until": 8,
    "follow_ups": 1,
    "in_touch_days": 90,
    "other_person_business_days": 3,
    "follow_up_business_days": 7,
    "unprepared_days": 3,
    "their_promise_days": 7,
    "country": "GB",
}
KINDS = (
    *("talk_soon", "brief", "unprepared", "thank_you_again", "my_promise", "their_promise"),
    *("follow_up", "other_person", "rests", "tell_introducer", "progress_update"),
    *("not_now_is_over", "keep_in_touch", "weekly_review"),
)
# A Monday; London's clocks go forward on the Sunday after it.
MONDAY = datetime(2027, 3, 22, tzinfo=UTC)
TALK = f"{GRACE} 2027-03-22T14:00:00+00:00"
AHEAD = f"{GRACE} 2027-03-25T14:00:00+00:00"


def at(hour: float, day: int = 0) -> datetime:
    """Give an hour in UTC, so many days after the Monday."""
    return MONDAY + timedelta(days=day, hours=hour)


class Log:
    """A log made by hand: Ada in London knows Grace.

    She has switched off what neither comes in the log nor is `wanted`: a story of one rule need not
    tell of all the others.
    """

    def __init__(self, *wanted: str) -> None:
        self.entries: list[dict[str, Any]] = []
        self._nudges = 0
        self._off = [kind for kind in KINDS if kind not in wanted]
        self.did(at(8.5), "settings", settings={**SETTINGS, "kinds_off": self._off})
        self.did(at(8.6), "contact", contact=GRACE, company="Acorn")

    def did(self, when: datetime, what: str, member: str = ADA, **details: Any) -> None:
        self._add(when, member, did=what, **details)

    def got(
        self, when: datetime, *kinds: str, kind: str = "digest", nudge: str = "", **about: Any
    ) -> None:
        items = []
        for each in kinds:
            self._nudges += 1
            if each in self._off:
                self._off.remove(each)
            item = {"kind": each, "contact": GRACE, "interview": None, "text": f"{each} {GRACE}"}
            items.append({**item, "nudge": nudge or str(self._nudges), **about})
        text = "\n".join(item["text"] for item in items)
        self._add(when, ADA, received=True, kind=kind, text=text, items=items)

    def was_answered(self, when: datetime, text: str) -> None:
        """Have the bot say something in the DM that is no nudge."""
        self._add(when, ADA, received=True, kind="answer", text=text, items=[])

    def talk(self) -> None:
        """Have Ada plan half an hour with Grace at two o'clock that Monday."""
        start = at(14).isoformat()
        self.did(at(9.5), "scheduled", contact=GRACE, interview=TALK, start=start, minutes=30)

    def question(self, when: datetime) -> None:
        self.got(when, "did_it_take_place", kind="alone", interview=TALK)

    def until(self, day: int) -> "Log":
        """Let the days go by."""
        self.did(at(12, day), "travelled", member=BEN, to="Europe/London")
        return self

    def _add(self, when: datetime, member: str, **more: Any) -> None:
        who = {"workspace": "T0", "member": member, "zone": "Europe/London"}
        self.entries.append({"at": when.isoformat(), **who, **more})

    @property
    def broken(self) -> dict[str, int]:
        """The rules that it breaks, and how often."""
        counts = self._verdict.counts
        return {rule: count for rule, count in counts.items() if count}

    @property
    def why(self) -> list[str]:
        """What is broken, in words."""
        return [violation.why for violation in self._verdict.violations]

    @property
    def due(self) -> int:
        """How many nudges were due."""
        return self._verdict.due

    @property
    def _verdict(self) -> Verdict:
        return check(sorted(self.entries, key=lambda entry: entry["at"]))
