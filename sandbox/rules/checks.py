"""What the tables are made of: each check judges a value, and names the rules it holds it to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

# The code of a broken rule in blocks: this one in messages, `invalid_arguments` in views.
IN_BLOCKS = "invalid_blocks"


@dataclass(frozen=True)
class Rule:
    """One thing that Slack insists on.

    `source`: the section and line of slack-platform.md; `says`: the rule in words; `code`: Slack's
    error.
    """

    id: str  # "button.value.longest"
    source: str  # "1.3 button"
    says: str  # "at most 2000 characters"
    code: str = IN_BLOCKS


@dataclass(frozen=True)
class Problem:
    """One rule broken, in the words in which Slack says it."""

    rule: str
    text: str  # "[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text/text]"


@dataclass
class Report:
    """What was found, and where the looking happens."""

    surface: str  # "message", "modal" or "home"
    parent: str = ""  # type of the block around an element
    problems: list[Problem] = field(default_factory=list)

    def add(self, rule: str, text: str, pointer: str) -> None:
        """Note one broken rule at a JSON pointer."""
        self.problems.append(Problem(rule, f"[ERROR] {text} [json-pointer:{pointer}]"))


@dataclass(frozen=True)
class At:
    """Where a value stands: its JSON pointer, and what its rules are named after."""

    pointer: str
    rule: str

    def field(self, name: str) -> "At":
        """The field of this object."""
        return At(f"{self.pointer}/{name}", f"{self.rule}.{name}")

    def item(self, number: int) -> "At":
        """The item of this list."""
        return At(f"{self.pointer}/{number}", f"{self.rule}[]")


class Check(Protocol):
    """Judges one value, and names its rules under a name such as "button.value"."""

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Add to the report what Slack would refuse."""

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Name every rule that the value is held to, beyond its type."""


# What holds everywhere: a value has its type, and nothing has a field that Slack doesn't know.
EVERYWHERE = (
    Rule("any.string", "1.2, 1.3", "texts, ids and values are strings"),
    Rule("any.boolean", "1.2, 1.3", "switches are true or false"),
    Rule("any.integer", "1.2, 1.3", "counts and moments are whole numbers"),
    Rule("any.object", "1.2, 1.4", "objects are objects: no bare string for a text object"),
    Rule("any.array", "1.2, 1.3", "lists are lists"),
    Rule("any.unknown_field", "1.6", "no field that Slack doesn't know"),
)


@dataclass(frozen=True)
class String:
    """A string of so many code points, wholly matching `pattern`, which is `form` in words."""

    most: int | None = None
    least: int = 0
    pattern: str | None = None
    form: str = "a valid value"

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a string."""
        if not isinstance(value, str):
            report.add("any.string", "must provide a string", at.pointer)
        elif self.most is not None and len(value) > self.most:
            text = f"must be less than {self.most + 1} characters"
            report.add(f"{at.rule}.longest", text, at.pointer)
        elif len(value) < self.least:
            text = f"must be more than {self.least - 1} characters"
            report.add(f"{at.rule}.shortest", text, at.pointer)
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            report.add(f"{at.rule}.form", f"must be {self.form}", at.pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Length and form."""
        if self.most is not None:
            yield Rule(f"{name}.longest", source, f"at most {self.most} characters")
        if self.least:
            says = "not empty" if self.least == 1 else f"at least {self.least} characters"
            yield Rule(f"{name}.shortest", source, says)
        if self.pattern is not None:
            yield Rule(f"{name}.form", source, f"must be {self.form}")


def url(most: int | None = 3000, schemes: str = "https?") -> String:
    """A URL with one of these schemes; one of the web names a machine."""
    nowhere = r"(?i:https?):(?!//[^\s<>/?#])"
    return String(most, 0, rf"(?!{nowhere})(?i:{schemes}):(//)?[^\s<>]+", "a valid URL")


@dataclass(frozen=True)
class Boolean:
    """True or false."""

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a switch."""
        if not isinstance(value, bool):
            report.add("any.boolean", "must provide a boolean", at.pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Nothing beyond its type."""
        yield from ()


@dataclass(frozen=True)
class Integer:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a number."""
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("any.integer", "must provide an integer", at.pointer)
        elif not self.least <= value <= self.most:
            text = f"must be between {self.least} and {self.most}"
            report.add(f"{at.rule}.range", text, at.pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Its range."""
        yield Rule(f"{name}.range", source, f"from {self.least} to {self.most}")


class OneOf:
    """One of these words."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a word."""
        if value not in self.values:
            text = f"must be a valid enum value: {', '.join(self.values)}"
            report.add(f"{at.rule}.enum", text, at.pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Its words."""
        yield Rule(f"{name}.enum", source, f"one of {', '.join(self.values)}")


@dataclass(frozen=True)
class Form:
    """A value for which `is_good` holds, which is `form` in words."""

    is_good: Callable[[Any], bool]
    form: str

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a value's form."""
        if not self.is_good(value):
            report.add(f"{at.rule}.form", f"must be {self.form}", at.pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Its form."""
        yield Rule(f"{name}.form", source, f"must be {self.form}")


@dataclass(frozen=True)
class ListOf:
    """A list of `least` to `most` items."""

    item: Check
    least: int = 0
    most: int | None = None

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a list and its items."""
        if not isinstance(value, list):
            report.add("any.array", "must provide an array", at.pointer)
            return
        if self.most is not None and len(value) > self.most:
            report.add(f"{at.rule}.most", f"no more than {self.most} items allowed", at.pointer)
        if len(value) < self.least:
            report.add(f"{at.rule}.fewest", f"no fewer than {self.least} items allowed", at.pointer)
        for number, one in enumerate(value):
            self.item(one, at.item(number), report)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Its length, and its items' rules."""
        if self.most is not None:
            yield Rule(f"{name}.most", source, f"at most {self.most} items")
        if self.least:
            says = "not empty" if self.least == 1 else f"at least {self.least} items"
            yield Rule(f"{name}.fewest", source, says)
        yield from self.item.rules(f"{name}[]", source)
