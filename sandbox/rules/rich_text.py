"""Rich text (slack-platform.md 1.2)."""

from typing import Any

from sandbox.rules.checks import (
    Check,
    Report,
    Shape,
    boolean,
    integer,
    list_of,
    one_of,
    string,
    url,
)

SOURCE = "1.2"
_MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight")
_STYLE = Shape(SOURCE, {}, {**dict.fromkeys(_MARKS, boolean), "unlink": boolean})
_STYLED: dict[str, Check] = {"style": _STYLE}
_ID = string(255, 1)
_MOST = 3000


def _kinds(shapes: dict[str, Shape]) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in shapes:
            report.add(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            shapes[kind](value, pointer, report)

    return check


_INLINE = _kinds(
    {
        "text": Shape(SOURCE, {"text": string(_MOST, 1)}, _STYLED),
        "link": Shape(
            SOURCE,
            {"url": url(3000, "[a-z][a-z0-9+.-]*")},
            {"text": string(_MOST), "unsafe": boolean, **_STYLED},
        ),
        "user": Shape(SOURCE, {"user_id": _ID}, _STYLED),
        "usergroup": Shape(SOURCE, {"usergroup_id": _ID}, _STYLED),
        "channel": Shape(SOURCE, {"channel_id": _ID}, _STYLED),
        "broadcast": Shape(SOURCE, {"range": one_of("here", "channel", "everyone")}, _STYLED),
        "emoji": Shape(SOURCE, {"name": string(255, 1)}, {"unicode": string(255), **_STYLED}),
        "color": Shape(SOURCE, {"value": string(20, 1)}),
        "date": Shape(
            SOURCE,
            {"timestamp": integer(0, 99_999_999_999), "format": string(255, 1)},
            {"url": url(), "fallback": string(_MOST), **_STYLED},
        ),
    }
)
_BORDER = {"border": integer(0, 1)}
_SECTION = Shape(SOURCE, {"elements": list_of(_INLINE, 0, 1000)})
RICH_TEXT = _kinds(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": Shape(
            SOURCE,
            {
                "elements": list_of(_kinds({"rich_text_section": _SECTION}), 0, 1000),
                "style": one_of("bullet", "ordered"),
            },
            {"indent": integer(0, 8), "offset": integer(0, 10_000), **_BORDER},
        ),
        "rich_text_quote": Shape(SOURCE, {"elements": list_of(_INLINE, 0, 1000)}, _BORDER),
        "rich_text_preformatted": Shape(
            SOURCE,
            {"elements": list_of(_INLINE, 0, 1000)},
            {"language": string(255), **_BORDER},
        ),
    }
)
