"""The run: the clock goes from event to event, and what members did and received is noted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from time import monotonic
from typing import IO, Any

from sandbox.clock import VirtualClock
from sandbox.model import Json
from sandbox.server import Person, Sandbox
from simulation.awake import HOMES
from simulation.bots import Bots
from simulation.database import Outages
from simulation.hands import Hands
from simulation.held_back import HeldBack
from simulation.journal import Journal
from simulation.names import member_name
from simulation.people import Human
from simulation.reception import Reception
from simulation.trouble import Trouble
from simulation.weather import Weather

# Mondays before the clocks change in the north, and in the south the other way round.
SPRING = datetime(2027, 3, 8, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 18, tzinfo=UTC)
# How far the clock goes at most.
STEP = timedelta(hours=3)
SMALLEST = timedelta(seconds=1)


@dataclass(frozen=True)
class Plan:
    """What to play; the same seed makes the same members with the same plans.

    `first` is the number of the first member: cohorts of one run have other members.
    """

    members: int
    weeks: int
    seed: int
    faults: bool = False
    first: int = 0

    @property
    def numbers(self) -> range:
        """The members' numbers."""
        return range(self.first, self.first + self.members)

    @property
    def luck(self) -> str:
        """What chance is led by, beside each member's own: another one for each cohort."""
        return f"{self.seed}:{self.first}" if self.first else str(self.seed)


class Workspace(Sandbox):
    """The sandbox without the record of every exchange, which nobody reads here."""

    def record(
        self,
        direction: str,
        kind: str,
        payload: Json,
        answer: Json | None,
        refused: str | None,
        **_: Any,
    ) -> None:
        """Keep only the last envelope that went to the app, to send it again on a bad day."""
        if direction == "to the app":
            self.last_envelope = (kind.partition(":")[0], payload)

    last_envelope: tuple[str, Json] | None = None


MakeBots = Callable[[Workspace], Bots]


class Simulation:
    """One run from its first Monday to its last Sunday."""

    def __init__(
        self,
        plan: Plan,
        manifest: dict[str, Any],
        make_bots: MakeBots,
        database_url: str,
        file: IO[str] | None = None,
    ) -> None:
        start = AUTUMN if plan.seed % 2 == 0 else SPRING
        self.clock = VirtualClock(start, running=False)
        self.end = start + timedelta(weeks=plan.weeks)
        self.plan, self.start = plan, start
        self._random = Random(f"{plan.luck}:weather")
        self.journal = Journal(self.clock, file)
        people = [Person(member_name(n), HOMES[n % len(HOMES)][0]) for n in plan.numbers]
        self.sandbox = Workspace(manifest, people, clock=self.clock, ack_timeout=10.0)
        # Slack tells a bot of all that it posts. It only passes them over, which the story tests
        # show; a cohort's months have as many of these events as messages, and would take longer.
        self.sandbox.echoes = False
        self.weather = Weather(self._random, self.journal, stormy=plan.faults)
        self.sandbox.faults = self.weather
        self.held_back = self.sandbox.disorder = HeldBack()
        self._make_bots = make_bots
        self.bots: Bots
        self.reception = Reception(self.sandbox, self.journal)
        self.humans: dict[str, Human] = {}
        self._outages = Outages(database_url)
        storms = Random(f"{plan.luck}:trouble")
        self._trouble = Trouble(self, storms, self._outages) if plan.faults else None
        self.seconds = 0.0

    async def run(self, progress: Callable[[float], None] = lambda _: None) -> None:
        """Play it; `progress` hears how much of it is done, 0 to 1."""
        began = monotonic()
        await self.sandbox.start()
        self.bots = self._make_bots(self.sandbox)
        try:
            await self.bots.start()
            self.sandbox.settle = self.bots.settle
            self._meet()
            while self.clock.now() < self.end:
                await self._go_on()
                progress((self.clock.now() - self.start) / (self.end - self.start))
            await self.bots.stop()
        finally:
            self._outages.end()
            self.sandbox.settle = None
            await self.sandbox.stop()
        self.seconds = monotonic() - began

    def _meet(self) -> None:
        for number, user in zip(self.plan.numbers, self.sandbox.workspace.people, strict=True):
            hands = Hands(
                self.sandbox, self.weather, self.journal, self.sandbox.member(user.real_name)
            )
            self.humans[user.id] = Human(number, hands, self.sandbox, self.journal, self.plan.seed)

    async def _go_on(self) -> None:
        await self.move_to(self.next_moment())
        if self._trouble is not None and self._trouble.next_at <= self.clock.now():
            await self._trouble.strike()
        now = self.clock.now()
        for human in list(self.humans.values()):
            if human.next_sitting <= now:
                # The bot's client waits for what it answers a member with, in real time.
                self.weather.at_the_screen = True
                await human.sit()
                if self._trouble is not None:
                    await self._trouble.after_sitting()
                await self.settle()
                self.weather.at_the_screen = False

    def next_moment(self) -> datetime:
        """Give where the clock goes next: to what a member or the bot is about to do."""
        now = self.clock.now()
        due = self.bots.next_due
        grid = self.start + ((now - self.start) // STEP + 1) * STEP
        moments = [grid, self.end, *(human.next_sitting for human in self.humans.values())]
        if due is not None:
            moments.append(due)
        if self._trouble is not None:
            moments.append(self._trouble.next_at)
        return max(min(moments), now + SMALLEST)

    def posted(self) -> int:
        """Count the messages in all direct conversations."""
        channels = self.sandbox.workspace.channels.values()
        return sum(len(channel.messages) for channel in channels if channel.is_im)

    def postpone(self, until: datetime) -> None:
        """Let nobody sit down before a moment."""
        for human in self.humans.values():
            human.postpone(until)

    async def move_to(self, moment: datetime) -> None:
        """Move the clock, and wait until the bot has done what came due."""
        self.clock.move_to(moment)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the bot is at rest, and see what members have received."""
        await self.bots.settle()
        for user_id, items in self.reception.look().items():
            self.humans[user_id].memory.inbox.extend(items)
