"""What a message may carry that nobody sees (slack-platform.md 9)."""

import json
from typing import Any

from sandbox.model import Json
from sandbox.rules.methods import LONGEST_METADATA, broken

_METADATA = {"event_type", "event_payload"}


def _may_be_carried(value: Any) -> bool:
    """Whether Slack's types have such a value in event_payload: no null, no list of texts."""
    objects = value if isinstance(value, list) else [value] if isinstance(value, dict) else None
    if objects is None:
        return isinstance(value, str | int | float)
    flat = [inner for one in objects if isinstance(one, dict) for inner in one.values()]
    return all(isinstance(one, dict) for one in objects) and all(
        isinstance(inner, str | int | float) for inner in flat
    )


def check_metadata(asked: Json) -> None:
    """Check the metadata of a message; SlackError for what Slack refuses."""
    metadata = asked.get("metadata")
    if metadata is None or ("ts" in asked and metadata == {}):  # nothing, or none any more
        return
    if not isinstance(metadata, dict):
        raise broken("chat.metadata.form")
    good = isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    carried = isinstance(metadata.get("event_payload"), dict) and metadata.keys() == _METADATA
    if not good or not carried:
        raise broken("chat.metadata.form")
    if not all(map(_may_be_carried, metadata["event_payload"].values())):
        raise broken("chat.metadata.values")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > LONGEST_METADATA:
        raise broken("chat.metadata.size")
