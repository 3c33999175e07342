"""What the draft check found, line by line: where, why, and a better way to say it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from domain.draft_check import MOST_WORDS, WORDS_TO_AIM_FOR, Finding
from handlers.views.elements import small
from handlers.views.words import Bold, Line, Quiet, counted, cut, number_word, rich

_LONGEST_QUOTE = 150


def findings_blocks(findings: Sequence[Finding], words: int) -> list[Block]:
    """Draw the count of words and each finding below it."""
    count = counted(words, "word", "words")
    blocks: list[Block] = [small(f"{count}; aim for {WORDS_TO_AIM_FOR}, at most {MOST_WORDS}.")]
    if not findings:
        return [*blocks, rich([Bold("Nothing to change."), " Read it aloud once, then send it."])]
    number = f"{number_word(len(findings))} {'thing' if len(findings) == 1 else 'things'}"
    blocks.append(rich([Bold(f"{number} to look at")]))
    return [*blocks, *(rich(*_lines(finding)) for finding in findings)]


def _lines(finding: Finding) -> list[Line]:
    place = f" · line {finding.line}" if finding.quote else ""
    lines: list[Line] = [[Bold(finding.title), place]]
    if finding.quote:
        lines.append([Quiet(f"“{cut(finding.quote, _LONGEST_QUOTE)}”")])
    return [*lines, [finding.reason], ["Better: ", finding.better]]
