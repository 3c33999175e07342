"""Pages of a list: limit and cursor."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TypeVar

from sandbox.model import Json
from sandbox.rules.methods import broken

MOST = 999  # "max < 1000", slack-platform.md 4.1
T = TypeVar("T")


def page(items: Sequence[T], asked: Json, default: int = 100) -> tuple[list[T], str]:
    """One page and the cursor of the next, "" at the end."""
    limit = asked.get("limit") or default
    if not 0 < limit <= MOST:
        raise broken("paging.limit")
    start = _offset(asked.get("cursor") or "")
    rest = start + limit
    cursor = b64encode(f"next:{rest}".encode()).decode() if rest < len(items) else ""
    return list(items[start:rest]), cursor


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, start = b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        raise broken("paging.cursor") from None
    if word != "next" or not start.isdecimal():
        raise broken("paging.cursor")
    return int(start)
