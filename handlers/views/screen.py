"""A message before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from handlers.views.words import Line, fallback, rich


@dataclass(frozen=True)
class Message:
    """A message's blocks and the text that notifications and screen readers read."""

    text: str
    blocks: Sequence[Block]


def one_line(*pieces: Line) -> Message:
    """A message of one or a few lines, without buttons."""
    return Message(text="\n".join(fallback(line) for line in pieces), blocks=[rich(*pieces)])
