"""Rules about each message by itself: when it came, to whom, how many in a day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from simulation.checker.hours import DAY
from simulation.checker.life import NO_ANSWER, Entry, Life, Standing, moment

# What is tied to a clock, and so may come on a free day.
TIED_TO_A_CLOCK = ("talk_soon", "did_it_take_place")
# What may come on its own without the member having chosen the moment.
ON_ITS_OWN = (*TIED_TO_A_CLOCK, "thank_you", "go_on")
# A digest comes at the member's hour; a network on a bad day may keep it for so long.
MOST_LATE = timedelta(hours=4)
# What the bot says to a member's act, at whatever hour: it is no nudge, and follows at once.
ANSWER, AT_ONCE = "answer", timedelta(minutes=10)
# Whoever travelled or changed their hours this moment may find a message that was on its way.
JUST_NOW = timedelta(minutes=1)


class Violation(NamedTuple):
    """One breach: which count it belongs to, whose it is, when, and why it is one."""

    rule: str
    member: str
    at: str
    why: str


class Chosen:
    """Until which moments a member put things off: each may come on its own then, and no later.

    Long after it, as when the bot was down or the member paused, the digest brings it.
    """

    def __init__(self) -> None:
        self._until: dict[tuple[str | None, ...], tuple[datetime, bool]] = {}

    def hear(self, entry: Entry) -> None:
        """Take in one act."""
        if entry.get("did") == "snoozed":
            chosen = moment(entry["until"]), bool(entry.get("alone"))
            self._until[_matter(entry)] = chosen

    def allows(self, item: Entry, at: datetime, standing: Standing | None) -> bool:
        """Say whether the member chose this moment for it; who wants no digest has no other way."""
        until, alone = self._until.get(_matter(item), (None, False))
        if until is None or at < until - JUST_NOW:
            return False
        has_digest = standing is None or standing.hours.digest != "none"
        return not has_digest or (alone and at <= until + DAY)


def _matter(entry: Entry) -> tuple[str | None, ...]:
    promise = entry.get("text") if "promise" in entry["kind"] else None
    return entry["kind"], entry.get("contact"), entry.get("interview"), promise


def hours_kept(life: Life) -> Iterator[Violation]:
    """Nothing in quiet hours; digests on working days only; nothing at all in a pause."""
    chosen = Chosen()
    for entry in life.entries:
        chosen.hear(entry)
        if not entry.get("received") or entry["kind"] == ANSWER:
            continue
        at = moment(entry["at"])
        for standing in {life.at(at), life.at(at - JUST_NOW)} - {None}:
            assert standing is not None
            broken = None
            kinds = {item["kind"] for item in entry["items"]}
            tied = entry["kind"] == "alone" and all(
                item["kind"] in TIED_TO_A_CLOCK or chosen.allows(item, at, standing)
                for item in entry["items"]
            )
            if standing.hours.is_quiet(at):
                broken = ("in_quiet_hours", f"at {standing.hours.local(at):%H:%M} local")
            elif standing.paused_until is not None and at < standing.paused_until:
                broken = ("on_free_days", "in a pause")
            elif not tied and standing.hours.is_free(standing.hours.local(at).date()):
                broken = ("on_free_days", f"{sorted(kinds)} on a free day")
            if broken is None:
                break
        else:
            if broken is not None:
                yield Violation(broken[0], life.member, entry["at"], broken[1])


def answers_only(life: Life) -> Iterator[Violation]:
    """What is no nudge answers something that the member did just now, and comes once."""
    acts = [moment(entry["at"]) for entry in life.entries if entry.get("did") is not None]
    said: dict[str, datetime] = {}
    for entry in life.entries:
        if not entry.get("received") or entry["kind"] != ANSWER:
            continue
        at, words = moment(entry["at"]), entry["text"]
        standing = life.at(at)
        if not any(abs(at - act) <= AT_ONCE for act in acts):
            is_quiet = standing is not None and standing.hours.is_quiet(at)
            rule = "in_quiet_hours" if is_quiet else "over_daily_cap"
            yield Violation(rule, life.member, entry["at"], "a word that answers nothing")
        if words in said and at - said[words] <= AT_ONCE:
            yield Violation("duplicated", life.member, entry["at"], "the same answer twice")
        said[words] = at


def caps_kept(life: Life) -> Iterator[Violation]:
    """One digest a day, at its hour, of ten at most; after three unanswered only one question."""
    by_day: dict[date, int] = defaultdict(int)
    unanswered, asked = 0, False
    chosen = Chosen()
    for entry in life.entries:
        did = entry.get("did")
        chosen.hear(entry)
        if did is not None and did not in NO_ANSWER:
            unanswered, asked = 0, False
        if not entry.get("received") or entry["kind"] == ANSWER:
            continue
        why, at = [], moment(entry["at"])
        kinds = [item["kind"] for item in entry["items"]]
        if asked:
            why.append("a word after the question whether to go on")
        asked = asked or "go_on" in kinds
        if entry["kind"] == "digest":
            standing = life.at(at)
            if standing is not None:
                day = standing.hours.local(at).date()
                by_day[day] += 1
                late = at - max(
                    [standing.hours.digest_moment(day), *(up for _, up in life.downs if up <= at)]
                )
                if not timedelta(0) <= late + JUST_NOW <= MOST_LATE:
                    why.append(f"a digest {late} after its hour")
                if by_day[day] > 1:
                    why.append(f"digest number {by_day[day]} of {day}")
            unanswered += 1
            if unanswered > _number(life, "ask_after_digests", at):
                why.append(f"digest number {unanswered} without an answer")
            if not 0 < len(kinds) <= _number(life, "digest_items", at):
                why.append(f"{len(kinds)} items")
        elif not _may_come_alone(life, entry, chosen):
            why.append(f"{kinds} on its own")
        for each in why:
            yield Violation("over_daily_cap", life.member, entry["at"], each)


def _number(life: Life, name: str, at: datetime) -> int:
    # A message that was on its way when the member changed it kept to the number before.
    return max(life.number(name, at), life.number(name, at - JUST_NOW))


def _may_come_alone(life: Life, entry: Entry, chosen: Chosen) -> bool:
    at, items = moment(entry["at"]), entry["items"]
    if len(items) != 1:
        return False
    return items[0]["kind"] in ON_ITS_OWN or chosen.allows(items[0], at, life.at(at))


def right_member(life: Life, owners: Mapping[str, str]) -> Iterator[Violation]:
    """Nobody reads of a contact of somebody else's."""
    for entry in life.entries:
        if not entry.get("received"):
            continue
        words = [word.strip(".,:;*()") for word in entry["text"].split()]
        named = {f"{first} {second}" for first, second in pairwise(words)}
        named |= {item["contact"] for item in entry["items"] if item.get("contact")}
        for name in named:
            if owners.get(name, life.member) != life.member:
                yield Violation("wrong_member", life.member, entry["at"], name)


def sent_once(life: Life) -> Iterator[Violation]:
    """No nudge comes twice; nor does its like, unless something was said or done meanwhile."""
    ids: set[str] = set()
    said: dict[tuple[str | None, ...], datetime] = {}
    for entry in life.entries:
        if entry.get("did") is not None:
            said = {key: at for key, at in said.items() if not _about(key, entry)}
        if not entry.get("received"):
            continue
        at = moment(entry["at"])
        for item in entry["items"]:
            if item["nudge"] in ids:
                yield Violation("duplicated", life.member, entry["at"], f"nudge {item['nudge']}")
            ids.add(item["nudge"])
            key = (item["kind"], item.get("contact"), item.get("interview"), item["text"])
            if item["kind"] == "weekly_review":
                key = ("weekly_review", None, None, str(_looks_back_from(life, at)))
            elif "promise" not in item["kind"]:
                key = (*key[:3], None)
            if key in said and not _is_time_again(life, item["kind"], said[key], at):
                yield Violation("duplicated", life.member, entry["at"], str(key))
            said[key] = at


def _is_time_again(life: Life, kind: str, before: datetime, at: datetime) -> bool:
    """Keeping in touch comes up again after as many days of silence as the first time."""
    standing = life.at(at)
    if kind != "keep_in_touch" or standing is None:
        return False
    days: int = standing.hours.settings["in_touch_days"]
    return days > 0 and at - before > (days - 7) * DAY


def _looks_back_from(life: Life, at: datetime) -> date | None:
    """Give the review day of which a review is: after a holiday it comes some days later."""
    standing = life.at(at)
    if standing is None:
        return None
    day = standing.hours.local(at).date()
    review_day: int = standing.hours.settings["review_day"]
    return day - (day.isoweekday() - review_day) % 7 * DAY


def _about(key: tuple[str | None, ...], entry: Mapping[str, object]) -> bool:
    kind, contact = key[0], key[1]
    if kind == "go_on":
        return entry["did"] not in NO_ANSWER
    if kind == "weekly_review":
        return entry["did"] == "snoozed" and entry.get("kind") == kind
    return contact is not None and entry.get("contact") == contact
