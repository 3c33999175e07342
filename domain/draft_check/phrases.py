"""Reads what the rules look for from phrases.toml, once."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_WORDS = re.compile(r"\{([a-z]+)\}")


def phrase(name: str) -> re.Pattern[str]:
    """Give the pattern of one list of phrases; each phrase begins at a word."""
    return _all()[name]


@cache
def _all() -> Mapping[str, re.Pattern[str]]:
    text = files("domain.draft_check").joinpath("phrases.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)
    words: dict[str, str] = known["words"]

    def pattern(phrases: list[str]) -> re.Pattern[str]:
        spelt = (_WORDS.sub(lambda word: words[word[1]], phrase) for phrase in phrases)
        return re.compile(_GROUP.sub("(?:", rf"\b(?:{'|'.join(spelt)})"))

    return {name: pattern(phrases) for name, phrases in known["phrases"].items()}
