"""What the driver does on any surface with blocks: a message, the Home, a modal."""

from typing import TYPE_CHECKING, Any

from sandbox import acts, model
from sandbox.acts_in_blocks import held_by
from sandbox.driver_values import OPTION_KINDS, entered
from sandbox.model import Json, Place, elements_of
from sandbox.seen import seen_blocks, seen_message, seen_text, viewer_of
from sandbox.state import flatten_options, options_of

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Spot = tuple[Json, Json]  # a block and an element in it


class Surface:
    """Blocks that a member reads and acts on."""

    def __init__(
        self, sandbox: "Sandbox", user_id: str, holder: model.Message | model.View, place: Place
    ) -> None:
        self._sandbox, self._user_id = sandbox, user_id
        self._holder, self._place = holder, place

    @property
    def blocks(self) -> list[Json]:
        """The blocks as the app sent them."""
        return self._holder.blocks

    @property
    def text(self) -> str:
        """All text that the member sees; one line a block."""
        held = held_by(self._holder, self._user_id)
        return "\n".join(seen_blocks(self.blocks, self._viewer, held))

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in order."""
        return [self._shown(e["text"]) for _, e in self._spots() if e["type"] == "button"]

    @property
    def menu_options(self) -> list[str]:
        """The labels of all options in overflow menus and selects."""
        return [self._shown(o["text"]) for _, e in self._spots() for o in options_of(e)]

    @property
    def _viewer(self) -> Any:
        return viewer_of(self._sandbox.workspace, self._user_id)

    def _spots(self) -> list[Spot]:
        return list(elements_of(self._holder.all_blocks))

    def _shown(self, text: Json | None) -> str:
        return seen_text(text, self._viewer)

    async def press(self, label: str, index: int | None = None) -> None:
        """Press the button with this label, or choose this option of an overflow menu.

        `index` picks one of several with the same label; otherwise the label must be the only one.
        """
        found = [s for s in self._spots() if s[1]["type"] == "button" and self._has(s[1], label)]
        menus = [s for s in self._spots() if s[1]["type"] == "overflow"]
        options = [(s, o) for s in menus for o in options_of(s[1]) if self._has(o, label)]
        count = len(found) + len(options)
        assert count, f"No button {label!r}; there are {self.buttons} and {self.menu_options}"
        assert count == 1 or index is not None, f"{count} buttons say {label!r}: give an index"
        if found:
            block, element = found[index or 0]
            await acts.press(self._sandbox, *self._act(block, element))
        else:
            (block, element), option = options[index or 0]
            await acts.choose(self._sandbox, *self._act(block, element), option.get("value"))
        await self._settle()

    def _has(self, labelled: Json, label: str) -> bool:
        return self._shown(labelled["text"]) == label

    def _act(self, block: Json, element: Json) -> tuple[str, Place, str, str]:
        return self._user_id, self._place, block["block_id"], element["action_id"]

    async def _settle(self) -> None:
        if self._sandbox.settle is not None:
            await self._sandbox.settle()

    async def choose_in(self, spot: Spot, choice: Any) -> None:
        """Choose in one element and tell the app, where Slack would."""
        value = self._value(spot[1], choice)
        await acts.choose(self._sandbox, *self._act(*spot), value)
        await self._settle()

    def menu(self, named: str | int) -> Spot:
        """A select, menu or picker by its label, placeholder, section's text, or number."""
        spots = [s for s in self._spots() if s[1]["type"] not in ("button", "image")]
        if isinstance(named, int):
            return spots[named]
        found = [spot for spot in spots if named in self._names(spot)]
        known = [self._names(spot) for spot in spots]
        assert len(found) == 1, f"{len(found)} menus are called {named!r}; there are {known}"
        return found[0]

    def _names(self, spot: Spot) -> list[str]:
        block, element = spot
        texts = [block.get("label"), element.get("placeholder"), block.get("text")]
        return [self._shown(text) for text in texts if text]

    def _value(self, element: Json, choice: Any) -> Any:
        """A choice as a person names it (labels, names), as the value that Slack keeps."""
        many = element["type"].startswith("multi_") or element["type"] == "checkboxes"
        if isinstance(choice, list | tuple | set):
            assert many, f"Only one can be chosen, not {choice}"
            return [self._one_value(element, one) for one in choice]
        if choice is None:
            return None
        value = self._one_value(element, choice)
        return [value] if many else value

    def _one_value(self, element: Json, choice: Any) -> Any:
        kind = element["type"].removeprefix("multi_")
        if kind == "users_select":
            return self._sandbox.workspace.user_named(choice).id
        if kind in ("conversations_select", "channels_select"):
            return self._sandbox.workspace.channel_named(choice).id
        if kind not in OPTION_KINDS:
            return entered(element, choice)
        offered = self._offered(element)
        found = [option["value"] for option in offered if self._has(option, choice)]
        known = [self._shown(option["text"]) for option in offered]
        assert found, f"No option {choice!r}; there are {known}"
        return found[-1]

    def _offered(self, element: Json) -> list[Json]:
        answered = [
            option
            for (_, action_id), options in self._holder.suggested.items()
            if action_id == element["action_id"]
            for option in flatten_options(options)
        ]
        initial = element.get("initial_option")
        several = element.get("initial_options") or []
        return [*options_of(element), *([initial] if initial else []), *several, *answered]


class Message(Surface):
    """One message as one member sees it."""

    def __init__(self, sandbox: "Sandbox", user_id: str, message: model.Message) -> None:
        place = Place(channel_id=message.channel_id, ts=message.ts)
        super().__init__(sandbox, user_id, message, place)
        self._message = message
        self.ts, self.channel_id = message.ts, message.channel_id

    @property
    def text(self) -> str:
        """All text that the member sees; one line a block."""
        return seen_message(self._sandbox.workspace, self._message, self._user_id)

    @property
    def fallback(self) -> str:
        """The top-level text, as the app sent it."""
        return self._message.text

    @property
    def metadata(self) -> Json | None:
        """The metadata that the app attached."""
        return self._message.metadata

    @property
    def files(self) -> dict[str, bytes]:
        """The files that were shared with it: their names and contents."""
        return {file.name: file.content for file in self._message.files}

    @property
    def notifies(self) -> set[str]:
        """The user ids and broadcasts that the message notifies."""
        return set(self._message.notifies)

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one member sees it."""
        return self._message.is_ephemeral

    @property
    def sender(self) -> str:
        """The shown name of who wrote it."""
        return self._sandbox.workspace.users[self._message.user_id].shown_name

    async def choose(self, option_label: Any, menu: str | int | None = None) -> None:
        """Choose this option in the one menu of the message that has it.

        With `menu` (label, placeholder, section text or number) any value that this menu or
        picker takes, e.g. a date.
        """
        if menu is not None:
            await self.choose_in(self.menu(menu), option_label)
            return
        found = [
            spot
            for spot in self._spots()
            if any(self._has(option, option_label) for option in options_of(spot[1]))
        ]
        assert len(found) == 1, f"{len(found)} menus offer {option_label!r}: {self.menu_options}"
        await self.choose_in(found[0], option_label)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.channel_id, self.ts) == (
            other.channel_id,
            other.ts,
        )

    def __hash__(self) -> int:
        return hash((self.channel_id, self.ts))

    def __repr__(self) -> str:
        return f"<Message {self.ts} {self.text!r}>"


class Home(Surface):
    """The app's Home as one member sees it."""

    def __init__(self, sandbox: "Sandbox", user_id: str, view: model.View) -> None:
        super().__init__(sandbox, user_id, view, Place(view_id=view.id))

    async def choose(self, menu: str | int, option: Any) -> None:
        """Choose in the menu with this label, placeholder, section text or number."""
        await self.choose_in(self.menu(menu), option)

    async def type_ahead(self, menu: str | int, typed: str) -> list[str]:
        """Type in such a menu; the labels of the options that the app answers."""
        answered = await acts.suggest(self._sandbox, *self._act(*self.menu(menu)), typed)
        await self._settle()
        return [self._shown(option["text"]) for option in flatten_options(answered)]
