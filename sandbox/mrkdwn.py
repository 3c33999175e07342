"""Slack's message text: how typed text is escaped, what a person sees, whom it notifies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.model import Json

TOKEN = re.compile(r"<([^<>\n]+)>")
BROADCASTS = ("channel", "here", "everyone")
# Simple markers around words on one line; other asterisks and underscores are shown as they are.
_MARKERS = [
    re.compile(rf"(?<![^\W_]){mark}(?=[^\s{mark}])([^\n{mark}]*[^\s{mark}]){mark}(?![^\W_])")
    for mark in (r"\*", "_", "~")
]
_CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)


@dataclass(frozen=True)
class Viewer:
    """Who looks: names for mentions, and the zone and moment for dates."""

    zone: ZoneInfo
    now: datetime
    users: Mapping[str, str]  # user id -> shown name
    channels: Mapping[str, str]  # channel id -> name


def escape(text: str) -> str:
    """Text as Slack's client sends it: &, < and > as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Entities back to &, < and >, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def stored(text: str) -> str:
    """Text as Slack keeps it: a bare & becomes an entity."""
    return re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text)


def typed(text: str, users: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What a person typed, as the client sends it: escaped, with mentions and links marked.

    `users` and `channels` map names as typed (without @ and #) to ids, and ids with labels.
    """
    sent = escape(text)
    for name, user_id in sorted(users.items(), key=lambda item: -len(item[0])):
        if f"@{escape(name)}" in sent:
            sent = re.sub(rf"(?<!\w)@{re.escape(escape(name))}(?!\w)", f"<@{user_id}>", sent)
    for name, channel in channels.items():
        pattern = rf"(?<![\w&])#{re.escape(name)}(?![\w-])"
        sent = re.sub(pattern, f"<#{channel}>", sent)
    sent = re.sub(r"(?<!\w)@(channel|here|everyone)(?!\w)", r"<!\1>", sent)
    return re.sub(r"(?<![<|\w])(https?://[^\s<>|]+)", r"<\1>", sent)


def rich_text(text: str) -> Json:
    """Give the rich_text block that a person's client sends with such a text."""
    pieces: list[Json] = []
    position = 0
    for token in TOKEN.finditer(text):
        pieces += _words(text[position : token.start()])
        pieces.append(_piece(token[1]))
        position = token.end()
    pieces += _words(text[position:])
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]}


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _piece(token: str) -> Json:
    target, _, label = token.partition("|")
    kinds = {"@": ("user", "user_id"), "#": ("channel", "channel_id"), "!": ("broadcast", "range")}
    if target[0] in kinds:
        kind, name = kinds[target[0]]
        return {"type": kind, name: target[1:]}
    link = {"type": "link", "url": unescape(target)}
    return link | {"text": unescape(label)} if label else link


def notified(text: str) -> set[str]:
    """The users and broadcasts that a text would notify."""
    found: set[str] = set()
    for token in TOKEN.findall(text):
        name = token.split("|")[0]
        broadcast = name.startswith("!") and name[1:] in BROADCASTS
        if broadcast or name.startswith(("@", "!subteam^")):
            found.add(name[1:])
    return found


def seen(text: str, viewer: Viewer) -> str:
    """Message text as a person reads it, without markers that only format."""
    pieces: list[str] = []
    position = 0
    for code in _CODE.finditer(text):
        pieces.append(_seen_prose(text[position : code.start()], viewer))
        pieces.append(TOKEN.sub(lambda m: seen_token(m[1], viewer), code[1] or code[2]))
        position = code.end()
    pieces.append(_seen_prose(text[position:], viewer))
    return unescape("".join(pieces))


def _seen_prose(text: str, viewer: Viewer) -> str:
    for marker in _MARKERS:
        text = marker.sub(r"\1", text)
    return TOKEN.sub(lambda match: seen_token(match[1], viewer), text)


def seen_token(token: str, viewer: Viewer) -> str:
    """What stands for one `<...>`, still escaped; an unknown token stays as it is."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return "@" + escape(viewer.users.get(target[1:], label or target[1:]))
    if target.startswith("#"):
        return "#" + escape(viewer.channels.get(target[1:], label or "private-channel"))
    if target.startswith("!date^"):
        return _seen_date(target, label, viewer)
    if target.startswith("!"):
        return "@" + (label.removeprefix("@") or target[1:].split("^")[0])
    if re.match(r"(https?://|mailto:|tel:)", target):
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    return f"<{token}>"


def _seen_date(target: str, fallback: str, viewer: Viewer) -> str:
    parts = target.split("^")
    if len(parts) < 3 or not re.fullmatch(r"\d+", parts[1]):
        return fallback
    return format_date(parts[2], int(parts[1]), viewer)


def format_date(pattern: str, epoch: int, viewer: Viewer) -> str:
    """Fill Slack's date tokens, e.g. "{date_short_pretty} at {time}", for this viewer."""
    when = datetime.fromtimestamp(epoch, viewer.zone)
    today = viewer.now.astimezone(viewer.zone).date()
    near = {
        today: "today",
        today + timedelta(days=1): "tomorrow",
        today - timedelta(days=1): "yesterday",
    }.get(when.date())
    date = f"{when:%B} {_ordinal(when.day)}, {when.year}"
    short, long = f"{when:%b} {when.day}, {when.year}", f"{when:%A}, {date}"
    time = f"{(when.hour - 1) % 12 + 1}:{when:%M}"
    half = "AM" if when.hour < 12 else "PM"
    tokens = {
        "date_num": f"{when:%Y-%m-%d}",
        "date": date,
        "date_short": short,
        "date_long": long,
        "date_pretty": near or date,
        "date_short_pretty": near or short,
        "date_long_pretty": near or long,
        "time": f"{time} {half}",
        "time_secs": f"{time}:{when:%S} {half}",
        "ago": _ago(when, viewer.now),
    }
    text = re.sub(r"\{(\w+)\}", lambda match: tokens.get(match[1], match[0]), pattern)
    return text[:1].upper() + text[1:] if pattern.startswith("{") else text


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _ago(when: datetime, now: datetime) -> str:
    seconds = int((now - when).total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = abs(seconds) // size
        if count:
            shown = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{shown} ago" if seconds > 0 else f"in {shown}"
    return "just now"
