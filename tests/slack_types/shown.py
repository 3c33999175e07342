"""Keeps the shape of every screen that any test shows, for Slack's official types to judge.

The tests run first, in several processes: each shape is a file named by what is in it.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sandbox.model import Traffic
from sandbox.server import Sandbox

FOLDER = Path(__file__).parent / "build" / "shown"
# The fields that hold words, ids or addresses: any string is as good as any other.
WORDS = {
    "text",
    "value",
    "alt_text",
    "initial_value",
    "private_metadata",
    "callback_id",
    "external_id",
    "action_id",
    "block_id",
    "url",
    "image_url",
    "fallback",
    "format",
    "user_id",
    "initial_date",
    "initial_time",
    "initial_user",
}


def keep_what_every_sandbox_shows() -> None:
    """Keep what goes through any sandbox of this process from now on.

    What is answered counts where nothing was refused: an answer is judged after it was recorded.
    """
    record, stop = Sandbox.record, Sandbox.stop

    def recording(sandbox: Sandbox, direction: str, *exchange: Any, **more: Any) -> None:
        record(sandbox, direction, *exchange, **more)
        if direction == "to Slack":
            keep([sandbox.workspace.traffic[-1]])

    async def stopping(sandbox: Sandbox) -> None:
        await stop(sandbox)
        if not sandbox.refusals:
            keep(entry for entry in sandbox.workspace.traffic if entry.direction != "to Slack")

    Sandbox.record = recording  # type: ignore[assignment, method-assign]
    Sandbox.stop = stopping  # type: ignore[assignment, method-assign]


def keep(traffic: Iterable[Traffic], folder: Path = FOLDER) -> None:
    """Keep what the app showed in these exchanges, each shape once."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in traffic:
        told = entry.payload if entry.direction == "to Slack" else entry.answer
        if entry.refused is not None:
            continue  # Slack's own rules have judged it
        for kind, drawn in screens_in(told):
            shape = json.dumps([kind, without_words(drawn)], sort_keys=True)
            file = folder / f"{sha256(shape.encode()).hexdigest()}.json"
            if not file.exists():
                file.write_text(shape, encoding="utf-8")


def kept(folder: Path = FOLDER) -> Iterator[tuple[str, Any]]:
    """Give what was kept, each with the type that it is to have."""
    for file in sorted(folder.glob("*.json")):
        kind, drawn = json.loads(file.read_text(encoding="utf-8"))
        yield kind, drawn


def screens_in(told: Any) -> Iterator[tuple[str, Any]]:
    """Find views, blocks and options in what an app says, each with the type it is to have."""
    if isinstance(told, list):
        for part in told:
            yield from screens_in(part)
    if not isinstance(told, dict):
        return
    blocks = told.get("blocks")
    if told.get("type") in ("modal", "home") and isinstance(blocks, list):
        # Its blocks are judged one by one: the same ones stand in many screens.
        yield "Screen", {**told, "blocks": []}
    for block in blocks if isinstance(blocks, list) else ():
        yield "KnownBlock", block
    if "type" not in told and isinstance(told.get("options"), list):
        for option in told["options"]:
            yield "PlainTextOption", option
    for name in ("view", "attachments"):
        yield from screens_in(told.get(name))


def without_words(drawn: Any) -> Any:
    """Give the same with one word for all; of list items that are alike then one stays."""
    if isinstance(drawn, dict):
        return {
            name: "x" if name in WORDS and isinstance(inner, str) else without_words(inner)
            for name, inner in drawn.items()
        }
    if isinstance(drawn, list):
        items = {json.dumps(one, sort_keys=True): one for one in map(without_words, drawn)}
        return list(items.values())
    return drawn
