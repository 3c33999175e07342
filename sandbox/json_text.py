"""Reads JSON as Slack would: what the app sends, and what it says with its acknowledgements."""

import json
from typing import Any


def parsed_json(given: str | bytes) -> Any:
    """What the JSON says; ValueError where it is none, nested too deep, or has half characters."""
    try:
        value = json.loads(given)
        json.dumps(value, ensure_ascii=False).encode()  # UnicodeEncodeError is a ValueError
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value
