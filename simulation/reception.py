"""Reads what members received: each message of the bot's in their DM, as it stood when it came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.model import Json, Message
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from simulation.journal import Journal, iso
from simulation.names import CONTACT

EVENT_TYPE = "rapport_nudges"
# Only a digest has these two below its items.
DIGEST_ROW = {"Settings", "Pause a week"}
# The first moment in these lines is when a talk began; in others it is when something passed.
ABOUT_A_TALK = (
    *("talk_soon", "brief", "unprepared", "did_it_take_place", "ask_again_how_it_went"),
    *("debrief_missing", "thank_you", "thank_you_again", "tell_introducer"),
)


@dataclass(frozen=True)
class Item:
    """One nudge as a member has it before them; `interview` is the talk that it names."""

    nudge: str
    kind: str
    contact: str | None
    interview: str | None
    text: str
    ts: str


class Reception:
    """Looks into every DM, and notes what is new."""

    def __init__(self, sandbox: Sandbox, journal: Journal) -> None:
        self._sandbox, self._journal = sandbox, journal
        self._seen: dict[str, int] = {}
        self.messages = 0

    def look(self) -> Mapping[str, list[Item]]:
        """Note what has come since the last look; gives the items by user id."""
        workspace = self._sandbox.workspace
        new: dict[str, list[Item]] = {}
        for user in workspace.people:
            if not workspace.has_dm(user.id):
                continue
            messages = workspace.dm(user.id).messages
            for message in messages[self._seen.get(user.id, 0) :]:
                items = list(_items(message))
                if message.user_id == BOT_USER_ID:
                    self._note(user.id, user.tz, message, items)
                if items:
                    new.setdefault(user.id, []).extend(items)
            self._seen[user.id] = len(messages)
        return new

    def _note(self, user_id: str, zone: str, message: Message, items: list[Item]) -> None:
        self.messages += 1
        at = datetime.fromtimestamp(float(message.ts), UTC)
        shown = [
            {
                "kind": item.kind,
                "contact": item.contact,
                "interview": item.interview,
                "nudge": item.nudge,
                "text": item.text,
            }
            for item in items
        ]
        self._journal.received(
            at, user_id, zone, kind=_kind(message, items), text=message.text, items=shown
        )


def interview_id(contact: str | None, starts_at: datetime | None) -> str | None:
    """Give a talk's id in the journal: with whom, and when it begins; a moved talk is another."""
    return f"{contact} {iso(starts_at)}" if contact and starts_at else None


def _kind(message: Message, items: Sequence[Item]) -> str:
    if not items:
        return "answer"
    return "digest" if _buttons(message.blocks[-1]) >= DIGEST_ROW else "alone"


def _items(message: Message) -> Iterator[Item]:
    """Give a message's nudges: each is a line of rich text, below the heading if there is one."""
    metadata = message.metadata or {}
    if message.user_id != BOT_USER_ID or metadata.get("event_type") != EVENT_TYPE:
        return
    payload = metadata["event_payload"]
    nudges, kinds = payload["nudges"].split(","), payload["kinds"].split(",")
    lines = _lines(message, nudges)
    for nudge, kind in zip(nudges, kinds, strict=True):
        text, moment = _read(lines[nudge])
        names = CONTACT.findall(text) or [None]
        # An introducer is named first, and then whom they led to, with whom the talk was.
        interview = interview_id(names[-1], moment) if kind in ABOUT_A_TALK else None
        yield Item(nudge, kind, names[0], interview, text, message.ts)


def _lines(message: Message, nudges: Sequence[str]) -> dict[str, Json]:
    """Give each nudge's line: the buttons below name it.

    What was settled while the message was on its way has none any more; such lines are taken in
    their order.
    """
    lines = [block for block in message.blocks if block["type"] == "rich_text"][-len(nudges) :]
    found: dict[str, Json] = {}
    for line, buttons in zip(message.blocks, message.blocks[1:], strict=False):
        if line["type"] == "rich_text" and buttons["type"] == "actions":
            values = {element.get("value") for element in buttons["elements"]}
            found |= {nudge: line for nudge in nudges if nudge in values}
    settled = [line for line in lines if line not in found.values()]
    return found | dict(zip([n for n in nudges if n not in found], settled, strict=False))


def _read(line: Json) -> tuple[str, datetime | None]:
    """Give a line's words, and the first moment in it."""
    text, moment = "", None
    for section in line["elements"]:
        for element in section["elements"]:
            text += element.get("text") or element.get("fallback") or ""
            if element["type"] == "date" and moment is None:
                moment = datetime.fromtimestamp(element["timestamp"], UTC)
    return text, moment


def _buttons(block: Json) -> set[str]:
    elements = block.get("elements", []) if block["type"] == "actions" else []
    return {element["text"]["text"] for element in elements if element["type"] == "button"}
