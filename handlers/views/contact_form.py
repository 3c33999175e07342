"""The contact form: drawn here, read here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import (
    EmailInputElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    UrlInputElement,
)
from slack_sdk.models.views import View

from domain.tags import LONGEST_TAG, MOST_TAGS, read_tags
from domain.vocabulary import HowFound, Vantage
from handlers.views import reading, words
from handlers.views.elements import ask, choice, plain, text_box
from handlers.views.metadata import Carried
from handlers.views.reading import FormErrors
from handlers.views.stage_question import StageTyped, stage_question

CALLBACK_ID = "contact_form"
HOW_FOUND = "how_found"
# The type-ahead over the member's own contacts, wherever a form asks for one of them.
CONTACT_CHOSEN = "contact_chosen"

NAME, COMPANY, TITLE, EMAIL, PROFILE, NOTE = "name", "company", "title", "email", "profile", "note"
SAME_AS = "same_as"
TAGS = "tags"
PATH, NEW_PATH, VANTAGE, INTRODUCED_BY = "path", "new_path", "vantage", "introduced_by"

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# Slack's boxes for these two set no limit, but will not be drawn again with more than 3,000.
_LONGEST_EMAIL, _LONGEST_LINK = 254, 3000
# Slack gives a menu's option at most 75 characters; longer paths are reached by typing them.
_OPTION_LENGTH = 75
_MOST_PATHS = 100
_LONGEST_TAGS = 500
_TAGS_HINT = "Words of your own, with commas between: conference, berlin"


@dataclass(frozen=True)
class ContactTyped:
    """What the form holds; a text not given is empty, a choice not made is None."""

    name: str = ""
    company: str = ""
    title: str = ""
    path: str = ""
    vantage: Vantage | None = None
    how_found: HowFound | None = None
    introduced_by_id: int | None = None
    email: str = ""
    profile_url: str = ""
    note: str = ""
    tags: str = ""


@dataclass(frozen=True)
class Alike:
    """A contact who may be the person typed: who they are, and since when they are on the list."""

    contact_id: int
    called: str
    since: str


def contact_form(
    typed: ContactTyped,
    carried: Carried,
    *,
    paths: Sequence[str] = (),
    introducer: Option | None = None,
    alike: Sequence[Alike] = (),
    stage: StageTyped | None = None,
) -> View:
    """Draw the form, filled with what is known; only the name has to be given.

    `introducer` is the option of who introduced them, when that is known already; `alike` are those
    who may be the same person, so that the form asks which of them is meant, or none. `stage` is
    asked of somebody who is known.
    """
    blocks = [
        *_which_of(alike),
        ask("Name", NAME, text_box(typed.name, most=200), optional=False),
        ask("Company", COMPANY, text_box(typed.company, most=200)),
        ask("Title", TITLE, text_box(typed.title, most=200)),
        *path_questions(typed.path, paths),
        ask("What are they to you?", VANTAGE, choice(words.VANTAGES, typed.vantage)),
        ask(
            "How did you find them?",
            HOW_FOUND,
            choice(words.WAYS_FOUND, typed.how_found, action_id=HOW_FOUND),
            dispatch_action=True,
        ),
    ]
    if typed.how_found == HowFound.INTRODUCED:
        blocks.append(ask("Introduced by", INTRODUCED_BY, contact_search(introducer)))
    blocks += [
        ask(
            "Profile link",
            PROFILE,
            UrlInputElement(
                action_id="value", initial_value=typed.profile_url[:_LONGEST_LINK] or None
            ),
        ),
        ask(
            "E-mail",
            EMAIL,
            EmailInputElement(
                action_id="value", initial_value=typed.email[:_LONGEST_EMAIL] or None
            ),
        ),
        ask("Tags", TAGS, text_box(typed.tags, most=_LONGEST_TAGS), hint=_TAGS_HINT),
        ask("Note", NOTE, text_box(typed.note, most=3000, multiline=True)),
        *([stage_question(stage)] if stage is not None else []),
    ]
    known = carried.contact_id is not None
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=carried.packed(),
        title=plain("Edit contact" if known else "New contact"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=blocks,
    )


def same_as(view: reading.View) -> int | None:
    """Whom the member means: a contact's id, 0 for somebody new; None if that was not asked."""
    return reading.chosen_id(view, SAME_AS)


def read_contact_form(view: reading.View) -> ContactTyped:
    """Read the form; raises FormErrors naming every field that cannot be saved as it is."""
    typed = as_typed_so_far(view)
    errors = {}
    if not typed.name:
        errors[NAME] = "A name is all it takes, a first name will do: Ada"
    if typed.email and (len(typed.email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(typed.email)):
        errors[EMAIL] = "An e-mail address looks like ada@example.org"
    if typed.profile_url and not _LINK.fullmatch(typed.profile_url):
        errors[PROFILE] = "A link begins with https:// and has no spaces"
    elif len(typed.profile_url) > _LONGEST_LINK:
        errors[PROFILE] = "A link of up to 3,000 letters; what follows a ? can often be left out"
    tags = read_tags(typed.tags)
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        errors[TAGS] = f"Up to {MOST_TAGS}, of up to {LONGEST_TAG} letters each: conference, berlin"
    if errors:
        raise FormErrors(errors)
    return typed


def as_typed_so_far(view: reading.View) -> ContactTyped:
    """Read the form as it stands, right or wrong: what a redrawn form starts from."""
    how_found = reading.chosen_of(view, HOW_FOUND, HowFound)
    typed = ContactTyped(
        name=reading.text(view, NAME),
        company=reading.text(view, COMPANY),
        title=reading.text(view, TITLE),
        path=reading.text(view, NEW_PATH) or chosen_path(view),
        vantage=reading.chosen_of(view, VANTAGE, Vantage),
        how_found=how_found,
        email=reading.text(view, EMAIL),
        profile_url=reading.text(view, PROFILE),
        note=reading.text(view, NOTE),
        tags=reading.text(view, TAGS),
    )
    if how_found == HowFound.INTRODUCED:
        typed = replace(typed, introduced_by_id=reading.chosen_id(view, INTRODUCED_BY))
    return typed


def _which_of(alike: Sequence[Alike]) -> list[InputBlock]:
    """Ask whether somebody on the list is meant; the answer comes before all the rest."""
    if not alike:
        return []
    options = [
        Option(
            text=plain(words.cut(f"It is {each.called}", _OPTION_LENGTH)),
            value=str(each.contact_id),
            description=plain(words.cut(each.since, _OPTION_LENGTH)),
        )
        for each in alike
    ]
    options.append(Option(text=plain("Somebody new"), value="0"))
    label = "You have somebody like this on your list. Who is it?"
    hint = "For somebody you know, I add what is new to what you have; nothing is lost."
    menu = RadioButtonsElement(action_id="value", options=options)
    return [ask(label, SAME_AS, menu, optional=False, hint=hint)]


def contact_search(
    chosen: Option | None = None,
    *,
    placeholder: str = "Type a name or a company",
    action_id: str = CONTACT_CHOSEN,
) -> ExternalDataSelectElement:
    """A type-ahead over the member's own contacts; before typing it offers the latest ones."""
    return ExternalDataSelectElement(
        action_id=action_id,
        placeholder=plain(placeholder),
        min_query_length=0,
        initial_option=chosen,
    )


def contacts_search(chosen: Sequence[Option], *, most: int) -> ExternalDataMultiSelectElement:
    """The same for several of them."""
    return ExternalDataMultiSelectElement(
        action_id=CONTACT_CHOSEN,
        placeholder=plain("Type a name or a company"),
        min_query_length=0,
        initial_options=list(chosen) or None,
        max_selected_items=most,
    )


def contact_option(contact_id: int, name: str, company: str) -> Option:
    """One contact as an option of a type-ahead."""
    label = words.cut(f"{name} · {company}" if company else name, _OPTION_LENGTH)
    return Option(text=plain(label), value=str(contact_id))


def path_questions(path: str, paths: Sequence[str]) -> list[InputBlock]:
    """Ask for the path: a menu of those that exist, and a box for a new one.

    A path whose name is too long for a menu stands in the box.
    """
    known = [name for name in paths if len(name) <= _OPTION_LENGTH]
    offered = {name: Option(text=plain(name), value=name) for name in known[:_MOST_PATHS]}
    hint = "The kind of job you explore, like Product analyst"
    if not offered:
        return [ask("Path", NEW_PATH, text_box(path, most=100), hint=hint)]
    menu = StaticSelectElement(
        action_id="value", options=list(offered.values()), initial_option=offered.get(path)
    )
    new = "" if path in offered else path
    return [
        ask("Path", PATH, menu),
        ask("Or a new path", NEW_PATH, text_box(new, most=100), hint=hint),
    ]


def chosen_path(view: reading.View) -> str:
    """The name of the path that was chosen from the menu; empty for none."""
    return reading.chosen(view, PATH) or ""
