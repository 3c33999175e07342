"""Block Kit for the templates: what each interactive element shows, under a stable field name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from zlib import crc32

from markupsafe import Markup

from sandbox.model import Held, Json, Place
from sandbox.page.dates import local
from sandbox.page.mrkdwn import Reader, preview, render_mrkdwn, render_plain
from sandbox.page.rich_text import plain_words
from sandbox.state import LEAVES

SELECTS = ("static", "external", "users", "channels", "conversations")

# Element type -> how it is drawn.
KINDS = {
    "plain_text_input": "text",
    "rich_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime",
    "radio_buttons": "radio",
    "checkboxes": "checkboxes",
    **{f"{kind}_select": "select" for kind in SELECTS},
    **{f"multi_{kind}_select": "multi" for kind in SELECTS},
}


@dataclass(frozen=True)
class Choice:
    """One option: its value, its label as drawn, its label as plain words, a line below it."""

    value: str
    label: str
    drawn: Markup
    description: Markup | None = None
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Group:
    """Options under one heading; the heading may be empty."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Field:
    """One interactive element, ready to be drawn."""

    id: str
    name: str  # of the form field: block id and action id
    kind: str  # how it is drawn, see KINDS
    element: Json
    value: str = ""
    chosen: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    dispatches: bool = False
    error: str = ""
    described: str = ""  # ids of what is read aloud after the name: error, hint, letters left


@dataclass(frozen=True)
class Surface:
    """A message, modal or Home as one person sees it: its blocks and what was filled in."""

    kind: str  # "message", "modal" or "home"
    place: Place
    blocks: Sequence[Json]
    reader: Reader
    held: Held = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names this surface in the ids of its fields."""
        return self.place.view_id or f"{self.place.channel_id}-{self.place.ts}"

    def text(self, given: Json | None) -> Markup:
        """Draw a text object."""
        if not given:
            return Markup("")
        words = str(given.get("text", ""))
        if given.get("type") == "mrkdwn":
            return render_mrkdwn(words, self.reader)
        return render_plain(words)

    def words(self, given: Json | None) -> str:
        """A text object as plain words, for labels that are read aloud."""
        if not given:
            return ""
        if given.get("type") == "mrkdwn":
            return preview(str(given.get("text", "")), self.reader)
        return str(render_plain(str(given.get("text", ""))).replace("<br>", " ").unescape())

    def element_id(self, block: Json, element: Json) -> str:
        """The id of an element in the page: stable while block_id and action_id stay."""
        own = f"{self.key}/{block.get('block_id')}/{element.get('action_id')}"
        return f"el-{crc32(own.encode()):08x}"

    def field(self, block: Json, element: Json) -> Field:
        """Everything a template needs to draw an interactive element."""
        kind = KINDS.get(element["type"], "")
        current = self._current(block, element)
        chosen = tuple(self._chosen(current, element))
        values = {choice.value for choice in chosen}
        own_id = self.element_id(block, element)
        error = self.errors.get(block.get("block_id", ""), "")
        beside = {
            "error": error,
            "hint": block.get("hint"),
            "left": element.get("max_length"),
        }
        return Field(
            id=own_id,
            name=field_name(block, element),
            kind=kind,
            element=element,
            value=self._shown(kind, current),
            chosen=chosen,
            groups=tuple(self._groups(element, values)),
            dispatches=block["type"] != "input" or bool(block.get("dispatch_action")),
            error=error,
            described=" ".join(f"{own_id}-{part}" for part, shown in beside.items() if shown),
        )

    def choice(self, option: Json, chosen: bool = False) -> Choice:
        """Draw one option object."""
        text, description = option.get("text"), option.get("description")
        return Choice(
            value=str(option.get("value", "")),
            label=self.words(text),
            drawn=self.text(text),
            description=self.text(description) if description else None,
            url=str(option.get("url", "")),
            chosen=chosen,
        )

    def groups(self, answered: Sequence[Json]) -> list[Group]:
        """Options or option groups, as an app answers them, always as groups."""
        if answered and "options" in answered[0]:
            return [
                Group(self.words(g.get("label")), tuple(map(self.choice, g["options"])))
                for g in answered
            ]
        return [Group("", tuple(map(self.choice, answered)))]

    def _current(self, block: Json, element: Json) -> Any:
        if element["type"] not in LEAVES:
            return None
        leaf_key, initial_key, _ = LEAVES[element["type"]]
        held = self.held.get(block.get("block_id", ""), {}).get(element.get("action_id", ""))
        return element.get(initial_key) if held is None else held.get(leaf_key)

    def _shown(self, kind: str, current: Any) -> str:
        if kind == "datetime" and isinstance(current, int):
            return f"{local(current, self.reader.zone):%Y-%m-%dT%H:%M}"
        if kind == "text" and isinstance(current, dict):
            return plain_words(current)
        return "" if current is None or isinstance(current, dict | list) else str(current)

    def _chosen(self, current: Any, element: Json) -> list[Choice]:
        if KINDS.get(element["type"]) not in {"select", "multi", "radio", "checkboxes"}:
            return []
        several = current if isinstance(current, list) else [current] if current else []
        return [self.choice(c) if isinstance(c, dict) else self._named(c) for c in several]

    def _named(self, given: str) -> Choice:
        name = self.reader.users.get(given) or f"#{self.reader.channels.get(given, given)}"
        return Choice(given, name, render_plain(name))

    def _groups(self, element: Json, values: set[str]) -> list[Group]:
        kind = element["type"].removeprefix("multi_")
        if kind == "users_select":
            return [Group("", tuple(map(self._named, self.reader.users)))]
        if kind in {"channels_select", "conversations_select"}:
            return [Group("", tuple(map(self._named, self.reader.channels)))]
        if "option_groups" in element:
            return self.groups(element["option_groups"])
        options = element.get("options", [])
        return [Group("", tuple(self.choice(o, o.get("value") in values) for o in options))]


def field_name(block: Json, element: Json) -> str:
    """The form field's name of an element: its block id and action id, each quoted."""
    block_id, action_id = block.get("block_id", ""), element.get("action_id", "")
    return f"{quote(str(block_id), safe='')}/{quote(str(action_id), safe='')}"
