"""How a member answers nudges: does it, puts it off, skips it, tells how a talk went."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Protocol
from zoneinfo import ZoneInfo

from simulation.hands import Hands
from simulation.memory import Contact, Memory, Promise, Talk
from simulation.reception import Item

# The button that says that a nudge's one step was taken, and what the journal calls that.
DONE = {
    "thank_you": ("It's sent", "thanked"),
    "thank_you_again": ("It's sent", "thanked"),
    "my_promise": ("It's kept", "kept"),
    "their_promise": ("They kept it", "they_kept"),
    "follow_up": ("I followed up", "follow_up"),
    "other_person": ("I asked someone", "done"),
    "tell_introducer": ("I told them", "updated"),
    "progress_update": ("I told them", "updated"),
    "not_now_is_over": ("I asked again", "asked"),
    "keep_in_touch": ("I wrote", "updated"),
    "rests": ("Fine", "done"),
    "talk_soon": ("Fine", "done"),
    "brief": ("Fine", "done"),
    "weekly_review": ("Thanks", "done"),
}
GO_ON = (("Daily", "daily", 6), ("Weekly", "weekly", 2), ("Stop", "none", 1))
QUESTIONS = ("did_it_take_place", "ask_again_how_it_went")
PUT_OFF = (
    ("Later", 4),
    ("Skip", 3),
    ("Remind me in an hour", 2),
    ("Remind me this afternoon", 2),
    ("Remind me next week", 2),
    ("Pick a day and time", 2),
    ("No nudges about this person", 1),
)


class Did(Protocol):
    """Notes what a member did."""

    def __call__(self, what: str, **details: object) -> None:
        """Take the name of the act and its details."""


class Answering:
    """One member's way with nudges."""

    def __init__(
        self,
        hands: Hands,
        memory: Memory,
        did: Did,
        new: Callable[[str, str | None], Contact],
        random: Random,
    ) -> None:
        self._hands, self._memory, self._did, self._new = hands, memory, did, new
        self._random = random
        self._promises = 0

    async def answer(self, item: Item, now: datetime, zone: ZoneInfo) -> None:
        """Answer one nudge, if it can still be answered."""
        self._memory.inbox.remove(item)
        if item.kind == "go_on":
            await self._go_on(item)
        elif item.kind in QUESTIONS:
            await self._how_it_went(item, now, zone)
        elif item.kind == "debrief_missing":
            await self._tell(item, now, zone)
        elif item.kind == "unprepared":
            await self._prepare(item, now)
        else:
            label, what = DONE[item.kind]
            if self._hands.offers(item, label):
                await self._done_or_put_off(item, label, what, now, zone)

    async def debrief(self, talk: Talk, now: datetime, zone: ZoneInfo) -> None:
        """Fill in the debrief that is open, and note all that was said in it."""
        more: dict[str, object] = {}
        promised = theirs = None
        due = now.astimezone(zone).date()
        if self._random.random() < 0.3:
            self._promises += 1
            promised = f"to send my notes, number {self._promises}"
            due += timedelta(days=self._random.randint(1, 8))
            more |= {"I promised": promised, "By when?": due}
        if self._random.random() < 0.3:
            self._promises += 1
            theirs = f"to write to a colleague, number {self._promises}."
            more["They promised"] = theirs
        thanked = self._random.random() < 0.3
        if thanked:
            more["Thank-you"] = ["I have thanked them"]
        led_to = [self._new("", talk.contact)] if self._random.random() < 0.25 else []
        more["Who else should I talk to?"] = "\n".join(contact.name for contact in led_to)
        await self._hands.debrief("Meetings are the work", more)
        talk.open, talk.took_place = False, True
        about = {"contact": talk.contact, "interview": talk.id}
        self._did("debriefed", **about)
        for contact in led_to:
            self._did("contact", contact=contact.name, company="", introduced_by=talk.contact)
        if promised:
            self._did("promise", **about, promise=promised, due=str(due))
            self._memory.promises[promised] = Promise(talk.contact, promised, due)
        if theirs:
            self._did("their_promise", **about, promise=theirs)
        if thanked:
            talk.thanked = True
            self._did("thanked", **about)

    async def _go_on(self, item: Item) -> None:
        [(label, digest, _)] = self._random.choices(GO_ON, [weight for *_, weight in GO_ON])
        if self._hands.offers(item, label):
            await self._hands.press(item, label)
            self._did("settings", settings={"digest": digest})

    async def _how_it_went(self, item: Item, now: datetime, zone: ZoneInfo) -> None:
        talk = self._memory.talk_of(item)
        if talk is None or not self._hands.offers(item, "It moved"):
            return
        about = {"contact": talk.contact, "interview": talk.id}
        chance = self._random.random()
        if chance < 0.65:
            await self._tell(item, now, zone)
        elif chance < 0.75:
            await self._move(item, talk, now, zone)
        elif chance < 0.85:
            await self._hands.press(item, "Ask me later")
            await self._hands.fill_and_save({"Or simply": "In an hour"})
            until = now + timedelta(hours=1)
            self._did("snoozed", **about, kind=item.kind, nudge=item.nudge, until=until, alone=True)
        else:
            called_off = chance < 0.93
            await self._hands.press(item, "It was called off" if called_off else "They didn't show")
            talk.open = False
            self._did("called_off" if called_off else "no_show", **about)

    async def _move(self, item: Item, talk: Talk, now: datetime, zone: ZoneInfo) -> None:
        day = now.astimezone(zone).date() + timedelta(days=self._random.randint(1, 5))
        local = datetime.combine(day, time(self._random.randint(9, 17)), tzinfo=zone)
        await self._hands.press(item, "It moved")
        before, talk_at = talk.id, local.astimezone(UTC)
        await self._hands.fill_and_save({"When?": talk_at})
        talk.starts_at = talk_at
        self._did(
            "moved",
            contact=talk.contact,
            interview=before,
            to=talk.id,
            start=talk.starts_at,
            minutes=talk.minutes,
        )

    async def _tell(self, item: Item, now: datetime, zone: ZoneInfo) -> None:
        talk = self._memory.talk_of(item)
        if talk is None or not self._hands.offers(item, "Tell me about it"):
            return
        await self._hands.press(item, "Tell me about it")
        if self._random.random() < 0.1:
            await self._hands.put_away()  # somebody came in; it stays unsaid
            self._did("looked")
        else:
            await self.debrief(talk, now, zone)

    async def _prepare(self, item: Item, now: datetime) -> None:
        talk = self._memory.talk_of(item)
        if talk is not None and talk.starts_at > now and self._hands.offers(item, "Prepare"):
            await self._hands.press(item, "Prepare")
            own = "What changed your mind?\nWhat would you leave out?\nWho taught you most?"
            await self._hands.fill_and_save({"Questions of my own": own})
            await self._hands.put_away()  # it shows how the talk could go
            self._did("prepared", contact=item.contact, interview=item.interview)

    async def _done_or_put_off(
        self, item: Item, label: str, what: str, now: datetime, zone: ZoneInfo
    ) -> None:
        if self._random.random() < 0.65 or item.kind == "rests":
            # That a thread rests is settled by being said: there is nothing to put off.
            await self._hands.press(item, label)
            self._note_done(item, what)
            return
        [(other, _)] = self._random.choices(PUT_OFF, [weight for _, weight in PUT_OFF])
        if not self._hands.offers(item, other):
            return
        await self._hands.press(item, other)
        if other == "Pick a day and time":
            until = now + timedelta(hours=self._random.randint(2, 200))
            until = until.replace(minute=0, second=0)
            await self._hands.fill_and_save({"When?": until})
            self._note_put_off(item, until, alone=True)
        elif other == "Skip":
            self._did("skipped", **_about(item))
        elif other == "No nudges about this person":
            contact = self._memory.contacts.get(item.contact or "")
            if contact is not None:
                contact.stopped = True
            self._did("stopped", contact=item.contact)
        else:
            self._note_put_off(item, *_until(other, now, zone))

    def _note_put_off(self, item: Item, until: datetime, alone: bool) -> None:
        self._did("snoozed", **_about(item), until=until, alone=alone)

    def _note_done(self, item: Item, what: str) -> None:
        contact, talk = self._memory.contacts.get(item.contact or ""), self._memory.talk_of(item)
        if contact is not None and what == "asked":
            contact.asked = contact.waiting = True
        if talk is not None and what == "thanked":
            talk.thanked = True
        if what == "kept":
            promises = self._memory.promises
            for said in [said for said in promises if _is_said_in(said, item.text)]:
                del promises[said]
        self._did(what, **_about(item))


def _is_said_in(promise: str, text: str) -> bool:
    # Number 1 is no part of number 12.
    return re.search(re.escape(promise) + r"(?!\d)", text) is not None


def _about(item: Item) -> dict[str, object]:
    return {
        "contact": item.contact,
        "interview": item.interview,
        "kind": item.kind,
        "nudge": item.nudge,
        "text": item.text,
    }


def _until(label: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Give the earliest moment that these words can mean, and whether it comes alone."""
    today: date = now.astimezone(zone).date()
    if label == "Remind me in an hour":
        return now + timedelta(hours=1), True
    if label == "Remind me this afternoon":
        return max(now, datetime.combine(today, time(12), tzinfo=zone)), True
    if label == "Later":
        return now, False  # the next digest may be today's
    return datetime.combine(today + timedelta(days=5), time(0), tzinfo=zone), False
