"""A message before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.views.fitting import fitting
from handlers.views.words import MOST_TEXT, Line, fallback, rich, shortened

PRIMARY = "primary"


@dataclass(frozen=True)
class Message:
    """A message's blocks and the text that notifications and screen readers read."""

    text: str
    blocks: Sequence[Block]

    def __post_init__(self) -> None:
        """Whoever draws a message, it fits."""
        object.__setattr__(self, "blocks", fitting(self.blocks))


def message(text: str, *blocks: Block) -> Message:
    """A message whose text also tells what its first row of buttons offers."""
    offered = next(filter(None, map(buttons_read, blocks)), "")
    return Message(text=with_buttons(text, offered, MOST_TEXT), blocks=blocks)


def one_line(*pieces: Line) -> Message:
    """A message of one or a few lines, without buttons."""
    return message("\n".join(fallback(line) for line in pieces), rich(*pieces))


def with_buttons(text: str, offered: str, most: int) -> str:
    """Put what the buttons offer after a text that is cut to leave room for it."""
    if not offered:
        return shortened(text, most)
    return f"{shortened(text, most - len(offered) - 1)} {offered}"


def buttons_read(block: Block) -> str:
    """What a screen reader is told of a row of buttons: the coloured one is the next step."""
    buttons = [
        element
        for element in (block.elements if isinstance(block, ActionsBlock) else [])
        if isinstance(element, ButtonElement)
    ]
    labels = {str(button.text.text): button.style for button in buttons if button.text}
    following = next((label for label, style in labels.items() if style == PRIMARY), None)
    if following is not None:
        return f"Next: {following}."
    return f"Buttons: {', '.join(labels)}." if labels else ""
