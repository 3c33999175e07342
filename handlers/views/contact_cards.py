"""Contacts as they are shown in answers: one card each, a list, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock, Option, OptionGroup, StaticSelectElement

from domain.vocabulary import Stage
from handlers.views.commands import Example, forms_of
from handlers.views.elements import button, menu, paragraph, plain, row, small
from handlers.views.notes import noted
from handlers.views.screen import Message, message
from handlers.views.words import (
    MOST_TEXT,
    STAGES,
    Bold,
    Code,
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
STORY = "contact_story"

ABOUT, LOOK_UP, EDIT, SAME_AS, ARCHIVE = "about", "look_up", "edit", "same_as", "archive"
PAGE = 10
# Slack takes so many options in a group, and so many characters in each.
_MOST_PATHS, _LONGEST_VALUE = 30, 75
_SILENCES = (30, 60, 90, 180)
# Who stands here is left in peace.
_NO_DRAFT = (Stage.NO_REPLY, Stage.DECLINED, Stage.NOT_NOW, Stage.CLOSED)


@dataclass(frozen=True)
class ContactShown:
    """A contact as a card shows it; `not_now_until` is a local date.

    `by_hand` says that the member has set the stage, whatever was logged.
    """

    contact_id: int
    name: str
    company: str = ""
    title: str = ""
    stage: Stage = Stage.IDENTIFIED
    by_hand: bool = False
    not_now_until: date | None = None
    note: str = ""
    tags: Sequence[str] = ()
    is_dream: bool = False
    is_archived: bool = False


def contact_card(contact: ContactShown) -> list[Block]:
    """One contact with what can be done about them."""
    lines: list[Line] = [headline(contact)]
    if contact.tags:
        lines.append([tags_line(contact.tags)])
    if contact.note:
        lines.append(noted(contact.note, 300))
    if contact.is_archived:
        return [rich(*lines), row(button("Bring back", BRING_BACK, contact.contact_id))]
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
                    ("Same as somebody else …", f"{SAME_AS}:{contact.contact_id}"),
                    ("Archive", f"{ARCHIVE}:{contact.contact_id}"),
                ],
            ),
        ),
    ]


def tags_line(tags: Sequence[str]) -> str:
    """Tags in a line of their own."""
    return " · ".join(f"#{tag}" for tag in tags)


def headline(contact: ContactShown) -> Line:
    """Who a contact is, in one line: NAME · TITLE at COMPANY · stage · your dream talk."""
    work = " at ".join(part for part in (contact.title, contact.company) if part)
    dream = " · your dream talk" if contact.is_dream else ""
    stage = "archived" if contact.is_archived else _stage(contact)
    return [Bold(contact.name), f" · {work}" if work else "", f" · {stage}{dream}"]


def _stage(contact: ContactShown) -> str:
    until = contact.not_now_until
    if contact.by_hand:
        return f"{STAGES[contact.stage]}, set by hand"
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
    paths: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Message:
    """A page of the member's contacts, latest change first; `total` counts them all.

    `words` are those that chose them, empty for everybody; `stages` count all of them by stage, and
    `paths` and `tags` are those that they are on.
    """
    if not contacts:
        return _nobody_there(words) if stages else _nobody_yet()
    shown = f"{offset + 1} to {offset + len(contacts)} of " if total > len(contacts) else ""
    chosen = f" · {cut(words, 100)}" if words else ""
    heading = f"{shown}{counted(total, 'contact', 'contacts')}{chosen}, latest change first"
    blocks: list[Block] = [small(heading)]
    if stages:
        blocks.append(row(stage_menu(stages, paths, tags)))
    for contact in contacts:
        blocks += contact_card(contact)
    if offset + len(contacts) < total:
        following = f"{offset + len(contacts)} {words}".strip()
        blocks += [DividerBlock(), row(button("Show more", SHOW_MORE, following))]
    return message(_read_aloud(heading, contacts), *blocks)


def stage_menu(
    stages: Mapping[Stage, int], paths: Sequence[str] = (), tags: Sequence[str] = ()
) -> StaticSelectElement:
    """The menu of lists: stages, paths and tags that anybody is on, who is silent, or archived.

    A path whose name is too long for a menu is reached by typing it.
    """
    by_stage = {"everybody": f"Everybody ({sum(stages.values())})"} | {
        stage.value.replace("_", " "): f"{STAGES[stage].capitalize()} ({number})"
        for stage, number in stages.items()
    }
    known = [name for name in paths if len(f"path {name}") <= _LONGEST_VALUE]
    by_path = {f"path {name}": name for name in known[:_MOST_PATHS]}
    by_tag = {f"tag {tag}": f"#{tag}" for tag in tags[:_MOST_PATHS]}
    by_silence = {f"{days} days": f"Silent for {days} days" for days in _SILENCES}
    groups = [
        OptionGroup(
            label=plain(label),
            options=[Option(text=plain(shown), value=words) for words, shown in offered.items()],
        )
        for label, offered in (
            ("Stage", by_stage),
            ("Path", by_path),
            ("Tag", by_tag),
            ("Silence", by_silence),
            ("Put away", {"archived": "Archived"}),
        )
        if offered
    ]
    return StaticSelectElement(
        action_id=SHOW_STAGE, placeholder=plain("Show some of them"), option_groups=groups
    )


def list_unknown(words: str, prefix: str = "", example: Example | None = None) -> Message:
    """The private answer to a list that does not exist, with those that do."""
    question: Line = [f"“{cut(words, 60)}” is no list that I know. These are:"]
    lists: list[Line] = [
        [Code(f"/{prefix}contact {form.after(example or Example())}"), f"  {form.what}"]
        for form in forms_of("contact")
        if form.word == "list"
    ]
    text = "\n".join(map(fallback, (question, *lists)))
    return message(text, rich(question), rich(*lists), row(button("Show everybody", SHOW_LIST)))


def contacts_found(searched: str, contacts: Sequence[ContactShown]) -> Message:
    """What a search found, best match first; when it found nothing, what to do instead."""
    if not contacts:
        line: Line = [f"Nobody found for “{cut(searched, 100)}”. Is it a new name?"]
        add = row(button("Add contact", ADD, cut(searched, 200)))
        return message(fallback(line), rich(line), add)
    heading = f"{counted(len(contacts), 'contact', 'contacts')} found"
    blocks: list[Block] = [small(heading)]
    for contact in contacts:
        blocks += contact_card(contact)
    return message(_read_aloud(heading, contacts), *blocks)


def contact_saved(
    contact: ContactShown, *, is_new: bool, was_by_hand: Stage | None = None
) -> Message:
    """The private line after the form was saved, with the next step at hand.

    `was_by_hand` is the stage that the member had set, if what was logged has taken its place.
    """
    line: Line = [Bold(contact.name), " is on your list." if is_new else " is up to date."]
    if contact.stage == Stage.NOT_NOW and contact.not_now_until and not contact.by_hand:
        line = [*line, f" Not now; I come back to it on {full_date(contact.not_now_until)}."]
    if contact.by_hand:
        line = [*line, f" You set: {STAGES[contact.stage]}; that holds until you log something."]
    elif was_by_hand is not None:
        now = STAGES[contact.stage]
        line = [*line, f" You had set {STAGES[was_by_hand]}; from what you logged now: {now}."]
    return message(fallback(line), rich(line), *contact_card(contact)[1:])


def met(contact: ContactShown, *, is_new: bool) -> Message:
    """The answer in the DM to "met NAME": the card, which also offers to edit or to put away."""
    tail = ". Saved." if is_new else ". They are on your list already."
    line: Line = [*headline(contact), tail]
    return message(fallback(line), rich(line), *contact_card(contact)[1:])


def contact_archived(contact_id: int, name: str) -> Message:
    """The line after archiving, with the way back."""
    line: Line = [Bold(name), " is archived: off your lists, nothing lost. “Show some of them” has"]
    line = [*line, " them under “Archived”."]
    undo = row(button("Bring back", BRING_BACK, contact_id))
    return message(fallback(line), rich(line), undo)


def contact_is_back(contact: ContactShown) -> Message:
    """The line after an archived contact was brought back."""
    line: Line = [Bold(contact.name), " is back on your list."]
    return message(fallback(line), rich(line), *contact_card(contact)[1:])


def _nobody_there(words: str) -> Message:
    line: Line = ["Nobody there: ", cut(words, 100), "."]
    everybody = row(button("Show everybody", SHOW_LIST))
    return message(fallback(line), rich(line), everybody)


def _nobody_yet() -> Message:
    text = "Nobody here yet. Who would you like to learn from first?"
    return message(text, paragraph(text), row(button("Add contact", ADD)))


def _read_aloud(heading: str, contacts: Sequence[ContactShown]) -> str:
    # Screen readers read this and not the blocks.
    lines = [escape(heading), *(fallback(headline(contact)) for contact in contacts)]
    return shortened("\n".join(shortened(line, 300) for line in lines), MOST_TEXT)
