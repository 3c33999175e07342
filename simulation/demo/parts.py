"""What a member of the demo does at the screen; each act is one errand, from typing to saving."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.driver import Member
from sandbox.server import Sandbox

# The Thursday on which the demo opens: an afternoon in Europe, a morning in New York.
TODAY = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)

# What members answer most, by the labels that they see.
ANSWERED, NOT_NOW, NO = "They answered", "They said: not now", "They said no"
VIDEO, COFFEE, PHONE = {"How?": "Video"}, {"How?": "Coffee"}, {"How?": "Phone"}


@dataclass(frozen=True)
class Seat:
    """One member at their screen, at one moment."""

    sandbox: Sandbox
    member: Member
    zone: str
    now: datetime

    async def type(self, command: str) -> None:
        """Type a slash command, with what the workspace puts before it, in the DM."""
        name = next(c.command for c in self.sandbox.manifest.commands if _ends(c.command, command))
        await self.member.command(f"{name} {command.partition(' ')[2]}".strip(), channel="dm")

    async def find(self, name: str, button: str) -> None:
        """Find somebody on the list, and press a button of theirs or choose in their menu."""
        await self.type(f"contact find {name}")
        await self.member.answer.press(button)

    async def save(self, values: "Values | None" = None) -> None:
        """Fill in the form that is open, and send it."""
        self.member.modal.fill(values or {})
        await self.member.modal.submit()


Act = Callable[[Seat], Awaitable[None]]
# What is filled in, by the labels that a member sees.
Values = Mapping[str, Any]
NOTHING: Values = {}


@dataclass(frozen=True)
class Line:
    """One act in a part: so many days before the demo opens, at a local hour."""

    days_ago: int
    at: time
    act: Act

    def moment(self, zone: str) -> datetime:
        """When it is done, aware."""
        return local(self.days_ago, self.at, zone)


@dataclass(frozen=True)
class Part:
    """One member of the cohort, where they are on the day of the demo, and how they got there."""

    name: str
    zone: str
    where: str
    lines: Sequence[Line]


def on(days_ago: int, clock: str, *acts: Act) -> Line:
    """Sit down at a local hour, "HH:MM", and do one thing after the other."""

    async def sit(seat: Seat) -> None:
        await seat.member.open_home()
        for act in acts:
            await act(seat)
        await seat.member.open_messages()

    return Line(days_ago, time.fromisoformat(clock), sit)


def local(days_ago: int, at: time, zone: str) -> datetime:
    """A local hour so many days before the demo opens; days that are negative are to come."""
    return datetime.combine(day(days_ago), at, tzinfo=ZoneInfo(zone))


def day(days_ago: int) -> date:
    """The day so many days before the demo opens."""
    return (TODAY - timedelta(days=days_ago)).date()


def names(path: str, *people: str) -> Act:
    """Answer the three questions, and write down names, one a line."""

    async def act(seat: Seat) -> None:
        await seat.member.home.press("Write down ten names")
        await seat.save({"Which kind of job are you curious about?": path})
        await seat.save({"Who could you learn from?": "\n".join(people)})
        await seat.save()

    return act


def edit(name: str, values: Values) -> Act:
    """Say more of somebody on the list."""

    async def act(seat: Seat) -> None:
        await seat.find(name, "Edit")
        await seat.save(values)

    return act


def writes(name: str) -> Act:
    """Have the message written that is due at their stage, send it, and say that it went out."""

    async def act(seat: Seat) -> None:
        await seat.find(name, "Draft it")
        await seat.save()

    return act


def notes(name: str, what: str, more: Values = NOTHING) -> Act:
    """Write down what passed with somebody."""

    async def act(seat: Seat) -> None:
        await seat.find(name, "Write a touch")
        await seat.save({"What happened?": what, **more})

    return act


def looks_up(name: str, found: Values) -> Act:
    """Fill in the check-list about somebody."""

    async def act(seat: Seat) -> None:
        await seat.find(name, "Look them up")
        await seat.save(found)

    return act


def plans(name: str, days_ago: int, clock: str, more: Values = NOTHING) -> Act:
    """Plan a talk, on a day that lies so many days before the demo opens, or after."""

    async def act(seat: Seat) -> None:
        await seat.type(f"interview {name}")
        starts = local(days_ago, time.fromisoformat(clock), seat.zone)
        await seat.save({"When?": starts, **more})

    return act


def prepares(belief: str, *own: str) -> Act:
    """Pick questions for the last talk that is planned, and write down what one believes."""

    async def act(seat: Seat) -> None:
        await seat.member.home.press("Prepare", index=-1)
        picked = ["What does a bad week look like?", "What should I have asked that I didn't?"]
        typed = {"Questions of my own": "\n".join(own), "I believe that …": belief}
        await seat.save({"Questions to ask": picked, **typed})
        await seat.member.modal.close(whole_stack=True)

    return act


def tells(name: str, takeaway: str, more: Values = NOTHING, *, belief: str = "Still open") -> Act:
    """Answer the question how a talk went, which came into the DM, and tell about it.

    `belief` is what became of what one believed before.
    """

    async def act(seat: Seat) -> None:
        asked = [m for m in seat.member.dms if "Tell me about it" in m.buttons and name in m.text]
        await asked[-1].press("Tell me about it")
        for told in ({"The one thing I learned": takeaway, **more}, more):
            asked_for = seat.member.modal.labels
            await seat.save({label: told[label] for label in told if label in asked_for})
        if seat.member.has_modal:
            beliefs = [label for label in seat.member.modal.labels if "In a few words" not in label]
            await seat.save({beliefs[0]: belief})

    return act


def presses(label: str) -> Act:
    """Press a button in Home, beside what is due there."""

    async def act(seat: Seat) -> None:
        await seat.member.home.press(label, index=0)

    return act


def types(command: str) -> Act:
    """Type a command that opens no form."""

    async def act(seat: Seat) -> None:
        await seat.type(command)

    return act


async def looks(seat: Seat) -> None:
    """Only open Home, as `on` does anyway."""


def _ends(command: str, typed: str) -> bool:
    return command.endswith(typed.partition(" ")[0])
