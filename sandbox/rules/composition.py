"""Composition objects (slack-platform.md 1.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.rules.checks import At, Boolean, Check, ListOf, OneOf, Report, Rule, String, url
from sandbox.rules.shapes import Across, Named, Shape, exactly_one, without_type

# What a link may lead to: nothing that runs in the page, as javascript: does.
# slack-platform.md has no list: this is the stricter reading, a guess.
LINK_SCHEMES = "https?|mailto|tel|slack"
LONGEST_LABEL = 75
_TEXT = {"text": String(None, 1)}
# The SDK knows `emoji` and `verbatim` by the kind of text, and so does Slack.
TEXTS = {
    "plain_text": Shape("plain_text", "1.4 text object", _TEXT, {"emoji": Boolean()}),
    "mrkdwn": Shape("mrkdwn", "1.4 text object", _TEXT, {"verbatim": Boolean()}),
}


@dataclass(frozen=True)
class Text:
    """A text object of 1 to `most` characters, of one of these kinds."""

    most: int
    kinds: tuple[str, ...]

    def __call__(self, value: Any, at: At, report: Report) -> None:
        """Check a text object."""
        if not isinstance(value, dict):
            report.add("any.object", "must provide an object", at.pointer)
            return
        kind = value.get("type")
        if kind not in self.kinds:
            rule = f"{at.rule}.kind" if str(kind) in TEXTS else "text_object.type"
            text = f"must be a valid text object of type {' or '.join(self.kinds)}"
            report.add(rule, text, at.pointer)
            return
        TEXTS[kind](without_type(value), at, report)
        if isinstance(value.get("text"), str) and len(value["text"]) > self.most:
            text = f"must be less than {self.most + 1} characters"
            report.add(f"{at.rule}.longest", text, f"{at.pointer}/text")

    def rules(self, name: str, source: str) -> Iterator[Rule]:
        """Length and kind, and what holds for every text object."""
        if len(self.kinds) == 1:
            yield Rule(f"{name}.kind", source, f"{self.kinds[0]} only")
        yield Rule(f"{name}.longest", source, f"at most {self.most} characters")
        yield Rule("text_object.type", "1.4 text object", "plain_text or mrkdwn")
        for shape in TEXTS.values():
            yield from shape.rules(name, source)


def plain_text(most: int) -> Text:
    """A plain_text object of 1 to `most` characters."""
    return Text(most, ("plain_text",))


def any_text(most: int) -> Text:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    return Text(most, ("plain_text", "mrkdwn"))


# Types say 75 for a value, the documentation of today 150: the stricter reading holds.
_VALUE = String(75, 1)


def _option(name: str, text: Text, **more: Check) -> Shape:
    return Shape(name, "1.4 option", {"text": text, "value": _VALUE}, {"description": text, **more})


OPTION = _option("option", plain_text(LONGEST_LABEL))
# Radio buttons and checkboxes take mrkdwn, overflow menus a url.
CHOICE = _option("choice", any_text(LONGEST_LABEL))
OVERFLOW_OPTION = _option("overflow_option", plain_text(LONGEST_LABEL), url=url(3000, LINK_SCHEMES))


def _value_twice(value: dict[str, Any], report: Report) -> str | None:
    values = [one["value"] for one in value.get("options") or []]
    return "values of options must be unique" if len(set(values)) < len(values) else None


VALUES = Across("values", "each option with a value of its own", _value_twice, "options")
OPTION_GROUP = Shape(
    "option_group",
    "1.4 option_group",
    {"label": plain_text(LONGEST_LABEL), "options": ListOf(OPTION, 1, 100)},
    across=(VALUES,),
)
CONFIRM = Shape(
    "confirm",
    "1.4 confirm",
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": OneOf("primary", "danger")},
)
DISPATCH_ACTION_CONFIG = Shape(
    "dispatch_action_config",
    "1.4 dispatch_action_config",
    {"trigger_actions_on": ListOf(OneOf("on_enter_pressed", "on_character_entered"), 1, 2)},
)
SLACK_FILE = Shape(
    "slack_file",
    "1.4 slack_file",
    {},
    {"id": String(None, 1), "url": url()},
    (exactly_one("id", "url"),),
)
_NO_FILTER = "must provide at least one filter"
CONVERSATION_FILTER = Shape(
    "filter",
    "1.3 conversations_select",
    {},
    {
        "include": ListOf(OneOf("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": Boolean(),
        "exclude_bot_users": Boolean(),
    },
    (
        Across(
            "empty",
            "at least one key",
            lambda value, report: (
                None if any(given is not None for given in value.values()) else _NO_FILTER
            ),
        ),
    ),
)
ACTION_ID = Named("action_id", "1.3 action_id", String(255, 1))
BLOCK_ID = Named("block_id", "1.2 all blocks", String(255, 1))
PLACEHOLDER = Named("placeholder", "1.3 placeholder", plain_text(150))
