"""Made-up members: when they sit down, and what they start by themselves."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sandbox.server import Sandbox
from simulation.answering import Answering
from simulation.awake import HOMES, some_time_after
from simulation.hands import GaveUp, Hands
from simulation.journal import Journal
from simulation.memory import Contact, Memory, Talk
from simulation.names import COMPANIES, contact_name
from simulation.second_thoughts import SecondThoughts
from simulation.wishes import DEFAULTS, Wishes

LENGTHS = {20: "20 minutes", 30: "30 minutes", 45: "45 minutes", 60: "1 hour"}
# Days from one sitting to the next, from the busiest member to the one with most patience.
GAP = (1.5, 5.5)
MOST_CONTACTS = 25


class Human:
    """One member, led by their own seed."""

    def __init__(
        self, number: int, hands: Hands, sandbox: Sandbox, journal: Journal, seed: int
    ) -> None:
        self.id, self.number = hands.member.id, number
        self._hands, self._sandbox, self._journal = hands, sandbox, journal
        self._random = Random(f"{seed}:{number}")
        self._answers = Random(f"{seed}:{number}:answers")
        self.memory = Memory()
        self.active, self._known = True, False
        self._diligence = self._random.uniform(0.35, 0.95)
        self._gap = self._random.uniform(*GAP)
        self._answering = Answering(hands, self.memory, self._did, self._new, self._answers)
        self._wishes = Wishes(hands, self._did, self._answers)
        self._thoughts = SecondThoughts(hands, self.memory, self._did, self._answers)
        self.next_sitting = self._some_time_after(sandbox.clock.now(), days=0.5)
        self.failures = 0

    @property
    def zone(self) -> str:
        """Where the member is at present."""
        return self._sandbox.workspace.users[self.id].tz

    @property
    def _now(self) -> datetime:
        return self._sandbox.clock.now()

    async def sit(self) -> None:
        """Sit down: answer some of what came, begin something, and say when to come back."""
        self.next_sitting = self._some_time_after(self._now, days=self._gap)
        if not self.active:
            await self._return()
            return
        try:
            await self._at_the_screen()
        except GaveUp as failure:
            self.failures += 1
            self._journal.fault("a member gave up", why=str(failure)[:500])
            for contact in list(self.memory.contacts.values()):
                # What is in doubt is not judged: whoever was about to be dealt with is left alone.
                self._did("unsure", contact=contact.name)
            self.memory.contacts.clear()
            self.memory.promises.clear()
            self.memory.inbox.clear()
            await self._hands.put_away()

    def postpone(self, until: datetime) -> None:
        """Sit down after a moment, not before."""
        if self.next_sitting < until:
            self.next_sitting = self._some_time_after(until, days=0.5)

    async def _at_the_screen(self) -> None:
        await self._hands.put_away()
        if not self._known:
            await self._hands.open_home()
            country = dict(HOMES)[self.zone]
            self._did("settings", settings={**DEFAULTS, "country": country})
            self._known = True
        for item in list(self.memory.inbox[-6:])[::-1]:
            if self._random.random() < self._diligence:
                await self._answering.answer(item, self._now, ZoneInfo(self.zone))
        self.memory.inbox[:] = self.memory.inbox[-12:]
        for _ in range(self._random.choice((0, 1, 1, 1))):
            await self._begin_something()

    async def _begin_something(self) -> None:
        errands: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
            (3, self._meet_somebody),
            (4, self._ask),
            (2, self._hear_back),
            (4, self._plan_talk),
            (1.5, self._log_past_talk),
            (0.7, self._follow_up),
            (1, self._thank),
            (0.4, self._send_news),
            (0.5, self._put_a_promise_off),
            (0.5, self._move_a_talk),
            (0.3, self._be_declined),
            (0.3, self._hear_not_now),
            (0.5, self._look_at_home),
            (0.25, self._travel),
            (0.3, self._wishes.change_hours),
            (0.2, self._wishes.change_numbers),
            (0.3, self._pause_or_resume),
            (0.1, self._go_quiet),
            (0.05, self._leave),
        )
        [errand] = self._random.choices([e for _, e in errands], [weight for weight, _ in errands])
        await errand()

    async def _meet_somebody(self) -> None:
        if len(self.memory.contacts) >= MOST_CONTACTS:
            return
        company = self._random.choice(("", *COMPANIES))
        contact = self._new(company)
        await self._hands.add_contact(contact.name, company)
        self._did("contact", contact=contact.name, company=company)
        if self._random.random() < 0.6:
            await self._touch(contact, "I asked for a talk", "asked")

    async def _ask(self) -> None:
        contact = self._one_of(lambda c: c.free and not c.asked)
        if contact is None:
            await self._meet_somebody()
        else:
            await self._touch(contact, "I asked for a talk", "asked")

    async def _hear_back(self) -> None:
        contact = self._one_of(lambda c: c.waiting)
        if contact is not None:
            await self._touch(contact, "They answered", "replied")
            if self._random.random() < 0.6:
                await self._plan(contact)

    async def _plan_talk(self) -> None:
        contact = self._one_of(lambda c: c.free)
        await (self._plan(contact) if contact else self._meet_somebody())

    async def _plan(self, contact: Contact) -> None:
        day = self._now.astimezone(ZoneInfo(self.zone)).date()
        day += timedelta(days=self._random.randint(1, 6))
        starts_at = self._at(day, self._random.randint(8, 19))
        if contact.has_talk_at(starts_at):
            return
        minutes = self._random.choice(list(LENGTHS))
        await self._hands.talk(contact.name, starts_at, LENGTHS[minutes])
        talk = Talk(contact.name, starts_at, minutes)
        contact.talks.append(talk)
        contact.waiting = False
        self._about_talk("scheduled", talk)

    async def _log_past_talk(self) -> None:
        contact = self._one_of(lambda c: c.free)
        if contact is None:
            return
        ended = self._now - timedelta(hours=self._random.randint(1, 30))
        minutes = self._random.choice(list(LENGTHS))
        starts_at = ended.replace(minute=0, second=0) - timedelta(minutes=minutes)
        if contact.has_talk_at(starts_at):
            return
        await self._hands.talk(contact.name, starts_at, LENGTHS[minutes])
        talk = Talk(contact.name, starts_at, minutes, open=False, took_place=True)
        contact.talks.append(talk)
        contact.waiting = False
        self._about_talk("took_place", talk)
        if self._random.random() < 0.7:
            await self._answering.debrief(talk, self._now, ZoneInfo(self.zone))
        else:
            await self._hands.put_away()

    async def _follow_up(self) -> None:
        contact = self._one_of(lambda c: c.waiting)
        if contact is not None:
            await self._touch(contact, "I followed up", "follow_up")

    async def _thank(self) -> None:
        contact = self._one_of(
            lambda c: any(talk.took_place and not talk.thanked for talk in c.talks)
        )
        if contact is not None:
            await self._touch(contact, "I said thank you", "thanked")
            for talk in contact.talks:
                talk.thanked = talk.thanked or talk.took_place

    async def _send_news(self) -> None:
        contact = self._one_of(lambda c: any(talk.took_place for talk in c.talks))
        if contact is not None:
            await self._touch(contact, "I sent news", "updated")

    async def _put_a_promise_off(self) -> None:
        await self._thoughts.put_a_promise_off(self._now, ZoneInfo(self.zone))

    async def _move_a_talk(self) -> None:
        await self._thoughts.move_a_talk(self._now, ZoneInfo(self.zone))

    async def _be_declined(self) -> None:
        contact = self._one_of(lambda c: c.waiting and c.free)
        if contact is not None:
            await self._touch(contact, "They said no", "declined")
            contact.declined = True

    async def _hear_not_now(self) -> None:
        contact = self._one_of(lambda c: c.waiting and c.free)
        if contact is not None:
            day = self._now.astimezone(ZoneInfo(self.zone)).date()
            day += timedelta(days=self._random.randint(3, 20))
            more = {"When may I ask again?": day}
            await self._hands.write_touch(contact.name, "They said: not now", more)
            contact.waiting = False
            self._did("not_now", contact=contact.name, until=str(day))

    async def _pause_or_resume(self) -> None:
        await self._wishes.pause_or_resume(self._now, ZoneInfo(self.zone))

    async def _look_at_home(self) -> None:
        await self._hands.open_home()
        await self._hands.ask("/followups")
        self._did("looked")

    async def _travel(self) -> None:
        zone, _ = self._random.choice(HOMES)
        stopover, _ = self._random.choice(HOMES)
        if zone != self.zone:
            # Two events within a moment, which may come in either order.
            await self._sandbox.change_zone(self._name, stopover)
            await self._sandbox.change_zone(self._name, zone)
            self._did("travelled", to=zone)

    async def _go_quiet(self) -> None:
        self.next_sitting = self._some_time_after(self._now, days=self._random.uniform(8, 25))
        self._did("went_quiet")

    async def _leave(self) -> None:
        self._did("left")
        await self._sandbox.deactivate(self._name)
        self.active = False
        self.next_sitting = self._some_time_after(self._now, days=self._random.uniform(3, 20))

    async def _return(self) -> None:
        await self._sandbox.reactivate(self.id)
        self.active = True
        self._did("returned")

    async def _touch(self, contact: Contact, label: str, what: str) -> None:
        await self._hands.write_touch(contact.name, label)
        self._did(what, contact=contact.name, company=contact.company)
        contact.asked = contact.asked or what == "asked"
        if what in ("asked", "follow_up"):
            contact.waiting = True
        elif what in ("replied", "declined"):
            contact.waiting = False

    def _about_talk(self, what: str, talk: Talk) -> None:
        self._did(
            what,
            contact=talk.contact,
            interview=talk.id,
            start=talk.starts_at,
            minutes=talk.minutes,
        )

    def _did(self, what: str, **details: object) -> None:
        self._journal.did(self.id, self.zone, what, **details)

    def _new(self, company: str = "", introduced_by: str | None = None) -> Contact:
        """Think of somebody: every member's have names of their own."""
        number = self.number * 1000 + len(self.memory.contacts) + self.failures * 100
        contact = Contact(contact_name(number), company, introduced_by)
        self.memory.contacts[contact.name] = contact
        return contact

    def _one_of(self, fits: Callable[[Contact], bool]) -> Contact | None:
        fitting = [contact for contact in self.memory.contacts.values() if fits(contact)]
        return self._random.choice(fitting) if fitting else None

    @property
    def _name(self) -> str:
        return self._sandbox.workspace.users[self.id].real_name

    def _at(self, day: date, hour: int) -> datetime:
        """Give a whole or half local hour."""
        clock = time(hour, self._random.choice((0, 30)))
        return datetime.combine(day, clock, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _some_time_after(self, moment: datetime, *, days: float) -> datetime:
        return some_time_after(self._random, self.zone, moment, days)
