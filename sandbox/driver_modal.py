"""The driver's modal: fill by label, submit, read what Slack shows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import acts, model
from sandbox.driver_surface import Spot, Surface
from sandbox.model import Json, Place
from sandbox.state import flatten_options, options_of, value_of

if TYPE_CHECKING:
    from sandbox.server import Sandbox


class Modal(Surface):
    """One open modal."""

    def __init__(self, sandbox: "Sandbox", user_id: str, view: model.View) -> None:
        super().__init__(sandbox, user_id, view, Place(view_id=view.id))
        self._view = view
        self.view_id = view.id

    @property
    def title(self) -> str:
        """The title."""
        return self._shown(self._view.title)

    @property
    def submit_label(self) -> str:
        """The label of the submit button; "" if there is none."""
        return self._shown(self._view.submit)

    @property
    def labels(self) -> list[str]:
        """The labels of the inputs, in order."""
        return [self._label(block) for block in self._inputs()]

    @property
    def values(self) -> dict[str, Any]:
        """What stands in each input: text, the chosen options' labels, ids, dates."""
        return {self._label(block): self._shown_value(block) for block in self._inputs()}

    @property
    def errors(self) -> dict[str, str]:
        """The texts under the inputs, by label."""
        by_id = {block["block_id"]: self._label(block) for block in self._inputs()}
        return {by_id[block_id]: text for block_id, text in self._view.errors.items()}

    @property
    def trouble(self) -> str | None:
        """What Slack shows when it could not submit."""
        return self._view.trouble

    @property
    def depth(self) -> int:
        """How many modals are stacked."""
        return len(self._sandbox.workspace.stacks.get(self._user_id, []))

    def options(self, label: str) -> list[str]:
        """The labels of the options that an input lists."""
        return [self._shown(o["text"]) for o in options_of(self._input(label)[1])]

    def _inputs(self) -> list[Json]:
        return [block for block in self.blocks if block["type"] == "input"]

    def _label(self, block: Json) -> str:
        return self._shown(block["label"])

    def _input(self, label: str) -> Spot:
        found = [block for block in self._inputs() if self._label(block) == label]
        assert found, f"No input {label!r} in {self.title!r}; there are {self.labels}"
        assert len(found) == 1, f"{len(found)} inputs are labelled {label!r}"
        return found[0], found[0]["element"]

    def _shown_value(self, block: Json) -> Any:
        element = block["element"]
        leaf = self._view.held[block["block_id"]][element["action_id"]]
        plain = value_of(leaf)
        chosen = leaf.get("selected_options") or leaf.get("selected_option")
        if isinstance(chosen, list):
            return [self._shown(option["text"]) for option in chosen]
        return self._shown(chosen["text"]) if chosen else plain

    def fill(self, values: Mapping[str, Any]) -> "Modal":
        """Fill inputs by exact label, without telling the app.

        Text for text inputs; option labels for selects, radio buttons and checkboxes; a date, a
        time, an aware datetime for pickers; names for people; None to clear.
        """
        for label, given in values.items():
            spot = self._input(label)
            acts.fill(self._sandbox, *self._act(*spot), self._value(spot[1], given))
        return self

    async def type_ahead(self, label: str, typed: str) -> list[str]:
        """Type in an external select; the labels of the options that the app answers."""
        block, element = self._input(label)
        answered = await acts.suggest(self._sandbox, *self._act(block, element), typed)
        await self._settle()
        return [self._shown(option["text"]) for option in flatten_options(answered)]

    async def pick(self, label: str, typed: str, option_label: str | None = None) -> None:
        """Type in an external select and choose an option, the first one unless it is named."""
        offered = await self.type_ahead(label, typed)
        assert offered, f"{label!r} offers nothing for {typed!r}"
        chosen = option_label or offered[0]
        assert chosen in offered, f"{label!r} offers {offered}, not {chosen!r}"
        several = self._input(label)[1]["type"].startswith("multi_")
        before = self.values[label] if several else []
        await self.choose(label, [*before, chosen] if several else chosen)

    async def choose(self, menu: str | int, choice: Any) -> None:
        """Choose or type in an input or menu, and tell the app where Slack would."""
        labelled = isinstance(menu, str) and menu in self.labels
        spot = self._input(str(menu)) if labelled else self.menu(menu)
        await self.choose_in(spot, choice)

    async def submit(self) -> None:
        """Press the submit button; ClientRefused for what Slack's client itself refuses."""
        assert self._view.submit is not None, f"{self.title!r} has no submit button"
        await acts.submit(self._sandbox, self._user_id, self._view.id)
        await self._settle()

    async def close(self, *, whole_stack: bool = False) -> None:
        """Close this modal, or all of the stack with the x."""
        await acts.close(self._sandbox, self._user_id, self._view.id, whole_stack=whole_stack)
        await self._settle()
