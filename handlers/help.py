"""`/rapport`, help, and the answers to what nothing else answers."""

import html
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.commands import nearest
from domain.name_lines import read_met
from handlers.desk import Desk
from handlers.draft_check import open_check
from handlers.limits import open_limits
from handlers.names import save_met
from handlers.settings import open_settings
from handlers.views import home
from handlers.views.help import did_you_mean, help_message, old_button, only_buttons
from handlers.views.screen import Message
from handlers.views.words import as_typed

Body = dict[str, Any]
_SUB_COMMANDS = ("help", "check", "settings", "limits")


def register(app: AsyncApp, prefix: str = "") -> None:
    """Help, in every place where it is asked for."""

    async def rapport_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
        """`/rapport`, with `help`, `check`, `settings` or `limits`; else the nearest right form."""
        await ack()
        typed = html.unescape(body.get("text", "")).strip()
        if typed.lower().split(maxsplit=1)[:1] == ["check"]:
            await open_check(desk, body)
            return
        if typed.lower() == "settings":
            await open_settings(desk, body)
            return
        if typed.lower() == "limits":
            await open_limits(desk, body)
            return
        if typed.lower() in ("", "help"):
            await desk.tell(_help(desk), body["response_url"])
            return
        right = nearest(typed.partition(" ")[0], _SUB_COMMANDS)
        await desk.tell(did_you_mean(typed, body["command"], right, right), body["response_url"])

    async def help_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
        """The button "Help", in Home and in messages."""
        await ack()
        await desk.tell(_help(desk), body.get("response_url"))

    app.command(f"/{prefix}rapport")(rapport_command)
    app.action(home.HELP)(help_pressed)


def _help(desk: Desk) -> Message:
    return help_message(desk.prefix, facilitates=desk.facilitates)


def register_last(app: AsyncApp) -> None:
    """What answers when nothing else does; must be registered after all others."""
    app.action(re.compile(""))(unknown_button)
    app.event("message")(message_received)


async def unknown_button(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button of an earlier version of the bot: say so, and show what there is now."""
    await ack()
    await desk.tell(old_button(), body.get("response_url"))
    await desk.show_home()


async def message_received(event: dict[str, Any], desk: Desk) -> None:
    """A member wrote to the bot: save whom they met, or say kindly what it understands.

    Edits and bots get no answer.
    """
    if event.get("channel_type") != "im" or "subtype" in event or "bot_id" in event:
        return
    person = read_met(as_typed(await desk.with_names(event.get("text", ""))))
    if person is None:
        await desk.tell(only_buttons())
    else:
        await save_met(desk, person)
