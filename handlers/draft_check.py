"""`/rapport check`: reads a message before it goes out. Nothing of it is kept."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.draft_check import Purpose, check, count_words
from domain.draft_check.purpose import guess
from handlers.desk import Desk
from handlers.views import check_form as form
from handlers.views import words

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What the form answers to; the command is in `handlers/help.py`."""
    app.shortcut("check_message")(check_shortcut)
    app.view(form.CALLBACK_ID)(check_typed)


async def check_shortcut(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The global shortcut "Check a message"."""
    await ack()
    await open_check(desk, body)


async def open_check(desk: Desk, body: Body) -> None:
    """Open the form; what stands behind the command is checked at once."""
    command = words.as_typed(await desk.with_names(body.get("text", ""))).split(maxsplit=1)
    text = command[1].strip()[: form.MOST_TEXT] if len(command) > 1 else ""
    view = form.check_form(_checked(text, guess(text)))
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def check_typed(ack: AsyncAck, body: Body) -> None:
    """Check what stands in the form, and leave it open with what was found."""
    text, purpose = form.read_check_form(body["view"])
    await ack(response_action="update", view=form.check_form(_checked(text, purpose)))


def _checked(text: str, purpose: Purpose) -> form.Checked:
    return form.Checked(text, purpose, count_words(text), check(text, purpose))
