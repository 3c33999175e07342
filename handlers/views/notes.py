"""A contact's note as it is shown: what was typed, and the links to messages in it."""

import re

from handlers.views.words import Line, Link, Piece, cut

_SLACK_MESSAGE = re.compile(r"https://[a-z0-9-]+(?:\.enterprise)?\.slack\.com/archives/[\w/?=&.]+")


def noted(note: str, most: int) -> Line:
    """Give a note, cut to so many characters; a line that is a Slack message's link leads there.

    What else looks like a link stays as it was typed.
    """
    line: list[Piece] = []
    for number, typed in enumerate(cut(note, most).split("\n")):
        line.append("\n" if number else "")
        is_message = _SLACK_MESSAGE.fullmatch(typed)
        line.append(Link(typed, "Open the message") if is_message else typed)
    return line
