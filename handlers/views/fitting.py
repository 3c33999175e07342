"""Makes the longest messages fit: Slack takes only so much text in all blocks of one together."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from slack_sdk.models.blocks import Block, RichTextBlock, RichTextElementParts

from handlers.views.words import cut

# Slack names no number. It has refused 11,341 characters (bolt-js issue 2867).
MOST_IN_BLOCKS = 9_500
# The longest piece of typed text, in the steps by which long ones give way.
_LONGEST_PIECE = (500, 300, 200, 150, 100, 75, 50, 30, 20, 10)


def fitting(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks as they are, or with their longest pieces of typed text cut until they fit."""
    rich = sum(len(part.text) for part in _typed(blocks))
    if rich < MOST_IN_BLOCKS // 4:
        return blocks  # whatever the buttons and menus say besides
    room = MOST_IN_BLOCKS - (_text_in([block.to_dict() for block in blocks]) - rich)
    if rich <= room:
        return blocks
    shorter = deepcopy(list(blocks))
    for longest in _LONGEST_PIECE:
        for part in _typed(shorter):
            part.text = cut(part.text, longest)
        if sum(len(part.text) for part in _typed(shorter)) <= room:
            break
    return shorter


def _typed(blocks: Sequence[Block]) -> Iterator[RichTextElementParts.Text]:
    for block in blocks:
        for section in block.elements if isinstance(block, RichTextBlock) else []:
            for part in getattr(section, "elements", []):
                if isinstance(part, RichTextElementParts.Text):
                    yield part


def _text_in(drawn: Any) -> int:
    if isinstance(drawn, dict):
        own = drawn.get("text")
        inner = sum(map(_text_in, drawn.values()))
        return inner + (len(own) if isinstance(own, str) else 0)
    return sum(map(_text_in, drawn)) if isinstance(drawn, list) else 0
