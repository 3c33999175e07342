"""Contacts as they are shown in answers: one card each, a list, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock, Option, StaticSelectElement

from domain.vocabulary import Stage
from handlers.views.elements import button, menu, paragraph, plain, row, small
from handlers.views.screen import Message
from handlers.views.words import (
    MOST_TEXT,
    STAGES,
    Bold,
    Line,
    counted,
    cut,
    escape,
    fallback,
    full_date,
    rich,
    shortened,
)

DRAFT = "contact_draft"
LOG_TALK = "contact_log_talk"
WRITE_TOUCH = "contact_write_touch"
MORE = "contact_more"
BRING_BACK = "contact_bring_back"
SHOW_MORE = "contacts_show_more"
SHOW_LIST = "contacts_show_list"
SHOW_STAGE = "contacts_show_stage"
ADD = "contact_add"

ABOUT, LOOK_UP, EDIT, ARCHIVE = "about", "look_up", "edit", "archive"
PAGE = 10
# Who stands here is left in peace.
_NO_DRAFT = (Stage.NO_REPLY, Stage.DECLINED, Stage.NOT_NOW, Stage.CLOSED)


@dataclass(frozen=True)
class ContactShown:
    """A contact as a card shows it; `not_now_until` is a local date."""

    contact_id: int
    name: str
    company: str = ""
    title: str = ""
    stage: Stage = Stage.IDENTIFIED
    not_now_until: date | None = None
    note: str = ""


def contact_card(contact: ContactShown) -> list[Block]:
    """One contact with what can be done about them."""
    lines: list[Line] = [headline(contact)]
    if contact.note:
        lines.append([cut(contact.note, 300)])
    draft = [button("Draft it", DRAFT, contact.contact_id)]
    return [
        rich(*lines),
        row(
            *(draft if contact.stage not in _NO_DRAFT else []),
            button("Log a talk", LOG_TALK, contact.contact_id),
            button("Write a touch", WRITE_TOUCH, contact.contact_id),
            menu(
                MORE,
                [
                    ("All that passed", f"{ABOUT}:{contact.contact_id}"),
                    ("Look them up", f"{LOOK_UP}:{contact.contact_id}"),
                    ("Edit", f"{EDIT}:{contact.contact_id}"),
                    ("Archive", f"{ARCHIVE}:{contact.contact_id}"),
                ],
            ),
        ),
    ]


def headline(contact: ContactShown) -> Line:
    """Who a contact is, in one line: NAME · TITLE at COMPANY · stage."""
    work = " at ".join(part for part in (contact.title, contact.company) if part)
    return [Bold(contact.name), f" · {work}" if work else "", f" · {_stage(contact)}"]


def _stage(contact: ContactShown) -> str:
    until = contact.not_now_until
    if contact.stage != Stage.NOT_NOW or until is None:
        return STAGES[contact.stage]
    return f"{STAGES[contact.stage]}, until {full_date(until)}"


def contact_list(
    contacts: Sequence[ContactShown],
    *,
    total: int,
    offset: int = 0,
    words: str = "",
    stages: Mapping[Stage, int] | None = None,
) -> Message:
    """A page of the member's contacts, latest change first; `total` counts them all.

    `words` are those that chose them, empty for everybody; `stages` count all of them by stage.
    """
    if not contacts:
        return _nobody_there(words) if stages else _nobody_yet()
    shown = f"{offset + 1} to {offset + len(contacts)} of " if total > len(contacts) else ""
    chosen = f" · {cut(words, 100)}" if words else ""
    heading = f"{shown}{counted(total, 'contact', 'contacts')}{chosen}, latest change first"
    blocks: list[Block] = [small(heading)]
    if stages:
        blocks.append(row(stage_menu(stages)))
    for contact in contacts:
        blocks += contact_card(contact)
    if offset + len(contacts) < total:
        following = f"{offset + len(contacts)} {words}".strip()
        blocks += [DividerBlock(), row(button("Show more", SHOW_MORE, following))]
    return Message(text=_read_aloud(heading, contacts), blocks=blocks)


def stage_menu(stages: Mapping[Stage, int]) -> StaticSelectElement:
    """The menu that shows the contacts of one stage, of those in which there are any."""
    everybody = f"Everybody ({sum(stages.values())})"
    offered = {"everybody": everybody} | {
        stage.value.replace("_", " "): f"{STAGES[stage].capitalize()} ({number})"
        for stage, number in stages.items()
    }
    options = [Option(text=plain(label), value=words) for words, label in offered.items()]
    return StaticSelectElement(
        action_id=SHOW_STAGE, placeholder=plain("Show one stage"), options=options
    )


def list_unknown(words: str, command: str) -> Message:
    """The private answer to a list that does not exist, with those that do."""
    question = f"“{cut(words, 60)}” is no list that I know. These are:"
    lists = (
        f"`{command} list asked`  one stage: to ask, asked, answered, talked, no reply …\n"
        f"`{command} list at Acme`  one company\n"
        f"`{command} list path Data analyst`  one path\n"
        f"`{command} list 60 days`  with whom nothing passed for so long"
    )
    return Message(text=f"{escape(question)}\n{lists}", blocks=[rich([question]), paragraph(lists)])


def contacts_found(searched: str, contacts: Sequence[ContactShown]) -> Message:
    """What a search found, best match first; when it found nothing, what to do instead."""
    if not contacts:
        text = f"Nobody found for “{escape(cut(searched, 100))}”. Is it a new name?"
        return Message(
            text=text,
            blocks=[
                rich([f"Nobody found for “{cut(searched, 100)}”. Is it a new name?"]),
                row(button("Add contact", ADD, cut(searched, 200))),
            ],
        )
    heading = f"{counted(len(contacts), 'contact', 'contacts')} found"
    blocks: list[Block] = [small(heading)]
    for contact in contacts:
        blocks += contact_card(contact)
    return Message(text=_read_aloud(heading, contacts), blocks=blocks)


def contact_saved(contact: ContactShown, *, is_new: bool) -> Message:
    """The private line after the form was saved, with the next step at hand."""
    line: Line = [Bold(contact.name), " is on your list." if is_new else " is up to date."]
    if contact.stage == Stage.NOT_NOW and contact.not_now_until is not None:
        line = [*line, f" Not now; I come back to it on {full_date(contact.not_now_until)}."]
    return Message(text=fallback(line), blocks=[rich(line), *contact_card(contact)[1:]])


def met(contact: ContactShown, *, is_new: bool) -> Message:
    """The answer in the DM to "met NAME": the card, which also offers to edit or to put away."""
    tail = ". Saved." if is_new else ". They are on your list already."
    line: Line = [*headline(contact), tail]
    return Message(text=fallback(line), blocks=[rich(line), *contact_card(contact)[1:]])


def contact_archived(contact_id: int, name: str) -> Message:
    """The line after archiving, with the way back."""
    line: Line = [Bold(name), " is archived: off your lists, nothing lost."]
    undo = row(button("Bring back", BRING_BACK, contact_id))
    return Message(text=fallback(line), blocks=[rich(line), undo])


def contact_is_back(contact: ContactShown) -> Message:
    """The line after an archived contact was brought back."""
    line: Line = [Bold(contact.name), " is back on your list."]
    return Message(text=fallback(line), blocks=[rich(line), *contact_card(contact)[1:]])


def _nobody_there(words: str) -> Message:
    line: Line = ["Nobody there: ", cut(words, 100), "."]
    everybody = row(button("Show everybody", SHOW_LIST))
    return Message(text=fallback(line), blocks=[rich(line), everybody])


def _nobody_yet() -> Message:
    text = "Nobody here yet. Who would you like to learn from first?"
    return Message(text=text, blocks=[paragraph(text), row(button("Add contact", ADD))])


def _read_aloud(heading: str, contacts: Sequence[ContactShown]) -> str:
    # Screen readers read this and not the blocks.
    lines = [escape(heading), *(fallback(headline(contact)) for contact in contacts)]
    return shortened("\n".join(shortened(line, 300) for line in lines), MOST_TEXT)
