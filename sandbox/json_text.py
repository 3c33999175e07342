"""Reads JSON as Slack would: what the app sends, and what it says with its acknowledgements."""

import json
from typing import Any

from sandbox.model import Json


def parsed_json(given: str | bytes) -> Any:
    """What the JSON says; ValueError where it is none, nested too deep, or has half characters."""
    try:
        value = json.loads(given)
        json.dumps(value, ensure_ascii=False).encode()  # UnicodeEncodeError is a ValueError
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def as_answer(given: Any) -> Json:
    """What was answered as JSON: an object, nothing, or what stands there for plain words (2.8)."""
    if given is None:
        return {}
    return given if isinstance(given, dict) else {"text": json.dumps(given)}
