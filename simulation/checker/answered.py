"""What is logged anywhere cancels the nudge that it answers; follow-ups have their ceiling."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulation.checker.life import Entry, Life, began, moment
from simulation.checker.received import Violation
from simulation.checker.stories import TOLD

# A message that was on its way when the member acted is no breach.
ON_ITS_WAY = timedelta(seconds=5)
WAITING = ("follow_up", "other_person", "rests")
BEFORE = ("talk_soon", "brief", "unprepared")
QUESTIONS = ("did_it_take_place", "ask_again_how_it_went")
THANKS = ("thank_you", "thank_you_again")
# All that may still be said of somebody who declined: none of it suggests them again.
AFTER_NO = (*THANKS, "my_promise", *QUESTIONS, "debrief_missing")
TOUCHES = ("asked", "replied", "follow_up", "thanked", "updated", "debriefed", "took_place")
ENDINGS = ("debriefed", "took_place", "called_off", "no_show", "moved")
ANSWERS = ("asked", "replied", "declined", "not_now", "scheduled", "took_place", "debriefed")

Key = tuple[str, str | None, str | None, str]


@dataclass
class Known:
    """What a member has told by now, each with when; a contact is known by name."""

    waiting: dict[str, datetime | None] = field(default_factory=dict)
    answered: dict[str, datetime] = field(default_factory=dict)
    follow_ups: dict[str, int] = field(default_factory=dict)
    touched: dict[str, datetime] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)  # stopped or declined
    stopped: set[str] = field(default_factory=set)
    thanked: dict[str, datetime] = field(default_factory=dict)
    debriefed: dict[str, datetime] = field(default_factory=dict)
    ended: dict[str, datetime] = field(default_factory=dict)
    prepared: dict[str, datetime] = field(default_factory=dict)
    settled: dict[Key, datetime] = field(default_factory=dict)
    later: dict[Key, datetime] = field(default_factory=dict)
    talks: dict[str, list[tuple[str, datetime]]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def hear(self, entry: Entry) -> None:
        """Take in one act."""
        did, name, at = entry["did"], entry.get("contact"), moment(entry["at"])
        if name is None:
            return
        interview: str = entry.get("interview") or ""
        if did == "unsure":
            self.unsure.add(name)
        if did in ("scheduled", "took_place", "moved"):
            new: str = entry.get("to") or interview
            self.talks.setdefault(name, []).append((new, moment(entry["start"])))
        if did in ENDINGS and interview:
            self.ended[interview] = at
        if did == "debriefed":
            self.debriefed[interview] = at
        if did == "prepared":
            self.prepared[interview] = at
        if did == "thanked":
            past = [talk for talk, start in self.talks.get(name, ()) if start <= at]
            for talk in [interview] if interview else past:
                self.thanked[talk] = at
        if did in ("stopped", "declined"):
            self.closed[name] = at
            self.stopped |= {name} if did == "stopped" else set()
        if did in TOUCHES:
            # A talk was when it was, and not when it was told of.
            since = began(interview) if did in TOLD and interview else at
            self.touched[name] = max(since, self.touched.get(name, since))
        if did in ("asked", "follow_up"):
            # A new message begins a new wait: what was settled about the one before is over.
            self._forget(lambda k: k[1] == name and k[0] in (*WAITING, "keep_in_touch"))
        if did == "redated":
            # What was said about the old date, or settled, does not count for the new one.
            self._forget(lambda k: k[:2] == ("my_promise", name) and entry["promise"] in k[3])
        if did == "kept":
            # Another word kept is another thing to tell of.
            self._forget(lambda k: k[:2] == ("progress_update", name))
        self._about_request(entry, did, name, at)
        self._about_nudge(entry, did, at)

    def _forget(self, is_over: Callable[[Key], bool]) -> None:
        """What was settled or put off before does not count for what begins anew."""
        for told in (self.settled, self.later):
            for key in [key for key in told if is_over(key)]:
                del told[key]

    def _about_request(self, entry: Entry, did: str, name: str, at: datetime) -> None:
        if did in ("asked", "follow_up"):
            # Who is asked anew without having answered has been written to once more.
            silent = name in self.waiting and name not in self.answered
            before = self.follow_ups.get(name, 0) if silent else -1
            self.follow_ups[name] = max(before + 1, int(did == "follow_up"))
            self.waiting[name] = at
            self.answered.pop(name, None)
        elif did in ANSWERS and not self._is_older(entry, name):
            self.answered[name] = at

    def _is_older(self, entry: Entry, name: str) -> bool:
        """Say whether this is about a talk that was over before the last request went out."""
        asked, interview = self.waiting.get(name), entry.get("interview")
        return bool(asked and interview and began(interview) < asked)

    def _about_nudge(self, entry: Entry, did: str, at: datetime) -> None:
        if "nudge" not in entry:
            return
        key = (entry["kind"], entry.get("contact"), entry.get("interview"), entry.get("text", ""))
        if did == "snoozed":
            self.later[key] = moment(entry["until"])
        elif did not in ("asked", "follow_up"):
            self.settled[key] = at


def nothing_answered(life: Life) -> Iterator[Violation]:
    """Nothing is sent that was answered, put off, skipped, or is about who was to be left alone."""
    known = Known()
    for entry in life.entries:
        if entry.get("did") is not None:
            known.hear(entry)
        for item in entry.get("items", ()):
            if item.get("contact") in known.unsure:
                continue
            at, in_touch_days = moment(entry["at"]), 90
            standing = life.at(at)
            if standing is not None:
                in_touch_days = standing.hours.settings["in_touch_days"]
            why = _answer_to(item, known, at, in_touch_days)
            if why is None and _switched_off(life, item["kind"], at):
                why = "its kind is switched off"
            if why:
                told = f"{item['kind']} {item.get('contact')}: {why}"
                yield Violation("answered_but_sent", life.member, entry["at"], told)


def _switched_off(life: Life, kind: str, at: datetime) -> bool:
    """Say whether a kind was unwanted, at that moment and well before it."""
    before = life.at(at - ON_ITS_WAY)
    now = life.at(at)
    return all(s is not None and kind in s.hours.kinds_off for s in (before, now))


def _answer_to(item: Entry, known: Known, at: datetime, in_touch_days: int) -> str | None:
    """Say what made a nudge untrue well before it came."""
    kind, name, interview = item["kind"], item.get("contact") or "", item.get("interview") or ""
    key = (kind, item.get("contact"), item.get("interview"), item["text"])

    def before(told: datetime | None) -> bool:
        return told is not None and told < at - ON_ITS_WAY

    if before(known.closed.get(name)) and (name in known.stopped or kind not in AFTER_NO):
        return "they were to be left alone"
    if before(known.settled.get(key)) and kind != "weekly_review":
        return "it was settled"
    if key in known.later and at < known.later[key] - ON_ITS_WAY:
        return f"it was put off until {known.later[key]}"
    first = ("thank_you", item.get("contact"), item.get("interview"))
    skipped = any(old[:3] == first and before(told) for old, told in known.settled.items())
    answers = {
        "they were thanked": kind in THANKS and before(known.thanked.get(interview)),
        "the first one was settled": kind == "thank_you_again" and skipped,
        "they have answered": kind in WAITING and before(known.answered.get(name)),
        "the talk was told about": kind in QUESTIONS and before(known.ended.get(interview)),
        "it was debriefed": kind == "debrief_missing" and before(known.debriefed.get(interview)),
        "the talk is off": kind in BEFORE and before(known.ended.get(interview)),
        "it is prepared": kind == "unprepared" and before(known.prepared.get(interview)),
        "the talk has begun": kind in BEFORE and _begun(interview, at),
        "they were in touch": kind == "keep_in_touch"
        and before(known.touched.get(name, at))
        and at - known.touched[name] < timedelta(days=in_touch_days - 1),
    }
    return next((why for why, holds in answers.items() if holds), None)


def _begun(interview: str, at: datetime) -> bool:
    """A talk's id ends in when it begins."""
    return bool(interview) and began(interview) <= at


def follow_ups_kept(life: Life) -> Iterator[Violation]:
    """No follow-up is offered once there were as many as the member's number allows."""
    known = Known()
    for entry in life.entries:
        if entry.get("did") is not None:
            known.hear(entry)
        for item in entry.get("items", ()):
            name = item.get("contact")
            if item["kind"] != "follow_up" or name in known.unsure:
                continue
            standing = life.at(moment(entry["at"]))
            most = min(standing.hours.settings["follow_ups"], 3) if standing else 1
            sent = known.waiting.get(name)
            late = sent is not None and sent < moment(entry["at"]) - ON_ITS_WAY
            if late and known.follow_ups.get(name, 0) >= most:
                yield Violation("over_followup_cap", life.member, entry["at"], str(name))
