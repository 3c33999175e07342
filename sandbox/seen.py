"""What a person sees of blocks and messages, as plain text."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.model import Held, Json, Message, elements_of
from sandbox.mrkdwn import Viewer, notified, seen
from sandbox.state import LEAVES
from sandbox.workspace import Workspace


def viewer_of(workspace: Workspace, user_id: str) -> Viewer:
    """How this member looks at the workspace."""
    return Viewer(
        zone=workspace.users[user_id].zone,
        now=workspace.clock.now(),
        users={user.id: user.shown_name for user in workspace.users.values()},
        channels={channel.id: channel.name for channel in workspace.channels.values()},
    )


def seen_message(workspace: Workspace, message: Message, user_id: str) -> str:
    """All text that this member sees of a message; one line a block."""
    viewer = viewer_of(workspace, user_id)
    held = message.held.get(user_id, {})
    lines = seen_blocks(message.blocks, viewer, held)
    if not message.blocks and message.text:
        lines = [seen(message.text, viewer)]
    for attachment in message.attachments:
        lines.extend(_seen_attachment(attachment, viewer))
    lines.extend(file.title for file in message.files)
    return "\n".join(lines)


def _seen_attachment(attachment: Json, viewer: Viewer) -> list[str]:
    shown = [attachment.get(key, "") for key in ("pretext", "author_name", "title", "text")]
    shown.extend(f"{f.get('title')} {f.get('value')}" for f in attachment.get("fields", []))
    lines = [seen(text, viewer) for text in [*shown, attachment.get("footer", "")] if text]
    return lines + seen_blocks(attachment.get("blocks", []), viewer, {})


def seen_text(given: Json | None, viewer: Viewer) -> str:
    """A text object as it is read: plain_text as it stands, mrkdwn rendered."""
    if not given:
        return ""
    text: str = given.get("text", "")
    return text if given.get("type") == "plain_text" else seen(text, viewer)


def seen_blocks(blocks: list[Json], viewer: Viewer, held: Held) -> list[str]:
    """One line for each block that shows any text."""
    lines = (" · ".join(filter(None, _pieces(block, viewer, held))) for block in blocks)
    return [line for line in lines if line]


def _pieces(block: Json, viewer: Viewer, held: Held) -> Iterator[str]:
    """The texts of one block, in reading order."""
    kind = block["type"]
    if kind == "rich_text":
        yield "".join(_rich(block.get("elements", []), viewer)).strip("\n")
    elif kind == "context":
        for element in block.get("elements", []):
            image = element.get("type") == "image"
            yield element.get("alt_text", "") if image else seen_text(element, viewer)
    elif kind == "markdown":
        yield block.get("text", "")
    else:
        for key in ("label", "title", "subtitle", "text", "body", "subtext"):
            given = block.get(key)
            yield seen_text(given, viewer) if isinstance(given, dict) else given or ""
        fields = [seen_text(field, viewer) for field in block.get("fields") or []]
        yield "\n".join(fields)
    if kind == "image":
        yield block.get("alt_text", "")
    for _, element in elements_of([block]):
        leaf = held.get(block.get("block_id", ""), {}).get(element.get("action_id", ""))
        yield seen_element(element, leaf, viewer)
    if kind == "input":
        yield seen_text(block.get("hint"), viewer)


def seen_element(element: Json, leaf: Json | None, viewer: Viewer) -> str:
    """What an element shows: a button's label, the value entered, or the placeholder."""
    kind = element["type"]
    if kind in ("button", "workflow_button"):
        return seen_text(element["text"], viewer)
    if kind == "image":
        return str(element.get("alt_text", ""))
    if kind in ("checkboxes", "radio_buttons"):
        return " · ".join(seen_text(option["text"], viewer) for option in element["options"])
    value = leaf[LEAVES[kind][0]] if leaf else None
    if value in (None, [], ""):
        return seen_text(element.get("placeholder"), viewer)
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(_seen_value(one, viewer) for one in chosen)


def _seen_value(value: Any, viewer: Viewer) -> str:
    if isinstance(value, dict):
        return seen_text(value.get("text"), viewer) if "text" in value else ""
    known = viewer.users.get(str(value)) or viewer.channels.get(str(value))
    return known or str(value)


def _rich(elements: Iterable[Json], viewer: Viewer) -> Iterator[str]:
    for element in elements:
        kind = element["type"]
        if kind == "text":
            yield element["text"]
        elif kind == "link":
            yield element.get("text") or element["url"]
        elif kind == "user":
            yield "@" + viewer.users.get(element["user_id"], element["user_id"])
        elif kind == "channel":
            yield "#" + viewer.channels.get(element["channel_id"], element["channel_id"])
        elif kind == "broadcast":
            yield "@" + element["range"]
        elif kind == "emoji":
            yield f":{element['name']}:"
        elif kind == "date":
            token = f"<!date^{element['timestamp']}^{element['format']}|{element.get('fallback')}>"
            yield seen(token, viewer)
        elif kind == "rich_text_list":
            for item in element.get("elements", []):
                yield "• " + "".join(_rich([item], viewer)).strip("\n") + "\n"
        elif "elements" in element:
            yield "".join(_rich(element["elements"], viewer)) + "\n"


def notifications(text: str, blocks: list[Json], attachments: list[Json]) -> set[str]:
    """The users and broadcasts that a message would notify, by its text or anywhere in it."""
    found = notified(text)
    for given in _walk([blocks, attachments]):
        kind = given.get("type")
        if kind == "mrkdwn":
            found |= notified(given.get("text", ""))
        elif kind == "user":
            found.add(given.get("user_id", ""))
        elif kind == "broadcast":
            found.add(given.get("range", ""))
    for attachment in attachments:
        for key in ("text", "pretext", "fallback"):
            found |= notified(attachment.get(key) or "")
    return found


def _walk(given: Any) -> Iterator[Json]:
    if isinstance(given, dict):
        yield given
        for inner in given.values():
            yield from _walk(inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _walk(inner)
