"""Looking somebody up before asking them: a short check-list a contact."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from handlers.desk import Desk
from handlers.views import research_form as form
from handlers.views.metadata import Carried, unpack
from handlers.views.prepare_form import LOOK_UP
from handlers.views.reading import as_id
from storage import contacts, research

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens and saves the check-list; a contact's card opens it, too."""
    app.action(LOOK_UP)(look_up)
    app.view(form.CALLBACK_ID)(save_check_list)


async def open_check_list(desk: Desk, trigger_id: str, contact_id: int) -> None:
    """Open a contact's check-list, with what was found before."""
    view = await _check_list(desk, contact_id)
    await desk.client.views_open(trigger_id=trigger_id, view=view)


async def look_up(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Look them up" while preparing: the check-list lies on top of that form."""
    await ack()
    view = await _check_list(desk, as_id(body["actions"][0].get("value")) or 0)
    await desk.client.views_push(trigger_id=body["trigger_id"], view=view)


async def save_check_list(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the check-list, then close it; the contact's stage follows."""
    view = body["view"]
    found = form.read_research_form(view)
    async with desk.member() as session:
        await research.save(session, unpack(view).contact_id or 0, found, desk.now)
    await ack()
    await desk.changed()


async def _check_list(desk: Desk, contact_id: int) -> View:
    async with desk.reading() as session:
        contact = await contacts.get(session, contact_id)
        found = await research.of_contact(session, contact_id)
    return form.research_form(contact.name, found, Carried(contact_id=contact.id))
