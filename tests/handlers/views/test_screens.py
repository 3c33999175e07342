"""Slack accepts every screen, and shows what members typed as they typed it."""

import html
import importlib
import json
import pkgutil
import re
from collections.abc import Callable
from inspect import getmembers, isfunction
from typing import Any, get_type_hints

import pytest
from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

import handlers.views
from handlers.views.screen import Message
from sandbox.rules import message_problems, suggestion_problems, text_in, view_problems
from sandbox.rules.methods import LARGEST_VIEW, MOST_TEXT_IN_BLOCKS
from tests.handlers.views.drawn import (
    marked_up,
    next_step,
    objects,
    shown_as_is,
    without_own_markup,
)
from tests.handlers.views.screens import FIXED, SCREENS, Drawn, Overlong, Typed

HOSTILE = {
    "broadcast": "<!channel> <!here>",
    "mention": "<@U123> <#C123|general>",
    "entity": "&lt;!channel&gt; &amp; &",
    "link": "<https://example.org|click me>",
    "emoji": "🙂👩🏽‍🚀 :tada:",
    "right-to-left": "\u202eעדה ברוק\u202c",
    "SQL": "'; DROP TABLE contacts; --",
    "template": "{{ 7*7 }} {name} %s ${x}",
    "markup": "*bold* _it_ `code` ~x~ ```pre```",
    "date": "<!date^0^{date}|soon>",
    "quote": '> "quoted" \\n \\',
}
GIVEN = {
    "nothing": Typed(""),
    "usual": Typed("Ada Brook", many=3),
    "longest": Typed("W", many=20, to_the_brim=True),
    "longest words": Typed("Grace Hill at Acme, ", many=20, to_the_brim=True),
    "longest escaped": Typed("&<>", many=20, to_the_brim=True),
    "longest emoji": Typed("👩🏽‍🚀", many=20, to_the_brim=True),
    "3000 characters": Typed("<!channel>" * 300, many=20),
    "hostile": Typed(" ".join(HOSTILE.values()), many=20),
}
# Pictures: written as such, or by their names between colons.
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]|:[a-z0-9_+-]+:")
TEXTS = ("text", "plain_text", "mrkdwn")
# These modules hold what screens are made of.
PARTS = {"elements", "metadata", "reading", "words"}
Screen = Callable[..., Any]


def test_every_screen_is_guarded_here() -> None:
    """A new screen needs its line in the table."""
    found = set()
    for module in pkgutil.iter_modules(handlers.views.__path__):
        if module.name in PARTS:
            continue
        name = f"handlers.views.{module.name}"
        for _, function in getmembers(importlib.import_module(name), isfunction):
            own = function.__module__ == name and not function.__name__.startswith("_")
            returns = get_type_hints(function).get("return") if own else None
            if returns in (View, Message, Option, Block, list[Block]):
                found.add(function)
    assert found == {*SCREENS, *FIXED}


def named(screens: dict[Screen, Any]) -> list[Any]:
    return [pytest.param(draw, id=screen.__name__) for screen, draw in screens.items()]


@pytest.mark.parametrize("draw", named(FIXED))
def test_slack_accepts_every_screen_that_shows_nothing_typed(
    draw: Callable[[Typed], list[Drawn]],
) -> None:
    for screen in draw(GIVEN["usual"]):
        assert problems(screen) == []


@pytest.mark.parametrize("given", [pytest.param(g, id=name) for name, g in GIVEN.items()])
@pytest.mark.parametrize("draw", named(SCREENS))
def test_slack_accepts_every_screen(draw: Callable[[Typed], list[Drawn]], given: Typed) -> None:
    """Empty, usual, as full as the forms allow, and hostile: nothing that Slack would refuse.

    However long the names are, message text is cut between characters only: no half of an
    escaped character, no half of a date.
    """
    for screen in draw(given):
        assert problems(screen) == []
        if isinstance(screen, Message):
            assert_escaped(screen.text)


@pytest.mark.parametrize("text", [pytest.param(t, id=name) for name, t in HOSTILE.items()])
@pytest.mark.parametrize("draw", named(SCREENS))
def test_what_was_typed_is_shown_as_typed(draw: Callable[[Typed], list[Drawn]], text: str) -> None:
    """Never as markup, mention or link: exactly as it is in blocks, escaped in message text.

    Message text says what the blocks say: a screen reader reads the name, too.
    """
    shown = False
    for screen in draw(Typed(text)):
        drawn = json_of(screen)
        in_blocks = text in shown_as_is(drawn)
        shown |= in_blocks
        assert text not in marked_up(drawn)
        if isinstance(screen, Message):
            assert_escaped(screen.text)
            assert not in_blocks or text in html.unescape(without_own_markup(screen.text))
    assert shown


@pytest.mark.parametrize("draw", named(SCREENS | FIXED))
def test_who_hears_or_sees_no_pictures_misses_nothing(
    draw: Callable[[Typed], list[Drawn]],
) -> None:
    """A screen reader reads what the message says first, and its next step; no emoji stands alone.

    The next step is the coloured button of the first row, or else the first one.
    """
    for screen in draw(GIVEN["usual"]):
        drawn = json_of(screen)
        written = [one["text"] for one in objects(drawn) if one.get("type") in TEXTS]
        for text in filter(EMOJI.search, map(str, written)):
            assert re.search(r"[A-Za-z]{2}", EMOJI.sub("", text)), text
        if isinstance(screen, Message):
            said = plain_words(screen.text)
            assert plain_words(written[0])[:30] in said
            assert next_step(drawn) in said


@pytest.mark.parametrize("draw", named(SCREENS))
def test_no_box_begins_with_more_than_it_takes(draw: Callable[[Typed], list[Drawn]]) -> None:
    """Slack would not let a member save a box that is overfull from the start."""
    for screen in draw(Overlong("W")):
        for box in objects(json_of(screen)):
            if "initial_value" in box and "max_length" in box:
                assert len(box["initial_value"]) <= box["max_length"]


def plain_words(text: str) -> str:
    """Words without the marks for bold and code, which nobody reads aloud."""
    return " ".join(re.sub(r"[*_`]", "", html.unescape(text)).split())


def json_of(screen: Drawn) -> Any:
    """The JSON that goes to Slack; drawing it runs slack_sdk's own checks."""
    if isinstance(screen, View | Option):
        return screen.to_dict()
    blocks = screen.blocks if isinstance(screen, Message) else screen
    return [block.to_dict() for block in blocks]


def problems(screen: Drawn) -> list[str]:
    """What Slack would refuse."""
    drawn = json_of(screen)
    if isinstance(screen, View):
        too_large = len(json.dumps(drawn, ensure_ascii=False).encode()) > LARGEST_VIEW
        found = [problem.text for problem in view_problems(drawn, screen.type)]
        return [*found, *(["view_too_large"] if too_large else [])]
    if isinstance(screen, Option):
        return [problem.text for problem in suggestion_problems({"options": [drawn]})]
    found = [problem.text for problem in message_problems(drawn)]
    if isinstance(screen, Message) and text_in(drawn) > MOST_TEXT_IN_BLOCKS:
        found.append(f"{text_in(drawn)} characters in blocks")
    if isinstance(screen, Message) and not 0 < len(screen.text) <= 3900:
        found.append(f"text of {len(screen.text)} characters")
    return found


def assert_escaped(text: str) -> None:
    """Nothing in message text has a meaning for Slack, but for what the bot wrote itself."""
    foreign = without_own_markup(text)
    assert "<" not in foreign
    assert ">" not in foreign
    assert not re.search(r"&(?!amp;|lt;|gt;)", foreign)
