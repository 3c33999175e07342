"""What a member does at the screen, tried again like anybody would when something hangs."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox import acts
from sandbox.driver import Member, Modal
from sandbox.driver_surface import Message
from sandbox.errors import ClientRefused
from sandbox.model import Json, Place, elements_of
from sandbox.server import Sandbox
from simulation.journal import Journal
from simulation.reception import Item
from simulation.weather import Weather

TRIES = 4
# Asked before somebody is saved whose name is like another's; members never mean that one.
WHO = "You have somebody like this on your list. Who is it?"


class GaveUp(Exception):
    """Something did not work however often the member tried, the last times in calm weather."""


class Hands:
    """One member's hands: forms, buttons, menus; every act is done for sure, or raises GaveUp."""

    def __init__(
        self, sandbox: Sandbox, weather: Weather, journal: Journal, member: Member
    ) -> None:
        self._sandbox, self._weather, self._journal = sandbox, weather, journal
        self.member = member

    async def add_contact(self, name: str, company: str) -> None:
        """Write down whom to ask."""
        await self._command(f"/contact {name} at {company}" if company else f"/contact {name}")
        await self._submit({})

    async def write_touch(
        self, name: str, what: str, more: Mapping[str, Any] | None = None
    ) -> None:
        """Say what passed with a contact, by the label in the form."""

        async def find() -> None:
            await self.member.command(f"/contact find {name}", channel="dm")
            await self._last_answer().press("Write a touch", index=0)

        await self._surely(find, lambda: self.member.has_modal)
        self._check(name)
        await self._submit({"What happened?": what, **(more or {})})

    async def correct(self, name: str, entry: str, values: Mapping[str, Any]) -> None:
        """Correct what was written down about a contact before, by the entry in their story."""

        async def find() -> None:
            await self.member.command(f"/contact find {name}", channel="dm")
            if "All that passed" in self._last_answer().menu_options:
                # Others have names like theirs; the one who is meant comes first.
                await self._last_answer().choose("All that passed", menu=0)
            await self._last_answer().choose(entry, menu="Correct an entry …")
            await self._last_answer().press("Correct")

        await self.put_away()
        await self._surely(find, lambda: self.member.has_modal)
        await self._submit(values)

    async def talk(self, name: str, starts_at: datetime, length: str) -> None:
        """Fill in the form of a talk; one that is over goes on to the debrief's first page."""
        await self._command(f"/interview {name}")
        self._check(name)
        await self._submit({"When?": starts_at, "How long?": length})

    async def debrief(self, takeaway: str, more: Mapping[str, Any]) -> None:
        """Fill in both pages of the debrief, which is open; who was prepared leaves the third."""
        await self._submit({"The one thing I learned": takeaway})
        await self._submit(more)
        await self.put_away()

    async def fill_and_save(self, values: Mapping[str, Any]) -> None:
        """Fill in the form that is open."""
        await self._submit(values)

    async def settings(self, values: Mapping[str, Any]) -> None:
        """Change the settings' first page."""
        await self._command("/rapport settings")
        await self._submit(values)

    async def numbers(self, values: Mapping[str, Any]) -> None:
        """Change the settings' second page, which lies over the first; that one stays as it is."""
        await self._command("/rapport settings")
        first = self.member.modal
        await self._surely(
            lambda: first.press("Numbers and kinds"),
            lambda: self.member.modal.title != first.title,
        )
        await self._submit(values)
        await self.put_away()

    async def ask(self, command: str) -> None:
        """Type a command that is answered in private."""
        before = len(self._dm.ephemerals)

        async def once() -> None:
            await self.member.command(command, channel="dm")

        await self._surely(once, lambda: len(self._dm.ephemerals) > before)

    async def put_away(self) -> None:
        """Close whatever is open."""
        if self.member.has_modal:
            await self.member.modal.close(whole_stack=True)

    def offers(self, item: Item, label: str) -> bool:
        """Say whether a nudge in the DM has this button or menu entry now."""
        return self._spot(item, label) is not None

    async def press(self, item: Item, label: str) -> None:
        """Press a button of one nudge, or choose in its menu; it settles, or a form opens."""

        async def once() -> None:
            spot = self._spot(item, label)
            assert spot is not None, f"{item.kind} has no {label!r}"
            block_id, element, value = spot
            where = self.member.id, Place(channel_id=self._dm.id, ts=item.ts), block_id
            if value is None:
                await acts.press(self._sandbox, *where, element["action_id"])
            else:
                await acts.choose(self._sandbox, *where, element["action_id"], value)
            await self._settle()

        await self._surely(once, lambda: self.member.has_modal or not self.offers(item, label))

    async def open_home(self) -> None:
        """Look at Home."""
        await self._surely(self.member.open_home, lambda: self.member.has_home)

    def _check(self, name: str) -> None:
        """See that the form is about the one that was meant."""
        if name not in self.member.modal.text:
            raise GaveUp(f"the form is about somebody else: {self.member.modal.text}")

    async def _command(self, text: str) -> None:
        await self.put_away()

        async def once() -> None:
            await self.member.command(text, channel="dm")

        await self._surely(once, lambda: self.member.has_modal)

    async def _submit(self, values: Mapping[str, Any]) -> None:
        """Fill in and send the form on top, until it closes or turns to its next page."""
        before = self.member.modal
        title = before.title
        fitting = {label: value for label, value in values.items() if label in before.labels}
        before.fill(fitting)

        async def once() -> None:
            modal = Modal(self._sandbox, self.member.id, before._view)
            if WHO in modal.labels:
                modal.fill({WHO: "Somebody new"})
            await modal.submit()

        await self._surely(
            once, lambda: not self.member.has_modal or self.member.modal.title != title
        )

    async def _surely(self, act: Callable[[], Awaitable[None]], done: Callable[[], bool]) -> None:
        """Try until it is done; from the second time on the weather keeps calm."""
        trouble = ""
        for attempt in range(TRIES):
            try:
                if attempt:
                    with self._weather.calm():
                        await act()
                else:
                    await act()
            except (AssertionError, ClientRefused) as error:
                trouble = str(error)
            if done():
                return
        raise GaveUp(f"{act.__qualname__}: {trouble} {self._shown()}")

    def _shown(self) -> str:
        """Say what stands before the member."""
        modal = self.member.modal if self.member.has_modal else None
        form = f"{modal.title}: {modal.errors} {modal.values}" if modal else "no form"
        return f"{form}; {self.member.troubles[-3:]} {self._sandbox.refusals[-3:]}"

    def _spot(self, item: Item, label: str) -> tuple[str, Json, str | None] | None:
        """Find a nudge's button or menu entry: its block, its element, the entry's value."""
        message = self._dm.find(item.ts)
        for block, element in elements_of(message.blocks if message else []):
            if element["type"] == "button":
                if element.get("value") == item.nudge and element["text"]["text"] == label:
                    return block["block_id"], element, None
                continue
            for option in element.get("options", []):
                about = option["value"].partition(":")[2]
                if about == item.nudge and option["text"]["text"] == label:
                    return block["block_id"], element, option["value"]
        return None

    @property
    def _dm(self) -> Any:
        return self._sandbox.workspace.dm(self.member.id)

    def _last_answer(self) -> Message:
        private = self._dm.ephemerals
        assert private, "no answer came"
        return Message(self._sandbox, self.member.id, private[-1])

    async def _settle(self) -> None:
        if self._sandbox.settle is not None:
            await self._sandbox.settle()
