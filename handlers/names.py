"""The first minutes: three questions, then ten names in two minutes."""

from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from domain.name_lines import NamedPerson
from handlers import merging
from handlers.desk import Desk
from handlers.shown import contact_shown
from handlers.views import names_form as form
from handlers.views.contact_cards import met
from handlers.views.metadata import Carried, unpack
from storage import contacts, names, paths, wishes

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens, previews and saves the names."""
    app.action(form.WRITE_NAMES)(write_names)
    app.view(form.START_FORM)(save_start)
    app.view(form.NAMES_FORM)(preview)
    app.view(form.PREVIEW_FORM)(save_names)


async def write_names(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Write down ten names": who is new here answers three questions first."""
    await ack()
    carried = Carried(response_url=body.get("response_url"))
    await desk.zone()  # The digest's hour is one of the member's own clock.
    async with desk.reading() as session:
        view = await _first_page(session, carried)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def save_start(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the three answers, and turn to the box."""
    view, now = body["view"], desk.now
    typed = form.read_start_form(view)
    async with desk.member() as session:
        await names.want(session, typed.starting_names)
        await paths.called(session, typed.path)
        wished = replace(await wishes.current(session), digest_hour=typed.digest_hour)
        await wishes.change(session, wished, now)
        known_paths = await paths.names(session)
    box = form.names_form(form.NamesTyped("", typed.path), unpack(view), paths=known_paths)
    await ack(response_action="update", view=box)
    await desk.changed()


async def preview(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show whom I read; nothing is saved yet."""
    view = body["view"]
    typed, read = form.read_names_form(view)
    async with desk.reading() as session:
        known = await names.known(session, read.people)
        like = await names.like(session, [each for each in read.people if each not in known])
        known_paths = await paths.names(session)
    shown = form.preview_form(typed, read, known, unpack(view), paths=known_paths, like=like)
    await ack(response_action="update", view=shown)


async def save_names(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save everybody at once; what could not be read stays in the box."""
    view = body["view"]
    carried, (typed, read) = unpack(view), form.read_names_form(view)
    async with desk.member() as session:
        added = len(await names.add_all(session, read.people, typed.path, desk.now))
        total, wanted = await contacts.count(session), await names.wanted(session)
        known_paths = await paths.names(session)
    if read.unread:
        left = form.NamesTyped("\n".join(read.unread), typed.path)
        box = form.names_form(left, carried, paths=known_paths, saved=len(read.people))
        await ack(response_action="update", view=box)
    else:
        await ack()
    await desk.changed()
    if carried.response_url is not None:
        known = len(read.people) - added
        saved = form.names_saved(added, known, total=total, wanted=wanted)
        await desk.tell(saved, carried.response_url)


async def _first_page(session: AsyncSession, carried: Carried) -> View:
    known_paths = await paths.names(session)
    if not known_paths and not await contacts.count(session):
        hour = (await wishes.current(session)).digest_hour
        return form.start_form(form.StartTyped("", await names.wanted(session), hour), carried)
    path = known_paths[0] if len(known_paths) == 1 else ""
    return form.names_form(form.NamesTyped("", path), carried, paths=known_paths)


async def save_met(desk: Desk, person: NamedPerson) -> None:
    """Save whom a member wrote of in the DM, with the way back; who is known is shown."""
    async with desk.member() as session:
        # Slack sends a message again that was not acknowledged in time.
        form_id = desk.asked_by or None
        contact, is_new = await names.add_met(session, person, desk.now, form_id)
        like = await merging.like_them(session, contact) if is_new else None
    await desk.changed()
    said = met(contact_shown(contact), is_new=is_new)
    await desk.tell(merging.with_question(said, contact, like))
