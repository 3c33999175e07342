"""Small builders that every screen uses: buttons, menus, inputs."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ContextBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from handlers.views.words import When, fallback

Value = TypeVar("Value", bound=StrEnum)


def plain(text: str) -> PlainTextObject:
    """Text shown exactly as it is; `:smile:` stays what was typed."""
    return PlainTextObject(text=text, emoji=False)


def button(
    label: str, action_id: str, value: str | int = "", *, style: str | None = None
) -> ButtonElement:
    """A button whose value says what it is about."""
    return ButtonElement(
        text=plain(label), action_id=action_id, value=str(value) or None, style=style
    )


def menu(action_id: str, entries: Sequence[tuple[str, str]]) -> OverflowMenuElement:
    """The ⋯ menu: entries of (label, value), one to five."""
    options = [Option(text=plain(label), value=value) for label, value in entries]
    return OverflowMenuElement(action_id=action_id, options=options)


def row(*elements: InteractiveElement) -> ActionsBlock:
    """A row of buttons and menus."""
    return ActionsBlock(elements=list(elements))


def paragraph(text: str) -> SectionBlock:
    """The bot's own words, with Slack's markup; never anything that a member typed."""
    return SectionBlock(text=MarkdownTextObject(text=text))


def beside(when: When, said: str, menu: OverflowMenuElement | None) -> SectionBlock:
    """A moment, and beside or below it what comes then, exactly as it is; with a menu at its right.

    The two belong together at a glance, on a phone too.
    """
    moment = MarkdownTextObject(text=f"*{fallback([when])}*")
    return SectionBlock(fields=[moment, plain(said)], accessory=menu)


def small(text: str) -> ContextBlock:
    """A small grey line, shown exactly as it is."""
    return ContextBlock(elements=[plain(text)])


def ask(
    label: str,
    block_id: str,
    element: InputInteractiveElement,
    *,
    optional: bool = True,
    hint: str | None = None,
    dispatch_action: bool = False,
) -> InputBlock:
    """One question of a form."""
    return InputBlock(
        label=plain(label),
        block_id=block_id,
        element=element,
        optional=optional,
        hint=plain(hint) if hint else None,
        dispatch_action=dispatch_action,
    )


def text_box(
    initial: str = "", *, most: int, multiline: bool = False, placeholder: str | None = None
) -> PlainTextInputElement:
    """A box for up to `most` characters."""
    return PlainTextInputElement(
        action_id="value",
        initial_value=initial[:most] or None,
        multiline=multiline,
        max_length=most,
        placeholder=plain(placeholder) if placeholder else None,
    )


def choice(
    labels: Mapping[Value, str], chosen: Value | None = None, *, action_id: str = "value"
) -> StaticSelectElement:
    """A menu over one of the practice's closed lists."""
    options = {value: Option(text=plain(label), value=value) for value, label in labels.items()}
    return StaticSelectElement(
        action_id=action_id,
        options=list(options.values()),
        initial_option=options.get(chosen) if chosen else None,
    )


def checkbox(label: str, *, ticked: bool = False) -> CheckboxesElement:
    """A single box to tick."""
    option = Option(text=plain(label), value="yes")
    return CheckboxesElement(
        action_id="value", options=[option], initial_options=[option] if ticked else None
    )
