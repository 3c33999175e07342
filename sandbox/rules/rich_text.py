"""Rich text (slack-platform.md 1.2; the parts by TYPES, the official types)."""

from sandbox.rules.checks import Boolean, Check, Integer, ListOf, OneOf, String, url
from sandbox.rules.composition import BLOCK_ID, LINK_SCHEMES
from sandbox.rules.shapes import Kinds, Shape

SOURCE = "1.2 rich_text"
_MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight")
_STYLE = Shape(
    "rich_text_style", SOURCE, {}, {**dict.fromkeys(_MARKS, Boolean()), "unlink": Boolean()}
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_ID = String(None, 1)
# No limit is written down for a run of text: a text object's is taken.
_RUN = String(3000, 1)


def _part(kind: str, required: dict[str, Check], **optional: Check) -> Shape:
    return Shape(f"rich_text.{kind}", SOURCE, required, optional)


_INLINE = Kinds(
    "rich_text_part",
    SOURCE,
    {
        "text": _part("text", {"text": _RUN}, **_STYLED),
        "link": _part(
            "link", {"url": url(None, LINK_SCHEMES)}, text=_RUN, unsafe=Boolean(), **_STYLED
        ),
        "user": _part("user", {"user_id": _ID}, **_STYLED),
        "usergroup": _part("usergroup", {"usergroup_id": _ID}, **_STYLED),
        "channel": _part("channel", {"channel_id": _ID}, **_STYLED),
        "broadcast": _part("broadcast", {"range": OneOf("here", "channel", "everyone")}, **_STYLED),
        "emoji": _part("emoji", {"name": _ID}, unicode=String(), **_STYLED),
        "color": _part("color", {"value": _ID}),
        "date": _part(
            "date",
            {"timestamp": Integer(0, 99_999_999_999), "format": _ID},
            url=url(None),
            fallback=String(),
            **_STYLED,
        ),
    },
)
_BORDER: dict[str, Check] = {"border": Integer(0, 1)}
# The SDK's people say that lists of parts may be empty (python-slack-sdk 1576), others had them
# refused (hermes-agent 59621): the stricter reading holds.
_PARTS = ListOf(_INLINE, 1)
_SECTION = Shape("rich_text_section", SOURCE, {"elements": _PARTS})
RICH_TEXT_KINDS = Kinds(
    "rich_text_element",
    SOURCE,
    {
        "rich_text_section": _SECTION,
        "rich_text_list": Shape(
            "rich_text_list",
            SOURCE,
            {
                "elements": ListOf(
                    Kinds("rich_text_item", SOURCE, {"rich_text_section": _SECTION}), 1
                ),
                "style": OneOf("bullet", "ordered"),
            },
            {"indent": Integer(0, 8), "offset": Integer(0, 10_000), **_BORDER},
        ),
        "rich_text_quote": Shape("rich_text_quote", SOURCE, {"elements": _PARTS}, _BORDER),
        "rich_text_preformatted": Shape(
            "rich_text_preformatted",
            SOURCE,
            {"elements": _PARTS},
            {"language": String(), **_BORDER},
        ),
    },
)
RICH_TEXT = Shape(
    "rich_text", SOURCE, {"elements": ListOf(RICH_TEXT_KINDS, 1)}, {"block_id": BLOCK_ID}
)
# What stands in a rich text input at first.
RICH_VALUE = Kinds("rich_text_value", "1.3 rich_text_input", {"rich_text": RICH_TEXT})
