"""What Slack accepts in blocks and views, as tables (slack-platform.md section 1)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.rules.blocks import block
from sandbox.rules.checks import Check, Report, Shape, boolean, list_of, one_of, string
from sandbox.rules.composition import OPTION, OPTION_GROUP, plain_text

MOST_IN_MESSAGE = 50  # 1.1
MOST_IN_VIEW = 100  # 1.1
MOST_MARKDOWN = 12_000  # 1.1, all markdown blocks together

_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_BLOCKS: dict[str, Check] = {
    "type": one_of("modal", "home"),
    "blocks": list_of(block, 0, MOST_IN_VIEW),
}


def _submit_for_inputs(view: dict[str, Any], pointer: str, report: Report) -> None:
    if any(given["type"] == "input" for given in view["blocks"]) and not view.get("submit"):
        report.add("missing required field: submit", pointer)


MODAL = Shape(
    "1.5",
    {**_BLOCKS, "title": plain_text(24)},
    {
        **_VIEW_FIELDS,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    (_submit_for_inputs,),
)
HOME = Shape("1.5", _BLOCKS, _VIEW_FIELDS)
SUGGESTION = Shape(
    "2.5",
    {},
    {"options": list_of(OPTION, 0, 100), "option_groups": list_of(OPTION_GROUP, 0, 100)},
    (
        lambda value, pointer, report: (
            None
            if len(value) == 1
            else report.add("must provide exactly one of: options, option_groups", pointer)
        ),
    ),
)


def message_problems(blocks: list[Any], pointer: str = "/blocks") -> list[str]:
    """What Slack would refuse in a message's blocks; empty when all is well."""
    report = Report("message")
    list_of(block, 0, MOST_IN_MESSAGE)(blocks, pointer, report)
    if not report.messages:
        _unique_block_ids(blocks, pointer, report)
        texts = [given["text"] for given in blocks if given["type"] == "markdown"]
        if len("".join(texts)) > MOST_MARKDOWN:
            report.add(f"must be less than {MOST_MARKDOWN + 1} characters", pointer)
    return report.messages


def view_problems(view: dict[str, Any], view_type: str) -> list[str]:
    """What Slack would refuse in a view of this type; empty when all is well."""
    report = Report(view_type)
    (MODAL if view_type == "modal" else HOME)(view, "/view", report)
    if not report.messages and view["type"] != view_type:
        report.add(f"must be a {view_type} view", "/view/type")
    if not report.messages:
        _unique_block_ids(view["blocks"], "/view/blocks", report)
        if sum(one.get("focus_on_load") is True for one in _objects(view)) > 1:
            report.add("only one element may have focus_on_load", "/view/blocks")
    return report.messages


def suggestion_problems(answer: dict[str, Any]) -> list[str]:
    """What Slack would refuse in the answer to a block_suggestion."""
    report = Report("modal")
    SUGGESTION(answer, "", report)
    return report.messages


def _unique_block_ids(blocks: list[Any], pointer: str, report: Report) -> None:
    counts = Counter(given["block_id"] for given in blocks if given.get("block_id"))
    for block_id, count in counts.items():
        if count > 1:
            report.add(f"block_id {block_id} already exists", pointer)


def _objects(given: Any) -> Iterator[dict[str, Any]]:
    if isinstance(given, dict):
        yield given
        for inner in given.values():
            yield from _objects(inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _objects(inner)
