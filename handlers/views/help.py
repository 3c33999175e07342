"""Help in place: what there is to type, and the nearest right form of what was typed."""

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.views.contact_cards import ADD
from handlers.views.elements import button, paragraph, row
from handlers.views.home import HELP, LOG_TALK
from handlers.views.screen import Message
from handlers.views.words import cut, escape, rich

_TEXT = """\
*Learn from people who do the work.* I keep the names, ask how talks went, and remind you of the \
thank-you. Nobody else sees what you write.

`{contact}`  add somebody you would like to learn from
`{contact} Ada Brook, CTO at Acme`  the same, filled in
`{contact} find acme`  find people, typing errors forgiven
`{contact} list`  everybody on your list; `list asked`, `list at Acme`, `list 60 days` some of them
`{interview}`  log a talk, planned or past
`{interview} Ada Brook tuesday 3pm`  the same, filled in
`{followups}`  what is due, and what comes next
`{followups} pause until friday`  silence until then; `{followups} resume` ends it
`{rapport} check`  reads a message before it goes out, and says what to put otherwise
`{rapport} settings`  when I speak, and what about{for_facilitators}
`{rapport} help`  this page

*Draft it*, on a contact and on what is due, writes a first version from what I know. You send it.
Beside each talk that is ahead, in Home, *Prepare* offers questions and keeps your own; its menu \
moves the talk, calls it off or adds it to your calendar.
In any message's menu, *Save as contact* starts from its author. *Log a talk* is in the shortcuts \
menu."""

_FOR_FACILITATORS = "\n`{rapport} limits`  between which numbers members may choose"


def help_message(prefix: str = "", *, facilitates: bool = False) -> Message:
    """The one page of help; `prefix` is what the workspace puts before the commands."""
    names = ("contact", "interview", "followups", "rapport")
    commands = {name: f"/{prefix}{name}" for name in names}
    more = _FOR_FACILITATORS.format(**commands) if facilitates else ""
    text = _TEXT.format(**commands, for_facilitators=more)
    blocks: list[Block] = [
        paragraph(text),
        _starting_points(),
    ]
    return Message(text=text, blocks=blocks)


def did_you_mean(
    typed: str, command: str, nearest: str, example: str, *, or_add: bool = False
) -> Message:
    """The private answer to a sub-command that does not exist, with the nearest right form.

    With `or_add` it offers to take what was typed as a person's name after all.
    """
    question = f"“{cut(typed, 60)}” is not something I know. Did you mean this?"
    right, shown = f"{command} {nearest}", f"{command} {example}"
    has_example = shown != right
    blocks: list[Block] = [
        rich([question]),
        paragraph(f"`{right}`  for example `{shown}`" if has_example else f"`{right}`"),
    ]
    if or_add:
        blocks.append(row(button("It is a name: add contact", ADD, cut(typed, 2000))))
    suggestion = f"{right}, for example {shown}" if has_example else right
    return Message(text=f"{escape(question)} {suggestion}", blocks=blocks)


def old_button() -> Message:
    """The answer to a button that this version of the bot does not know any more."""
    text = "That button is from an earlier day, and no longer does anything. Nothing is lost."
    return Message(text=text, blocks=[paragraph(text), _starting_points()])


def only_buttons() -> Message:
    """The answer to a message in the DM."""
    text = (
        "Write “met Ada Brook, CTO at Acme at the meetup” in here, and she is on your list. These "
        "get you going, too, and help shows the rest."
    )
    return Message(text=text, blocks=[paragraph(text), _starting_points(button("Help", HELP))])


def _starting_points(*more: ButtonElement) -> Block:
    return row(button("Add contact", ADD), button("Log a talk", LOG_TALK), *more)
