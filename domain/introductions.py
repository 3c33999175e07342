"""Which promises are promises of an introduction: they are typed in words, and have no kinds."""

import re

_IN_WORDS = re.compile(
    r"\b(?:introduc\w*|intros?|referrals?"
    r"|(?:refer|connect)(?:s|ring|ing)? (?:me|you|us)"
    r"|(?:put|puts|bring|brings|get|gets)\b.{1,40}?\bin(?:to)? (?:touch|contact))\b",
    re.IGNORECASE | re.DOTALL,
)


def is_introduction(promise: str) -> bool:
    """Say whether these words promise to bring the member together with somebody."""
    return _IN_WORDS.search(promise) is not None
