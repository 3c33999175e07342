"""How a member thinks again: a promise gets another date, a talk moves before it has begun."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulation.answering import Did
from simulation.hands import Hands
from simulation.memory import Contact, Memory, Talk

# Nobody moves a talk that is about to begin: they call it off, or go.
SOON = timedelta(hours=3)


class SecondThoughts:
    """One member's way of correcting what they wrote down before."""

    def __init__(self, hands: Hands, memory: Memory, did: Did, random: Random) -> None:
        self._hands, self._memory, self._did, self._random = hands, memory, did, random

    async def put_a_promise_off(self, now: datetime, zone: ZoneInfo) -> None:
        """Put a promise that is not kept yet on a later date."""
        names = self._memory.contacts
        known = [p for p in self._memory.promises.values() if p.contact in names]
        if not known:
            return
        promise = self._random.choice(known)
        today = now.astimezone(zone).date()
        promise.due = max(today, promise.due) + timedelta(days=self._random.randint(1, 8))
        entry = f"I promised: {promise.what}"
        await self._hands.correct(promise.contact, entry, {"By when?": promise.due})
        about = {"contact": promise.contact, "promise": promise.what}
        self._did("redated", **about, due=str(promise.due))

    async def move_a_talk(self, now: datetime, zone: ZoneInfo) -> None:
        """Move a talk that is ahead to another day."""
        ahead = [
            (contact, talk)
            for contact in self._memory.contacts.values()
            for talk in contact.talks
            if talk.open and talk.starts_at > now + SOON
        ]
        if ahead:
            contact, talk = self._random.choice(ahead)
            day = talk.starts_at.astimezone(zone).date()
            day += timedelta(days=self._random.randint(2, 6))
            await self._move(contact, talk, day, zone)

    async def _move(self, contact: Contact, talk: Talk, day: date, zone: ZoneInfo) -> None:
        local = datetime.combine(day, time(self._random.randint(9, 17)), tzinfo=zone)
        if contact.has_talk_at(local.astimezone(UTC)):
            return
        before, on = talk.id, talk.starts_at.astimezone(zone)
        entry = f"{on.day} {on:%B %Y} · Talk planned with {contact.name}"
        await self._hands.correct(contact.name, entry, {"When?": local.astimezone(UTC)})
        talk.starts_at = local.astimezone(UTC)
        about = {"contact": contact.name, "interview": before, "to": talk.id}
        self._did("moved", **about, start=talk.starts_at, minutes=talk.minutes)
