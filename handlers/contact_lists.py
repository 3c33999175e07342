"""Contacts in answers: finding, listing, and what their cards' buttons do."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.lists import read_which
from handlers.about import about_shown
from handlers.desk import Desk
from handlers.examples import own_example
from handlers.followups import answer_url
from handlers.shown import contact_shown
from handlers.views import contact_about as about
from handlers.views import contact_cards as cards
from handlers.views import touch_form
from handlers.views.contact_form import CONTACT_CHOSEN
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from handlers.views.screen import Message
from storage import contact_lists, contacts, members, paths, touches

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What a list of contacts and the cards in it answer to."""
    app.action(cards.SHOW_LIST)(show_list)
    app.action(cards.SHOW_STAGE)(show_stage)
    app.action(cards.SHOW_MORE)(show_more)
    app.action(CONTACT_CHOSEN)(someone_found)
    app.action(cards.STORY)(story)
    app.action(cards.BRING_BACK)(bring_back)
    app.action(cards.WRITE_TOUCH)(write_touch)
    app.view(touch_form.CALLBACK_ID)(save_touch)


async def page(desk: Desk, words: str = "", offset: int = 0) -> Message:
    """One page of the contacts that some words choose; what is no list is answered with those."""
    words = " ".join(words.split())
    which = read_which(words)
    if which is None:
        return cards.list_unknown(words, desk.prefix, await own_example(desk))
    everybody = which == contact_lists.EVERYBODY
    async with desk.reading() as session:
        stages, known_paths = await contacts.by_stage(session), await paths.names(session)
        known_tags = await contacts.tags(session)
        rows = await contact_lists.page(session, desk.now, which, offset=offset, limit=cards.PAGE)
        total = sum(stages.values())
        if not everybody:
            total = await contact_lists.count(session, desk.now, which)
    return cards.contact_list(
        [contact_shown(c) for c in rows],
        total=total,
        offset=offset,
        words="" if everybody else words,
        stages=stages,
        paths=known_paths,
        tags=known_tags,
    )


async def found(desk: Desk, text: str) -> Message:
    """What a search finds; an empty search gives the latest contacts.

    Of the only one that it finds it tells all that passed.
    """
    if not text:
        return await page(desk)
    async with desk.reading() as session:
        rows = await contacts.find(session, text, limit=cards.PAGE)
        if len(rows) == 1:
            return about.contact_about(await about_shown(session, rows[0].id, desk.now))
        return cards.contacts_found(text, [contact_shown(c) for c in rows])


async def tell_about(desk: Desk, contact_id: int, response_url: str | None) -> None:
    """Tell all that is known of a contact, and all that passed."""
    async with desk.reading() as session:
        shown = await about_shown(session, contact_id, desk.now)
    await desk.tell(about.contact_about(shown), response_url)


async def story(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Open their story"."""
    await ack()
    await tell_about(desk, as_id(body["actions"][0].get("value")) or 0, body.get("response_url"))


async def show_list(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Open list", whose value may choose some; in the DM, or where help stands."""
    await ack()
    await desk.tell(await page(desk, body["actions"][0].get("value") or ""), answer_url(body))


async def show_stage(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu of stages: in a list in its place, from Home in the DM."""
    await ack()
    words = body["actions"][0]["selected_option"]["value"]
    await desk.tell(await page(desk, words), body.get("response_url"), replace=True)


async def someone_found(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Home's search: whoever was chosen is told about in the DM, and the box is empty again."""
    await ack()
    chosen = body["actions"][0].get("selected_option") or {}
    await tell_about(desk, as_id(chosen.get("value")) or 0, body.get("response_url"))
    await desk.show_home()


async def show_more(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The next page, in place of the one before."""
    await ack()
    number, _, words = (body["actions"][0].get("value") or "").partition(" ")
    shown = await page(desk, words, as_id(number) or 0)
    await desk.tell(shown, body.get("response_url"), replace=True)


async def archive(desk: Desk, contact_id: int, response_url: str | None) -> None:
    """Take a contact off the lists; the answer offers to bring them back."""
    async with desk.member() as session:
        contact = await contacts.get(session, contact_id)
        await contacts.archive(session, contact_id, desk.now)
    await desk.tell(cards.contact_archived(contact.id, contact.name), response_url)
    await desk.changed()


async def bring_back(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Undo an archiving."""
    await ack()
    contact_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        await contacts.bring_back(session, contact_id, desk.now)
        contact = await contacts.get(session, contact_id)
    back = cards.contact_is_back(contact_shown(contact))
    await desk.tell(back, body.get("response_url"), replace=True)
    await desk.changed()


async def write_touch(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the form for one touch with a contact."""
    await ack()
    contact_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.reading() as session:
        contact = await contacts.get(session, contact_id)
    carried = Carried(contact_id=contact_id, response_url=body.get("response_url"))
    view = touch_form.touch_form(contact.name, desk.now, carried)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def save_touch(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save a touch, then close the form; the contact's stage and nudges follow from it."""
    view = body["view"]
    carried, now = unpack(view), desk.now
    contact_id = carried.contact_id or 0
    async with desk.member() as session:
        today = (await members.current(session)).rhythm().local(now).date()
        typed = touch_form.read_touch_form(view, now, today)
        before = (await contacts.get(session, contact_id)).overruled_stage
        await touches.log(
            session,
            contact_id,
            typed.kind,
            typed.at,
            note=typed.note,
            until=typed.until,
            form_id=view["id"],
            now=now,
        )
        contact = await contacts.get(session, contact_id)
    await ack()
    await desk.changed()
    if carried.response_url is not None:
        was_by_hand = before if contact.overruled_stage is None else None
        shown = contact_shown(contact)
        saved = cards.contact_saved(shown, is_new=False, was_by_hand=was_by_hand)
        await desk.tell(saved, carried.response_url)
