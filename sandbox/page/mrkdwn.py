"""Slack's mrkdwn as safe HTML: what a person typed is shown as typed, never run as HTML.

Text arrives with `&`, `<` and `>` written as entities; a bare `<…>` is one of Slack's own
control sequences (a link, a mention, a date). Anything else in angle brackets is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from sandbox.mrkdwn import BROADCASTS, TOKEN, Viewer, seen, seen_token, unescape

EMOJI = {
    "wave": "👋", "tada": "🎉", "thumbsup": "👍", "+1": "👍", "thumbsdown": "👎", "eyes": "👀",
    "heart": "❤️", "smile": "😄", "slightly_smiling_face": "🙂", "thinking_face": "🤔",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "bulb": "💡",
    "calendar": "📆", "date": "📅", "phone": "☎️", "email": "📧", "coffee": "☕", "memo": "📝",
    "bell": "🔔", "lock": "🔒", "mag": "🔍", "rocket": "🚀", "star": "⭐", "seedling": "🌱",
    "pray": "🙏", "sparkles": "✨", "point_right": "👉", "hourglass": "⌛", "gear": "⚙️",
}  # fmt: skip

_ATOM = re.compile(
    r"`([^`\n]+)`|<([^<>\n]+)>|(https?://(?:(?!&[lg]t;)[^\s<>|`])+)|:([a-z0-9_+-]+):"
)
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>)(?!&gt;|>) ?")
_MARKS = {"*": "strong", "_": "em", "~": "del"}
_STYLED = re.compile(r"(?<![\w*_~])([*_~])(?=\S)(.*?\S)\1(?![\w])")
_HELD = re.compile("\ue000(\\d+)\ue001")
_SAFE_LINK = re.compile(r"(?i)(https?://|mailto:|tel:)")


@dataclass(frozen=True)
class Reader(Viewer):
    """Who reads, and which user that is: mentions of oneself stand out."""

    me: str = ""


def render_mrkdwn(text: str, reader: Reader) -> Markup:
    """Draw a mrkdwn text for one reader; the result is safe to put into a page."""
    parts = _FENCE.split(text.replace("\ue000", "").replace("\ue001", ""))
    drawn = Markup("")
    for index, part in enumerate(parts):
        if index % 2:
            drawn += Markup("<pre><code>{}</code></pre>").format(_plain_atoms(part, reader))
        elif part.strip("\n"):
            piece = part if len(parts) == 1 else part.strip("\n")
            drawn += _lines(piece, reader)
    return drawn


def render_plain(text: str) -> Markup:
    """Draw a plain_text object: emoji names become emoji, line breaks stay, no marks."""
    shown = re.sub(r":([a-z0-9_+-]+):", lambda m: EMOJI.get(m[1], m[0]), text)
    return _breaks(escape(shown))


def preview(text: str, reader: Reader) -> str:
    """One line of plain words for a notification or a label: no marks, mentions by name."""
    return " ".join(seen(text, reader).split())


def as_typed(text: str, reader: Reader) -> str:
    """Message text as it stood in the composer, to be edited: marks stay, mentions by name."""
    return unescape(TOKEN.sub(lambda found: seen_token(found[1], reader), text))


def _lines(text: str, reader: Reader) -> Markup:
    drawn: list[Markup] = []
    quoted: list[Markup] = []
    plain: list[Markup] = []

    def close(lines: list[Markup], shell: str) -> None:
        if lines:
            drawn.append(Markup(shell).format(Markup("<br>").join(lines)))
            lines.clear()

    for line in text.split("\n"):
        found = _QUOTE.match(line)
        if found:
            close(plain, "{}")
            quoted.append(_inline(line[found.end() :], reader))
        else:
            close(quoted, "<blockquote>{}</blockquote>")
            plain.append(_inline(line, reader))
    close(plain, "{}")
    close(quoted, "<blockquote>{}</blockquote>")
    return Markup("").join(drawn)


def _inline(line: str, reader: Reader) -> Markup:
    """One line: atoms (code, links, mentions, emoji) are set aside while the marks are read."""
    held: list[Markup] = []

    def hold(found: re.Match[str]) -> str:
        held.append(_atom(found, reader))
        return f"\ue000{len(held) - 1}\ue001"

    return _styled(_ATOM.sub(hold, line), "*_~", lambda text: _restore(text, held))


def _styled(text: str, marks: str, finish: Callable[[str], Markup]) -> Markup:
    """Bold, italic and struck text; each mark opens at most once on the way in."""
    drawn, start = Markup(""), 0
    for found in _STYLED.finditer(text):
        mark = found[1]
        if mark not in marks:
            continue
        inner = _styled(found[2], marks.replace(mark, ""), finish)
        tag = Markup(_MARKS[mark])
        drawn += finish(text[start : found.start()])
        drawn += Markup("<{0}>{1}</{0}>").format(tag, inner)
        start = found.end()
    return drawn + finish(text[start:])


def _restore(text: str, held: list[Markup]) -> Markup:
    drawn, start = Markup(""), 0
    for found in _HELD.finditer(text):
        drawn += escape(unescape(text[start : found.start()])) + held[int(found[1])]
        start = found.end()
    return drawn + escape(unescape(text[start:]))


def _atom(found: re.Match[str], reader: Reader) -> Markup:
    code, control, address, emoji = found.groups()
    if code is not None:
        return Markup("<code>{}</code>").format(_plain_atoms(code, reader))
    if control is not None:
        return _control(control, reader)
    if address is not None:
        clean = address.rstrip(".,;:!?)*_~")
        return _link(unescape(clean), unescape(clean)) + address[len(clean) :]
    return escape(EMOJI.get(emoji, found[0]))


def _control(body: str, reader: Reader) -> Markup:
    shown = _words(body, reader)
    target, _, _label = body.partition("|")
    if _SAFE_LINK.match(target):
        return _link(unescape(target), shown)
    if body.startswith("!date^"):
        link = target.split("^")[3:4]
        inner = Markup("<time>{}</time>").format(shown)
        return _link(unescape(link[0]), inner) if link and _SAFE_LINK.match(link[0]) else inner
    if shown.startswith(("@", "#")):
        own = " mention--me" if target == f"@{reader.me}" or target[1:] in BROADCASTS else ""
        return Markup('<span class="mention{}">{}</span>').format(own, shown)
    return escape(shown)


def safe_link(target: str, shown: str) -> Markup:
    """A link to an http, mailto or tel address; any other address is shown as words only."""
    return _link(target, shown) if _SAFE_LINK.match(target) else escape(shown)


def _link(target: str, shown: str) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        target, shown
    )


def _words(body: str, reader: Reader) -> str:
    """The words a reader sees for one control sequence, without formatting."""
    try:
        return unescape(seen_token(body, reader))
    except (ValueError, OverflowError, OSError):  # a date beyond the calendar
        return unescape(body.partition("|")[2])


def _plain_atoms(text: str, reader: Reader) -> str:
    """The text with control sequences as words and entities undone: for code."""
    pieces, start = [], 0
    for found in TOKEN.finditer(text):
        pieces += [unescape(text[start : found.start()]), _words(found[1], reader)]
        start = found.end()
    return "".join([*pieces, unescape(text[start:])])


def _breaks(text: Markup) -> Markup:
    return Markup("<br>").join(Markup(line) for line in text.split("\n"))
