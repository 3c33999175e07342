"""The limits on everybody's numbers: for facilitators to set, for members to ask about."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.desk import Desk
from handlers.views import limits_form as form
from handlers.views import settings_form
from handlers.views.metadata import Carried, unpack
from storage import limits

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens and saves the form; the command is `/rapport limits`."""
    app.action(settings_form.LIMITS)(limits_pressed)
    app.view(form.CALLBACK_ID)(save_limits)


async def limits_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button in a facilitator's settings: lay the form over them."""
    await ack()
    await open_limits(desk, body)


async def open_limits(desk: Desk, body: Body) -> None:
    """Open the form for a facilitator; tell everybody else what holds, and who may change it."""
    async with desk.reading() as session:
        now, widest = await limits.in_force(session), limits.may_be_set(session)
    if not desk.facilitates:
        await desk.tell(form.not_yours_to_set(now), body.get("response_url"))
        return
    behind = body.get("view")
    url = unpack(behind).response_url if behind else body.get("response_url")
    view = form.limits_form(now, widest, Carried(response_url=url))
    show = desk.client.views_push if behind else desk.client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


async def save_limits(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the limits, then close the form; what is planned for members follows by itself."""
    form.check_who_sends(facilitates=desk.facilitates)
    async with desk.facilitator() as session:
        await limits.change(
            session, form.read_limits_form(body["view"], limits.may_be_set(session))
        )
        now = await limits.in_force(session)
    await ack()
    url = unpack(body["view"]).response_url
    if url is not None:
        await desk.tell(form.limits_saved(now), url)
