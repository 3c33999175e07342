"""What a message is for: not every rule is about every message."""

import re
from enum import StrEnum

_TALKED = (
    r"thanks?(?: you)?(?: so much| very much| again)?,? for (?:\w+ ){0,3}?"
    r"(?:talk|time|chat|call|conversation|meeting|speaking|advice|insights?|coffee|lunch)"
)
_THANKED = re.compile(rf"\b{_TALKED}", re.IGNORECASE)
_AHEAD = re.compile(
    r"\?|\b(?:in advance|could we|can we|would you be|for reading|for considering)\b",
    re.IGNORECASE,
)


class Purpose(StrEnum):
    """What a message is for."""

    ASK = "ask"
    FOLLOW_UP = "follow_up"
    TIMES = "times"
    THANKS = "thanks"
    NEWS = "news"


def guess(text: str) -> Purpose:
    """Guess what a message is for: a thank-you asks for nothing; all else is read as an ask."""
    opening = text.strip()[:200]
    if _THANKED.search(opening) and not _AHEAD.search(text):
        return Purpose.THANKS
    return Purpose.ASK
