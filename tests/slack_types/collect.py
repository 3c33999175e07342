"""Writes every screen of the tests as TypeScript, for Slack's official types to judge.

Those of the table of screens, and what stories have shown before (`tests.slack_types.shown`).

    python -m tests.slack_types.collect FILE

Of blocks that differ only in what is written in them one is enough; the types know no lengths.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from tests.handlers.views.screens import FIXED, SCREENS, Drawn
from tests.handlers.views.test_screens import GIVEN, json_of
from tests.slack_types.shown import kept, without_words

INPUTS = ("nothing", "usual")
HEAD = """\
import type { HomeView, KnownBlock, ModalView, PlainTextOption } from "@slack/types";

type Known<V> = Omit<V, "blocks"> & { blocks: KnownBlock[] };
type Screen = Known<HomeView> | Known<ModalView>;

// The check can fail: these are refused, or tsc says that the next line is in order.
// @ts-expect-error a header takes plain text only
const _marked: KnownBlock = { type: "header", text: { type: "mrkdwn", text: "x" } };
// @ts-expect-error there is no such field
const _unknown: KnownBlock = { type: "divider", colour: "red" };
// @ts-expect-error a modal has a title
const _untitled: Screen = { type: "modal", blocks: [] };
"""


def collected() -> str:
    """All screens as one file of typed constants, each shape of them once."""
    found: dict[str, dict[str, None]] = {"Screen": {}, "PlainTextOption": {}, "KnownBlock": {}}
    for draw in (SCREENS | FIXED).values():
        for name in INPUTS:
            for screen in draw(GIVEN[name]):
                for kind, drawn in _parts(screen):
                    found[kind][json.dumps(without_words(drawn), sort_keys=True)] = None
    for kind, drawn in kept():
        found[kind][json.dumps(drawn, sort_keys=True)] = None
    consts = [
        f"export const {kind.lower()}{number}: {kind} = {drawn};"
        for kind, shapes in found.items()
        for number, drawn in enumerate(shapes, start=1)
    ]
    return "\n".join([HEAD, *consts, ""])


def _parts(screen: Drawn) -> Iterator[tuple[str, Any]]:
    drawn = json_of(screen)
    if isinstance(screen, View):
        # Its blocks are judged one by one: the same ones stand in many screens.
        yield "Screen", {**drawn, "blocks": []}
        drawn = drawn["blocks"]
    elif isinstance(screen, Option):
        yield "PlainTextOption", drawn
        return
    for block in drawn:
        yield "KnownBlock", block


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(collected())
