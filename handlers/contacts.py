"""Adding and editing contacts: the command, the shortcut, the form."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from domain.commands import sub_command
from domain.quick_add import read_person
from domain.tags import taken_out, written
from domain.vocabulary import Stage, Vantage
from handlers import contact_lists, merging, research
from handlers.desk import Desk
from handlers.examples import help_page, not_understood
from handlers.shown import contact_shown, contact_typed
from handlers.views import contact_cards as cards
from handlers.views import contact_form as form
from handlers.views import words
from handlers.views.commands import words_of
from handlers.views.home_paths import ADD_KIND
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from handlers.views.stage_question import StageTyped, stage_by_hand
from storage import alike, contacts, members, paths, standing
from storage.contacts import ContactFields
from storage.models import Contact

Body = dict[str, Any]
# What members try for the same things.
_LIKE = {
    "search": "find",
    "show": "find",
    "all": "list",
    "edit": "find",
    "delete": "find",
    "remove": "find",
    "archive": "find",
}
# What the form's boxes hold; text that is longer goes into the note, so that nothing is lost.
_LONGEST, _LONGEST_NOTE = 200, 3000


def register(app: AsyncApp, prefix: str = "") -> None:
    """What opens, redraws, fills and saves the contact form."""
    app.command(f"/{prefix}contact")(contact_command)
    app.shortcut("save_as_contact")(save_as_contact)
    app.action(cards.ADD)(add_contact)
    app.action(ADD_KIND)(add_kind)
    app.action(cards.MORE)(more_about_contact)
    app.action(form.HOW_FOUND)(how_found_chosen)
    app.options(form.CONTACT_CHOSEN)(contact_options)
    app.view(form.CALLBACK_ID)(save_contact)


async def contact_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """`/contact`, `/contact NAME, TITLE at COMPANY`, `/contact find TEXT`, `/contact list`."""
    await ack()
    text = words.as_typed(await desk.with_names(body.get("text", "")))
    typed, url = sub_command(text, words_of("contact"), _LIKE), body["response_url"]
    if typed.name == "list":
        await desk.tell(await contact_lists.page(desk, typed.rest), url)
    elif typed.name == "find":
        await desk.tell(await contact_lists.found(desk, typed.rest), url)
    elif typed.name == "help":
        await desk.tell(await help_page(desk, "contact"), url)
    elif typed.nearest:
        await not_understood(desk, body, text, typed.nearest, rest=typed.rest, or_add=True)
    else:
        await open_form(desk, body, _person(text), Carried(response_url=url))


async def add_contact(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Add contact", anywhere; its value may hold what was typed."""
    await ack()
    typed = _person(body["actions"][0].get("value") or "")
    await open_form(desk, body, typed, Carried(response_url=body.get("response_url")))


async def add_kind(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button that adds the kind of person that a path lacks."""
    await ack()
    kind, _, path = (body["actions"][0].get("value") or "").partition(":")
    vantage = Vantage(kind) if kind in set(Vantage) else None
    await open_form(desk, body, form.ContactTyped(vantage=vantage, path=path), Carried())


async def save_as_contact(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The message shortcut: a contact that begins with a message, its author and its link."""
    await ack()
    message = body["message"]
    text = words.as_typed(await desk.with_names(message.get("text", "")))
    link = await desk.link_to(body["channel"]["id"], message["ts"])
    note = "\n".join(part for part in (link, text) if part)
    typed = form.ContactTyped(
        name=(await desk.name_of(message.get("user")))[:_LONGEST], note=note[:_LONGEST_NOTE]
    )
    await open_form(desk, body, typed, Carried(response_url=body["response_url"]))


async def more_about_contact(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A card's menu: all that passed, look them up, edit, join with another, archive."""
    await ack()
    what, _, number = body["actions"][0]["selected_option"]["value"].partition(":")
    contact_id, url = as_id(number) or 0, body.get("response_url")
    if what == cards.ARCHIVE:
        await contact_lists.archive(desk, contact_id, url)
    elif what == cards.ABOUT:
        await contact_lists.tell_about(desk, contact_id, url)
    elif what == cards.LOOK_UP:
        await research.open_check_list(desk, body["trigger_id"], contact_id)
    elif what == cards.SAME_AS:
        await merging.open_form(desk, body["trigger_id"], contact_id, url)
    else:
        carried = Carried(contact_id=contact_id, response_url=url)
        await open_form(desk, body, form.ContactTyped(), carried)


async def open_form(desk: Desk, body: Body, typed: form.ContactTyped, carried: Carried) -> None:
    """Open the form for a new contact, or for the one that `carried` names."""
    introducer: Option | None = None
    stage: StageTyped | None = None
    async with desk.reading() as session:
        known_paths = await paths.names(session)
        if carried.contact_id is not None:
            contact = await contacts.get(session, carried.contact_id)
            typed, introducer = contact_typed(contact), _introducer(contact)
            carried = replace(carried, contact_id=contact.id)
            stage = await _stage(session, contact, contact.overruled_stage)
    view = form.contact_form(typed, carried, paths=known_paths, introducer=introducer, stage=stage)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def how_found_chosen(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Redraw the form with the question who introduced them, or without it."""
    await ack()
    view = body["view"]
    carried, stage = unpack(view), None
    async with desk.reading() as session:
        known_paths = await paths.names(session)
        if carried.contact_id is not None:
            contact = await contacts.get(session, carried.contact_id)
            stage = await _stage(session, contact, stage_by_hand(view))
    typed = form.as_typed_so_far(view)
    redrawn = form.contact_form(typed, carried, paths=known_paths, stage=stage)
    # Without the view's hash: of two quick choices the later one is to win.
    await desk.client.views_update(view_id=view["id"], view=redrawn)


async def contact_options(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer the type-ahead with the member's own contacts."""
    async with desk.reading() as session:
        found = await contacts.find(session, body.get("value") or "", limit=20)
    await ack(options=[form.contact_option(c.id, c.name, c.company) for c in found])


async def save_contact(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the form, then close it; a form sent twice is one contact.

    Where somebody like them is on the list already, it first asks who is meant.
    """
    view = body["view"]
    carried, typed = unpack(view), form.read_contact_form(view)
    meant = carried.contact_id or form.same_as(view)
    fields, like = ContactFields(**asdict(typed)), None
    async with desk.member() as session:
        asked = await _who_is_meant(session, view, typed) if meant is None else None
        if asked is not None:
            contact = None
        elif not meant:
            contact = await contacts.add(session, fields, desk.now, form_id=view["id"])
        elif carried.contact_id is None:
            contact = await alike.complete(session, meant, fields, desk.now)
        else:
            contact, like = await _changed(session, meant, fields, stage_by_hand(view), desk.now)
    if contact is None:
        await ack(response_action="update", view=asked)
        return
    await ack()
    await desk.changed()
    if carried.response_url is not None:
        saved = cards.contact_saved(contact_shown(contact), is_new=not meant)
        await desk.tell(merging.with_question(saved, contact, like), carried.response_url)


async def _changed(
    session: AsyncSession,
    contact_id: int,
    fields: ContactFields,
    by_hand: Stage | None,
    now: datetime,
) -> tuple[Contact, Contact | None]:
    """Change a contact; give also who may be the same person, now that they are named otherwise."""
    before = merging.named(await contacts.get(session, contact_id))
    await contacts.change(session, contact_id, fields, now)
    contact = await contacts.overrule(session, contact_id, by_hand, now)
    is_news = merging.named(contact) != before
    return contact, await merging.like_them(session, contact) if is_news else None


async def _who_is_meant(
    session: AsyncSession, view: dict[str, Any], typed: form.ContactTyped
) -> View | None:
    """Draw the form with the question who is meant; None where nobody on the list is like them."""
    found = await alike.alike(session, ContactFields(**asdict(typed)), form_id=view["id"])
    if not found:
        return None
    known_paths = await paths.names(session)
    local = (await members.current(session)).rhythm().local
    offered = [
        form.Alike(
            c.id,
            f"{c.name} · {c.company}" if c.company else c.name,
            f"On your list since {words.full_date(local(c.created_at).date())}",
        )
        for c in found
    ]
    return form.contact_form(typed, unpack(view), paths=known_paths, alike=offered)


def _person(text: str) -> form.ContactTyped:
    """Read a person as typed; what is too long for the boxes is kept whole in the note."""
    about, tags = taken_out(text)
    person = read_person(about)
    fits = all(len(part) <= _LONGEST for part in asdict(person).values())
    note = "" if fits else text[:_LONGEST_NOTE]
    return form.ContactTyped(**asdict(person), note=note, tags=written(tags))


async def _stage(session: AsyncSession, contact: Contact, by_hand: Stage | None) -> StageTyped:
    return StageTyped(await standing.follows_from_logged(session, contact), by_hand)


def _introducer(contact: Contact) -> Option | None:
    by = contact.introduced_by
    return form.contact_option(by.id, by.name, by.company) if by else None
