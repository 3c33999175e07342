"""Composition objects (slack-platform.md 1.4)."""

from typing import Any

from sandbox.rules.checks import (
    Check,
    Report,
    Shape,
    boolean,
    exactly_one,
    list_of,
    one_of,
    string,
    url,
)

SOURCE = "1.4"
BUTTON_SCHEMES = "[a-z][a-z0-9+.-]*"


def plain_text(most: int) -> Check:
    """A plain_text object of 1 to `most` characters."""
    return _text(most, ("plain_text",))


def any_text(most: int) -> Check:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    return _text(most, ("plain_text", "mrkdwn"))


def _text(most: int, kinds: tuple[str, ...]) -> Check:
    text = string(most, 1)
    shapes = {
        "plain_text": Shape(SOURCE, {"text": text}, {"emoji": boolean}),
        "mrkdwn": Shape(SOURCE, {"text": text}, {"verbatim": boolean}),
    }

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
        elif value.get("type") not in kinds:
            report.add(f"must be a valid text object of type {' or '.join(kinds)}", pointer)
        else:
            shapes[value["type"]](value, pointer, report)

    return check


_VALUE = string(150, 1)
_LABELS = {"plain_text": plain_text(75), "any": any_text(75)}


def option(texts: str = "plain_text", *, with_url: bool = False) -> Shape:
    """One option; radio buttons and checkboxes take mrkdwn ("any"), overflow menus a url."""
    more: dict[str, Check] = {"url": url(3000, BUTTON_SCHEMES)} if with_url else {}
    return Shape(
        SOURCE,
        {"text": _LABELS[texts], "value": _VALUE},
        {"description": _LABELS[texts], **more},
    )


OPTION = option()
OPTION_GROUP = Shape(SOURCE, {"label": plain_text(75), "options": list_of(OPTION, 1, 100)})
CONFIRM = Shape(
    SOURCE,
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)
DISPATCH_ACTION_CONFIG = Shape(
    SOURCE,
    {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
)
SLACK_FILE = Shape(SOURCE, {}, {"id": string(255, 1), "url": url()}, (exactly_one("id", "url"),))
CONVERSATION_FILTER = Shape(
    "1.3",
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (
        lambda value, pointer, report: (
            None if len(value) > 0 else report.add("must provide at least one filter", pointer)
        ),
    ),
)
