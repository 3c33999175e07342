"""Draws rich_text blocks: sections, lists, quotes and preformatted text."""

from markupsafe import Markup, escape

from sandbox.model import Json
from sandbox.mrkdwn import format_date
from sandbox.page.mrkdwn import EMOJI, Reader, safe_link

_STYLES = (("bold", "strong"), ("italic", "em"), ("strike", "del"), ("code", "code"))


def render_rich_text(block: Json, reader: Reader) -> Markup:
    """Draw a whole rich_text block for one reader."""
    return Markup("").join(_part(part, reader) for part in block.get("elements", []))


def as_rich_text(typed: str) -> Json:
    """What a rich text input sends for plain words."""
    words = {"type": "text", "text": typed}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def plain_words(block: Json) -> str:
    """The words of a rich_text block without formatting, as its input shows them."""
    texts = [str(block["text"])] if "text" in block else []
    return "".join([*texts, *(plain_words(inner) for inner in block.get("elements", []))])


def _part(part: Json, reader: Reader) -> Markup:
    kind = part.get("type")
    inner = Markup("").join(_piece(piece, reader) for piece in part.get("elements", []))
    if kind == "rich_text_list":
        tag = Markup("ol" if part.get("style") == "ordered" else "ul")
        depth = min(int(part.get("indent", 0)), 8)
        items = (Markup("<li>{}</li>").format(_part(e, reader)) for e in part["elements"])
        return Markup('<{0} class="indent-{1}">{2}</{0}>').format(
            tag, depth, Markup("").join(items)
        )
    if kind == "rich_text_quote":
        return Markup("<blockquote>{}</blockquote>").format(inner)
    if kind == "rich_text_preformatted":
        return Markup("<pre><code>{}</code></pre>").format(inner)
    return Markup('<span class="rich">{}</span>').format(inner)


def _piece(piece: Json, reader: Reader) -> Markup:
    drawn = _content(piece, reader)
    for style, tag in _STYLES:
        if piece.get("style", {}).get(style):
            drawn = Markup("<{0}>{1}</{0}>").format(Markup(tag), drawn)
    return drawn


def _content(piece: Json, reader: Reader) -> Markup:
    kind = piece.get("type")
    if kind == "link":
        return safe_link(str(piece.get("url", "")), str(piece.get("text") or piece.get("url", "")))
    if kind == "emoji":
        name = str(piece.get("name", ""))
        return escape(EMOJI.get(name, f":{name}:"))
    if kind == "date":
        words = format_date(str(piece.get("format", "{date}")), int(piece["timestamp"]), reader)
        return Markup("<time>{}</time>").format(words)
    mention = {
        "user": f"@{reader.users.get(str(piece.get('user_id')), piece.get('user_id'))}",
        "channel": f"#{reader.channels.get(str(piece.get('channel_id')), piece.get('channel_id'))}",
        "broadcast": f"@{piece.get('range')}",
    }.get(str(kind))
    if mention:
        own = " mention--me" if kind == "broadcast" or piece.get("user_id") == reader.me else ""
        return Markup('<span class="mention{}">{}</span>').format(own, mention)
    return escape(str(piece.get("text", "")))
