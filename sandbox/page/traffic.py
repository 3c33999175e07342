"""The traffic inspector: what went to the app and to Slack, and which rules were broken."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from sandbox.model import Json, Traffic
from sandbox.page.secrets import without_secrets
from sandbox.rules import RULES
from sandbox.rules.checks import Rule
from sandbox.rules.methods import METHOD_RULES

SHOWN = 100  # the newest of each kind; the workspace keeps some more
LONGEST_TEXT = 20_000  # characters of one payload
KINDS = {
    "": "Everything",
    "events": "Events",
    "commands": "Commands",
    "interactions": "Presses and forms",
    "calls": "Calls",
    "trouble": "Gone wrong",
}
_ENVELOPES = {"events_api": "events", "slash_commands": "commands", "interactive": "interactions"}
_RULE = re.compile(r"^(?:\[ERROR\] )?(.*?)(?: \[json-pointer:(/[^\]]*)\])?$", re.DOTALL)


@dataclass(frozen=True)
class Broken:
    """One rule that was broken: how Slack says it, where, what stands there, and which it is."""

    text: str
    pointer: str
    piece: str
    rule: Rule | None = None


@dataclass(frozen=True)
class Exchange:
    """One exchange as the inspector shows it."""

    entry: Traffic

    @property
    def kind(self) -> str:
        """The filter under which it is found."""
        if self.entry.direction == "to Slack":
            return "calls"
        return _ENVELOPES.get(self.entry.kind.partition(":")[0], "events")

    @property
    def name(self) -> str:
        """The method, command or type."""
        return self.entry.kind.rpartition(": ")[2]

    @property
    def about(self) -> str:
        """Which button, form or words it is about; empty where the name says enough."""
        payload = self.entry.payload
        acted = (payload.get("actions") or [{}])[0].get("action_id")
        view = payload.get("view")
        form = view.get("callback_id") if isinstance(view, dict) else ""
        command = payload.get("text") if payload.get("command") else ""
        about = acted or payload.get("callback_id") or form or command or ""
        return str(without_secrets(str(about)))

    def who(self, names: Mapping[str, str]) -> str:
        """The member whom it concerns, by name."""
        payload = self.entry.payload
        user = payload.get("user") or payload.get("event", {}).get("user")
        given = [
            user.get("id") if isinstance(user, dict) else user,
            payload.get("user_id"),
            payload.get("channel") or payload.get("channel_id"),
        ]
        return next((names[one] for one in given if isinstance(one, str) and one in names), "")

    @property
    def to_app(self) -> bool:
        """Whether the app got it; else the app sent it."""
        return self.entry.direction == "to the app"

    @property
    def went_wrong(self) -> bool:
        """Whether it was refused, not acknowledged, or spoiled by order."""
        return bool(self.entry.refused or self.entry.ordered)

    @property
    def outcome(self) -> str:
        """How it ended, in a few words."""
        entry = self.entry
        if self.to_app:
            verb = f"{entry.refused} after" if entry.refused else "acknowledged in"
            outcome = f"{verb} {duration(entry.took or 0.0)}"
            outcome += ", its answer ignored" if entry.ignored else ""
            return f"ordered: {entry.ordered}; {outcome}" if entry.ordered else outcome
        if entry.ordered:
            return f"ordered: {entry.ordered}"
        return entry.refused or "ok"

    @cached_property
    def sent(self) -> Any:
        """What was sent, with everything readable and nothing secret."""
        return without_secrets(_opened(self.entry.payload))

    @property
    def payload(self) -> str:
        """What was sent, as text."""
        return as_text(self.sent)

    @property
    def answer(self) -> str:
        """What came back, as text; empty for nothing."""
        return as_text(without_secrets(self.entry.answer)) if self.entry.answer else ""

    @property
    def broken(self) -> list[Broken]:
        """The rules that were broken."""
        told = zip_longest(self.entry.messages, self.entry.rules, fillvalue="")
        return [_broken(message, rule, self.sent) for message, rule in told]


def exchanges(traffic: Iterable[Traffic], kind: str) -> Iterator[Exchange]:
    """The newest exchanges of one kind, newest first."""
    found = (Exchange(entry) for entry in reversed(list(traffic)))
    wanted = (e for e in found if kind in ("", e.kind) or (kind == "trouble" and e.went_wrong))
    for _, exchange in zip(range(SHOWN), wanted, strict=False):
        yield exchange


def duration(seconds: float) -> str:
    """A span of time as people say it: 12 ms, 1.4 s."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def as_text(given: Any) -> str:
    """JSON to be read, cut where it is endless."""
    text = json.dumps(given, indent=2, ensure_ascii=False, default=str)
    cut = len(text) - LONGEST_TEXT
    return text if cut <= 0 else f"{text[:LONGEST_TEXT]}\n… and {cut} characters more"


def _opened(payload: Json) -> Any:
    """A payload whose parts that came as JSON texts are read."""
    return {key: _read(value) for key, value in payload.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _broken(message: str, rule_id: str, sent: Any) -> Broken:
    found = _RULE.match(message)
    text, pointer = (found[1], found[2] or "") if found else (message, "")
    rule = RULES.get(rule_id) or METHOD_RULES.get(rule_id)
    return Broken(text, pointer, _piece(sent, pointer) if pointer else "", rule)


def _piece(sent: Any, pointer: str) -> str:
    """What a JSON pointer points at; empty if there is nothing."""
    here = sent
    for part in pointer.strip("/").split("/"):
        if isinstance(here, dict) and part in here:
            here = here[part]
        elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        else:
            return ""
    return as_text(here)
