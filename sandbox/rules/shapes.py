"""Objects in the tables: their fields, what holds across fields, where they may stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.rules.checks import IN_BLOCKS, At, Check, Report, Rule

EVERY_SURFACE = ("message", "modal", "home")


@dataclass(frozen=True)
class Across:
    """What holds across the fields of an object; `broken` says what is wrong, or None."""

    name: str
    says: str
    broken: Callable[[dict[str, Any], Report], str | None]
    at: str = ""  # the field that is pointed at, if not the object itself


def exactly_one(*names: str) -> Across:
    """One of these fields and no other of them."""

    def broken(value: dict[str, Any], report: Report) -> str | None:
        if sum(value.get(name) is not None for name in names) == 1:
            return None
        return f"must provide exactly one of: {', '.join(names)}"

    return Across("either", f"exactly one of {', '.join(names)}", broken)


def at_least_one(*names: str) -> Across:
    """Any of these fields."""

    def broken(value: dict[str, Any], report: Report) -> str | None:
        if any(value.get(name) for name in names):
            return None
        return f"must provide at least one of: {', '.join(names)}"

    return Across("any_of", f"at least one of {', '.join(names)}", broken)


@dataclass(frozen=True)
class Shape:
    """An object: its required and optional fields, and rules across fields.

    `source` is its line in slack-platform.md. `surfaces` and `parents`: where it may stand; without
    parents in every block that has elements. A type is a field like any other, unless `Kinds`
    found the shape by it.
    """

    name: str
    source: str
    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    across: tuple[Across, ...] = ()
    surfaces: tuple[str, ...] = EVERY_SURFACE
    parents: tuple[str, ...] = ()
    code: str = IN_BLOCKS

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check an object against this shape."""
        if not isinstance(value, dict):
            report.add("any.object", "must provide an object", at.pointer)
            return
        at = At(at.pointer, self.name)
        before = len(report.problems)
        for name in self.required:
            if value.get(name) is None:
                text = f"missing required field: {name}"
                report.add(f"{self.name}.{name}.required", text, at.pointer)
        for name, given in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                report.add("any.unknown_field", f"invalid additional property: {name}", at.pointer)
            elif given is not None:
                check(given, at.field(name), report)
        if len(report.problems) == before:
            for one in self.across:
                problem = one.broken(value, report)
                if problem:
                    pointer = f"{at.pointer}/{one.at}" if one.at else at.pointer
                    report.add(f"{self.name}.{one.name}", problem, pointer)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """All of its rules, under its own name and source wherever it stands."""
        if self.surfaces != EVERY_SURFACE:
            says = f"only in {' and '.join(self.surfaces)}"
            yield Rule(f"{self.name}.surfaces", self.source, says, self.code)
        if self.parents:
            says = f"only in {', '.join(self.parents)}"
            yield Rule(f"{self.name}.parents", self.source, says, self.code)
        for field_name in self.required:
            rule_id = f"{self.name}.{field_name}.required"
            yield Rule(rule_id, self.source, "required", self.code)
        for field_name, check in (*self.required.items(), *self.optional.items()):
            for rule in check.rules(f"{self.name}.{field_name}", self.source):
                own = rule.id.startswith(f"{self.name}.")
                yield replace(rule, code=self.code) if own else rule
        for one in self.across:
            yield Rule(f"{self.name}.{one.name}", self.source, one.says, self.code)


@dataclass(frozen=True)
class Named:
    """A check that stands in many places and is the same rule in all of them."""

    name: str
    source: str
    check: Check

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a value, under the rule's own name."""
        self.check(value, At(at.pointer, self.name), report)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Its rules, under its own name and source."""
        yield from self.check.rules(self.name, self.source)


def without_type(value: dict[str, Any]) -> dict[str, Any]:
    """Give an object without the type that its shape was found by."""
    return {name: given for name, given in value.items() if name != "type"}


@dataclass(frozen=True)
class Kinds:
    """Any object of these types, where it may stand; `parent` is the block around elements.

    `otherwise` judges what is of none of these types.
    """

    name: str
    source: str
    shapes: Mapping[str, Shape]
    parent: str = ""
    otherwise: Check | None = None

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check an object by the shape of its type."""
        kind = value.get("type") if isinstance(value, dict) else None
        shape = self.shapes.get(str(kind))
        pointer = f"{at.pointer}/type"
        if shape is None and self.otherwise is not None:
            self.otherwise(value, at, report)
        elif shape is None:
            report.add(f"{self.name}.type", f"unsupported type: {kind}", pointer)
        elif self.parent and shape.parents and self.parent not in shape.parents:
            text = f"{kind} is not allowed in {self.parent}"
            report.add(f"{shape.name}.parents", text, pointer)
        elif report.surface not in shape.surfaces:
            text = f"{kind} is not supported in {report.surface}s"
            report.add(f"{shape.name}.surfaces", text, pointer)
        else:
            report.parent = self.parent
            shape(without_type(value), at, report)

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """That its type is known, and the rules of each type."""
        if self.otherwise is not None:
            yield from self.otherwise.rules(name, source)
        else:
            yield Rule(f"{self.name}.type", self.source, "a type that Slack knows here")
        for shape in self.shapes.values():
            yield from shape.rules(name, source)
