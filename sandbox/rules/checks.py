"""The small checks that the tables are made of, worded as Slack words its errors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """What was found, and where the looking happens."""

    surface: str  # "message", "modal" or "home"
    parent: str = ""  # type of the block around an element
    messages: list[str] = field(default_factory=list)

    def add(self, text: str, pointer: str) -> None:
        """Note one error at a JSON pointer."""
        self.messages.append(f"[ERROR] {text} [json-pointer:{pointer}]")


Check = Callable[[Any, str, Report], None]
Rule = Callable[[dict[str, Any], str, Report], None]


def string(
    most: int, least: int = 0, pattern: str | None = None, form: str = "a valid value"
) -> Check:
    """A string of `least` to `most` code points, wholly matching `pattern`."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must provide a string", pointer)
        elif len(value) > most:
            report.add(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            report.add(f"must be more than {least - 1} characters", pointer)
        elif pattern is not None and value and not re.fullmatch(pattern, value):
            report.add(f"must be {form}", pointer)

    return check


def url(most: int = 3000, schemes: str = "https?") -> Check:
    """A URL with one of these schemes."""
    return string(most, 1, rf"(?i:{schemes}):(//)?[^\s<>]+", "a valid URL")


def boolean(value: Any, pointer: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add("must provide a boolean", pointer)


def integer(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must provide an integer", pointer)
        elif not least <= value <= most:
            report.add(f"must be between {least} and {most}", pointer)

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if value not in values:
            report.add(f"must be a valid enum value: {', '.join(values)}", pointer)

    return check


def list_of(item: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` items."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must provide an array", pointer)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            report.add(f"no fewer than {least} items allowed", pointer)
        for number, one in enumerate(value):
            item(one, f"{pointer}/{number}", report)

    return check


@dataclass(frozen=True)
class Shape:
    """An object: its required and optional fields, and rules across fields.

    `source` names the section of slack-platform.md. `surfaces` and `parents`: where it may stand.
    """

    source: str
    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    surfaces: tuple[str, ...] = ("message", "modal", "home")
    parents: tuple[str, ...] = ()

    def __call__(self, value: Any, pointer: str, report: Report) -> None:
        """Check an object against this shape."""
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
            return
        before = len(report.messages)
        for name in self.required:
            if value.get(name) is None:
                report.add(f"missing required field: {name}", pointer)
        for name, given in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None and name != "type":
                report.add(f"invalid additional property: {name}", pointer)
            elif check is not None and given is not None:
                check(given, f"{pointer}/{name}", report)
        if len(report.messages) == before:
            for rule in self.rules:
                rule(value, pointer, report)


def exactly_one(*names: str) -> Rule:
    """One of these fields and no other of them."""

    def rule(value: dict[str, Any], pointer: str, report: Report) -> None:
        if sum(value.get(name) is not None for name in names) != 1:
            report.add(f"must provide exactly one of: {', '.join(names)}", pointer)

    return rule


def at_least_one(*names: str) -> Rule:
    """Any of these fields."""

    def rule(value: dict[str, Any], pointer: str, report: Report) -> None:
        if not any(value.get(name) for name in names):
            report.add(f"must provide at least one of: {', '.join(names)}", pointer)

    return rule
