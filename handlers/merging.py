"""Joining two contacts that are the same person, and parting them again."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.desk import Desk
from handlers.dialogue_shown import renew
from handlers.views import merge_form as form
from handlers.views.contact_form import contact_option
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from handlers.views.screen import Message
from storage import alike, contacts, dialogues, guests, merging
from storage.contacts import ContactFields
from storage.merging import Joining, Undone
from storage.models import Contact, Merge

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What the form answers to, and the way back."""
    app.action(form.JOIN)(join)
    app.options(form.CHOSEN)(other_options)
    app.action(form.CHOSEN)(other_chosen)
    app.view(form.CALLBACK_ID)(save_merge)
    app.action(form.UNDO)(undo_merge)


async def open_form(desk: Desk, trigger_id: str, contact_id: int, url: str | None) -> None:
    """Open the form for a contact: who is the same person?"""
    async with desk.reading() as session:
        contact = await contacts.get(session, contact_id)
    carried = Carried(contact_id=contact.id, response_url=url)
    await desk.client.views_open(
        trigger_id=trigger_id, view=form.merge_form(_called(contact), carried)
    )


async def join(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Join the two …": the form for both of them."""
    await ack()
    kept, _, other = (body["actions"][0].get("value") or "").partition(":")
    carried = Carried(contact_id=as_id(kept), response_url=body.get("response_url"))
    view = await _foreseen(desk, carried, as_id(other) or 0)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def other_options(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer the type-ahead with the member's own contacts, but for the one it is about."""
    own = unpack(body["view"]).contact_id
    async with desk.reading() as session:
        found = await contacts.find(session, body.get("value") or "", limit=20)
    others = [contact for contact in found if contact.id != own]
    await ack(options=[contact_option(c.id, c.name, c.company) for c in others])


async def other_chosen(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Redraw the form with what joining the two would bring."""
    await ack()
    view = body["view"]
    chosen = body["actions"][0].get("selected_option") or {}
    redrawn = await _foreseen(desk, unpack(view), as_id(chosen.get("value")) or 0)
    # Without the view's hash: of two quick choices the later one is to win.
    await desk.client.views_update(view_id=view["id"], view=redrawn)


async def _foreseen(desk: Desk, carried: Carried, other_id: int) -> View:
    """Draw the form with what joining the two would bring."""
    async with desk.reading() as session:
        joining = await merging.foresee(session, carried.contact_id or 0, other_id)
    other = joining.other
    return form.merge_form(
        _called(joining.kept),
        carried,
        chosen=contact_option(other.id, other.name, other.company),
        joining=_joining_shown(joining),
    )


async def save_merge(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Join the two, then close the form; sent twice it is one merge."""
    view = body["view"]
    carried = unpack(view)
    contact_id = carried.contact_id or 0
    other_id = form.read_merge_form(view, contact_id)
    async with desk.member() as session:
        merge = await merging.merge(session, contact_id, other_id, desk.now)
        asking = await _asked_about(session, merge)
    await ack()
    done = form.joined(merge.id, _called(merge.kept), _called(merge.other))
    await desk.tell(done, carried.response_url)
    await _bring_up_to_date(desk, asking)


async def undo_merge(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Undo": part the two again, if they are one and nothing stands in the way."""
    await ack()
    merge_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        undone = await merging.undo(session, merge_id, desk.now)
        asking = await _asked_about(session, undone.merge)
    # A line whose undo has to wait keeps its button.
    replace, url = undone.first is None, body.get("response_url")
    await desk.tell(_what_became(undone), url, replace=replace)
    await _bring_up_to_date(desk, asking)


def _what_became(undone: Undone) -> Message:
    kept, other = _called(undone.merge.kept), _called(undone.merge.other)
    if undone.first is not None:
        return form.undo_first(undone.first.id, kept, _called(undone.first.kept))
    return form.parted(kept, other) if undone.done else form.parted_already(kept, other)


async def _asked_about(session: AsyncSession, merge: Merge) -> int | None:
    """Give the talk whose questions are open in the DM, if one of the two is in it."""
    current = await dialogues.current(session)
    if current is None:
        return None
    there = await guests.are_there(session, current.interview_id)
    return current.interview_id if there & {merge.kept_id, merge.other_id} else None


async def _bring_up_to_date(desk: Desk, asking: int | None) -> None:
    await desk.changed()
    if asking is not None:
        await renew(desk, asking)


def named(contact: Contact) -> tuple[str, str, str, str]:
    """Give by what a contact is told from others."""
    return contact.name, contact.company, contact.email, contact.profile_url


async def like_them(session: AsyncSession, contact: Contact) -> Contact | None:
    """Give somebody else on the list who may be the same person, if there is anybody."""
    name, company, email, link = named(contact)
    fields = ContactFields(name=name, company=company, email=email, profile_url=link)
    found = await alike.alike(session, fields)
    return next((other for other in found if other.id != contact.id), None)


def with_question(said: Message, contact: Contact, other: Contact | None) -> Message:
    """Put the question below it whether the two are the same person, if there is another one.

    It is the other one, whom the member had first, who stays.
    """
    return said if other is None else form.same_as(said, other.id, contact.id, _called(other))


def _called(contact: Contact) -> str:
    return f"{contact.name} · {contact.company}" if contact.company else contact.name


def _joining_shown(joining: Joining) -> form.JoiningShown:
    return form.JoiningShown(
        name=_called(joining.other),
        filled=joining.filled,
        note=joining.note,
        touches=joining.touches,
        talks=joining.talks,
    )
