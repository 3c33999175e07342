"""Block Kit pieces, and how the page draws them for one reader."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.clock import VirtualClock
from sandbox.model import Json, Place
from sandbox.page.blockkit import Surface
from sandbox.page.environment import environment
from sandbox.page.mrkdwn import Reader
from sandbox.state import initial_held
from sandbox.workspace import Person, Workspace
from tests.sandbox.browsing import Tags

LONDON = ZoneInfo("Europe/London")
READER = Reader(
    zone=LONDON,
    now=datetime(2026, 6, 1, 8, 0, tzinfo=UTC),
    users={"U0ADA": "Ada Brook", "U0BEN": "Ben Okafor"},
    channels={"C0GENERAL": "general"},
    me="U0ADA",
)


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def option(label: str, **more: Any) -> Json:
    """An option whose value is its label in small letters."""
    return {"text": plain(label), "value": label.lower(), **more}


def entry(element: Json, block_id: str = "b", label: str = "Label", **more: Any) -> Json:
    """An input block around an element."""
    own = {"action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": own, **more}


def drawn(*blocks: Json, errors: dict[str, str] | None = None) -> str:
    """The HTML of these blocks in a modal; its tags are all closed in order."""
    clock = VirtualClock(READER.now, running=False)
    templates = environment(Workspace([Person("Ada Brook")], clock, "Sample"))
    given = list(blocks)
    surface = Surface(
        "modal", Place(view_id="V1"), given, READER, initial_held(given), errors or {}
    )
    template = templates.from_string('{% import "blocks.html" as b %}{{ b.draw(surface) }}')
    html = template.render(surface=surface)
    assert Tags(html)
    return html
