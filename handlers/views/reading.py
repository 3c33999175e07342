"""Reads what a member put into a form, from Slack's state of a view.

Slack may leave a leaf out, send null or send an empty list where nothing was entered: all three
read as "nothing".
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

View = Mapping[str, Any]
Value = TypeVar("Value", bound=StrEnum)


class FormErrors(Exception):
    """A form that cannot be saved as it is: for each block id, what would be right."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(errors)))
        self.errors = errors


def _leaf(view: View, block_id: str) -> Mapping[str, Any]:
    values = (view.get("state") or {}).get("values") or {}
    return next(iter((values.get(block_id) or {}).values()), None) or {}


def text(view: View, block_id: str) -> str:
    """What was typed, without white space around it."""
    return (_leaf(view, block_id).get("value") or "").strip()


def chosen(view: View, block_id: str) -> str | None:
    """The value of the chosen option."""
    return (_leaf(view, block_id).get("selected_option") or {}).get("value")


def chosen_of(view: View, block_id: str, kind: type[Value]) -> Value | None:
    """The chosen value of a closed list; one that the list does not hold reads as nothing."""
    value = chosen(view, block_id)
    return kind(value) if value in set(kind) else None


def chosen_id(view: View, block_id: str) -> int | None:
    """The chosen option's value as a row's id: a claim, checked where it is used."""
    return as_id(chosen(view, block_id))


def chosen_ids(view: View, block_id: str) -> list[int]:
    """The values of all chosen options as ids of rows: claims, like the one above."""
    ids = [as_id(value) for value in all_ticked(view, block_id)]
    return [row_id for row_id in ids if row_id is not None]


def as_id(value: str | None) -> int | None:
    """Read a row's id out of an option or a button; anything else reads as none.

    PostgreSQL's ids end at 2**63 - 1: more digits cannot be an id.
    """
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 18:
        return None
    return int(value)


def ticked(view: View, block_id: str) -> bool:
    """Whether a checkbox is ticked."""
    return bool(_leaf(view, block_id).get("selected_options"))


def all_ticked(view: View, block_id: str) -> list[str]:
    """The values of all boxes that are ticked."""
    options = _leaf(view, block_id).get("selected_options") or []
    return [option["value"] for option in options]


def asked(view: View, prefix: str = "") -> list[str]:
    """The ids of the questions that a form has, of those that begin like this, in their order."""
    ids = [block.get("block_id", "") for block in view.get("blocks") or []]
    return [block_id for block_id in ids if block_id.startswith(prefix)]


def moment(view: View, block_id: str) -> datetime | None:
    """The picked date and time, as aware UTC."""
    seconds = _leaf(view, block_id).get("selected_date_time")
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def day(view: View, block_id: str) -> date | None:
    """The picked date."""
    picked = _leaf(view, block_id).get("selected_date")
    return date.fromisoformat(picked) if picked else None
