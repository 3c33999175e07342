"""Keeps out of sight what opens doors: tokens, secrets, tickets and answering addresses."""

import re
from typing import Any

HIDDEN = "(hidden)"
_NAMES = re.compile(r"(?i)(^|_)(token|secret|signature|password|authorization)$")
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")
_DOOR = re.compile(r"(?i)([?&](?:ticket|token)=)[^&\s\"]+|(/hooks/)[^\s\"]+|(/upload/)[^\s\"]+")


def without_secrets(given: Any) -> Any:
    """The same value, with every token, secret and secret address hidden, however deep."""
    if isinstance(given, dict):
        return {
            key: HIDDEN if _NAMES.search(str(key)) and value else without_secrets(value)
            for key, value in given.items()
        }
    if isinstance(given, list):
        return [without_secrets(one) for one in given]
    if isinstance(given, str):
        shown = _TOKEN.sub(HIDDEN, given)
        return _DOOR.sub(lambda found: next(filter(None, found.groups())) + HIDDEN, shown)
    return given
