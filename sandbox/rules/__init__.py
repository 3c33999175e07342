"""What Slack accepts in blocks and views, as tables (slack-platform.md section 1)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.rules.blocks import BLOCK
from sandbox.rules.checks import (
    EVERYWHERE,
    At,
    Boolean,
    Check,
    ListOf,
    OneOf,
    Problem,
    Report,
    Rule,
    String,
)
from sandbox.rules.composition import OPTION, OPTION_GROUP, plain_text
from sandbox.rules.shapes import Across, Shape, exactly_one

MOST_MARKDOWN = 12_000  # all markdown blocks together
IN_VIEWS = "invalid_arguments"

_FIELDS: dict[str, Check] = {
    "private_metadata": String(3000),
    "callback_id": String(255),
    "external_id": String(255),
}


def _no_submit(view: dict[str, Any], report: Report) -> str | None:
    asks = any(given["type"] == "input" for given in view["blocks"])
    return "missing required field: submit" if asks and not view.get("submit") else None


def _block_id_twice(view: dict[str, Any], report: Report) -> str | None:
    counts = Counter(given["block_id"] for given in view["blocks"] if given.get("block_id"))
    twice = [block_id for block_id, count in counts.items() if count > 1]
    return f"block_id {twice[0]} already exists" if twice else None


def _focus_twice(view: dict[str, Any], report: Report) -> str | None:
    focused = sum(one.get("focus_on_load") is True for one in _objects(view))
    return "only one element may have focus_on_load" if focused > 1 else None


def _too_much_markdown(message: dict[str, Any], report: Report) -> str | None:
    texts = [given["text"] for given in message["blocks"] if given["type"] == "markdown"]
    if len("".join(texts)) <= MOST_MARKDOWN:
        return None
    return f"must be less than {MOST_MARKDOWN + 1} characters"


_UNIQUE = Across("block_id", "block_id unique", _block_id_twice, "blocks")
_FOCUS = Across("focus_on_load", "one focus_on_load at most", _focus_twice, "blocks")
MODAL = Shape(
    "modal",
    "1.5 view",
    {"type": OneOf("modal"), "blocks": ListOf(BLOCK, 1, 100), "title": plain_text(24)},
    {
        **_FIELDS,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": Boolean(),
        "notify_on_close": Boolean(),
    },
    (Across("submit", "submit where there is an input", _no_submit), _UNIQUE, _FOCUS),
    code=IN_VIEWS,
)
HOME = Shape(
    "home",
    "1.5 view",
    {"type": OneOf("home"), "blocks": ListOf(BLOCK, 1, 100)},
    _FIELDS,
    (_UNIQUE, _FOCUS),
    code=IN_VIEWS,
)
MESSAGE = Shape(
    "message",
    "1.1 blocks per message",
    {},
    {"blocks": ListOf(BLOCK, 0, 50)},
    (
        _UNIQUE,
        _FOCUS,
        Across(
            "markdown",
            f"{MOST_MARKDOWN} characters in markdown blocks",
            _too_much_markdown,
            "blocks",
        ),
    ),
)
SUGGESTION = Shape(
    "suggestion",
    "2.5 block_suggestion",
    {},
    {"options": ListOf(OPTION, 0, 100), "option_groups": ListOf(OPTION_GROUP, 0, 100)},
    (exactly_one("options", "option_groups"),),
    code=IN_VIEWS,
)


def _every_rule() -> Iterator[Rule]:
    yield from EVERYWHERE
    for shape in (MESSAGE, MODAL, HOME, SUGGESTION):
        yield from shape.rules("", "")


# Every rule of the tables by its id.
RULES: dict[str, Rule] = {rule.id: rule for rule in _every_rule()}


def message_problems(blocks: list[Any], pointer: str = "") -> list[Problem]:
    """What Slack would refuse in a message's blocks; empty when all is well."""
    report = Report("message")
    MESSAGE({"blocks": blocks}, At(pointer, ""), report)
    return report.problems


def view_problems(view: dict[str, Any], view_type: str) -> list[Problem]:
    """What Slack would refuse in a view of this type; empty when all is well."""
    report = Report(view_type)
    (MODAL if view_type == "modal" else HOME)(view, At("/view", ""), report)
    return report.problems


def suggestion_problems(answer: dict[str, Any]) -> list[Problem]:
    """What Slack would refuse in the answer to a block_suggestion."""
    report = Report("modal")
    SUGGESTION(answer, At("", ""), report)
    return report.problems


def text_in(blocks: list[Any]) -> int:
    """How many characters of text all these blocks hold together."""
    return sum(len(one["text"]) for one in _objects(blocks) if isinstance(one.get("text"), str))


def _objects(given: Any) -> Iterator[dict[str, Any]]:
    if isinstance(given, dict):
        yield given
        for inner in given.values():
            yield from _objects(inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _objects(inner)
