"""Naming the one person whom a member dreams of talking to."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.desk import Desk
from handlers.shown import contact_shown
from handlers.views import dream as views
from handlers.views.reading import as_id
from storage import dreams

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """The button in a contact's story, and its undoing."""
    app.action(views.NAME_DREAM)(name_dream)
    app.action(views.TAKE_BACK)(take_back)


async def name_dream(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Name this contact; whoever it was before is said, too."""
    await ack()
    contact_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        contact, before = await dreams.name(session, contact_id, desk.now)
    named = views.dream_named(contact_shown(contact), before.name if before else "")
    await desk.tell(named, body.get("response_url"))
    await desk.changed()


async def take_back(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Name nobody again."""
    await ack()
    contact_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        contact = await dreams.take_back(session, contact_id)
    await desk.tell(views.dream_taken_back(contact_shown(contact)), body.get("response_url"))
    await desk.changed()
