"""Help in place: what there is to type, and the nearest right form of what was typed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.views.commands import Example, Form, example_of, forms_of, what_for
from handlers.views.contact_cards import ADD
from handlers.views.elements import button, menu, paragraph, row
from handlers.views.home import GUIDE, HELP, LOG_TALK, HalfWay, half_way_blocks, half_way_line
from handlers.views.screen import Message, message
from handlers.views.words import Bold, Code, Line, Quiet, cut, fallback, rich

HELP_MENU = "help_menu"
CHECK, DUE, EVERYBODY, SETTINGS = "check", "due", "everybody", "settings"

_ABOUT: Line = [
    Bold("Learn from people who do the work."),
    " I keep the names, ask how talks went, and remind you of the thank-you. Nobody else sees what "
    "you write.",
]
_BESIDE: Line = [
    "Nothing has to be typed: Home and the shortcuts menu have a button for each. ",
    Bold("Draft it"),
    ", on a contact and on what is due, writes a first version from what I know. You send it. ",
    Bold("Prepare"),
    ", beside a talk in Home, offers questions; ",
    Bold("Answer here"),
    ", after it, asks one at a time, and you write back. ",
    Bold("All that passed"),
    ", on a contact, tells their story; there you correct or delete what you logged. In any "
    "message's menu, ",
    Bold("Save as contact"),
    " starts from its author.",
]


def help_message(
    prefix: str = "",
    example: Example | None = None,
    *,
    command: str = "",
    facilitates: bool = False,
) -> Message:
    """The one page of help, or with `command` all forms of that command with their buttons.

    `prefix` is what the workspace puts before the commands.
    """
    example = example or Example()
    forms = forms_of(command, facilitates=facilitates)
    lines = [_line(form, prefix, example, tell_button=bool(command)) for form in forms]
    top: Line = [Code(f"/{prefix}{command}"), " in all its forms"] if command else _ABOUT
    parts: list[list[Line]] = [[top], lines, [] if command else [_BESIDE]]
    text = "\n".join(fallback(line) for part in parts for line in part)
    return message(text, *(rich(*part) for part in parts if part), _where_to_go())


def did_you_mean(
    typed: str,
    command: str,
    word: str,
    example: Example | None = None,
    *,
    prefix: str = "",
    rest: str = "",
    or_add: bool = False,
) -> Message:
    """The private answer to a sub-command that does not exist, with the nearest right form.

    `word` is the nearest sub-command, `rest` what was typed after the wrong one. With `or_add` it
    offers to take what was typed as a person's name after all.
    """
    question: Line = [f"“{cut(typed, 60)}” is not something I know. Did you mean this?"]
    right = f"/{prefix}{command} {word} {cut(rest, 60)}".rstrip()
    shown = f"/{prefix}{command} {example_of(command, word, example or Example())}"
    lines: list[Line] = [question, [Code(right), f"  {what_for(command, word)}"]]
    if shown != right:
        lines.append(["For example ", Code(shown)])
    more = [button("It is a name: add contact", ADD, cut(typed, 2000))] if or_add else []
    text = "\n".join(fallback(line) for line in lines)
    return message(text, rich(*lines), row(*more, button("Help", HELP)))


def old_button() -> Message:
    """The answer to a button that this version of the bot does not know any more."""
    text = "That button is from an earlier day, and no longer does anything. Nothing is lost."
    return message(text, paragraph(text), _starting_points())


def only_buttons(example: Example | None = None, half_way: Sequence[HalfWay] = ()) -> Message:
    """The answer to a message in the DM; debriefs that wait there can be gone on with."""
    company = (example or Example()).company
    line: Line = [
        "Write ",
        Code(f"met Ada Brook, CTO at {cut(company, 60)} at the meetup"),
        " in here, and she is on your list. These get you going, too, and help shows the rest.",
    ]
    waiting = [block for half in half_way for block in half_way_blocks(half)]
    start = _starting_points(button("Help", HELP))
    lines = [fallback(each) for each in (*(half_way_line(half) for half in half_way), line)]
    return message("\n".join(lines), *waiting, rich(line), start)


def _line(form: Form, prefix: str, example: Example, *, tell_button: bool) -> Line:
    typed = f"/{prefix}{form.command} {form.after(example)}".rstrip()
    where: Line = [Quiet(f", or {form.button}")] if tell_button else []
    return [Code(typed), f"  {form.what}", *where]


def _starting_points(*more: ButtonElement) -> Block:
    return row(button("Add contact", ADD), button("Log a talk", LOG_TALK), *more)


def _where_to_go() -> Block:
    entries = [
        ("Check a message", CHECK),
        ("What comes next", DUE),
        ("Everybody on my list", EVERYBODY),
        ("Settings", SETTINGS),
    ]
    return row(
        button("Add contact", ADD),
        button("Log a talk", LOG_TALK),
        button("Guide", GUIDE),
        menu(HELP_MENU, entries),
    )
