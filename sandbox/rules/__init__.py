"""What Slack accepts in blocks and views, as tables (slack-platform.md section 1)."""

from typing import Any


def message_problems(blocks: list[Any], pointer: str = "/blocks") -> list[str]:
    """What Slack would refuse in a message's blocks; empty when all is well."""
    return []


def view_problems(view: dict[str, Any], view_type: str) -> list[str]:
    """What Slack would refuse in a view of this type; empty when all is well."""
    return []


def suggestion_problems(answer: dict[str, Any]) -> list[str]:
    """What Slack would refuse in the answer to a block_suggestion."""
    return []
