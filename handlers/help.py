"""`/rapport`, help, and the answers to what nothing else answers."""

import html
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import contact_lists, followups
from handlers.desk import Desk
from handlers.draft_check import open_check
from handlers.examples import help_page, not_understood
from handlers.guide import show_step
from handlers.limits import open_limits
from handlers.settings import open_settings
from handlers.views import help as screens
from handlers.views import home

Body = dict[str, Any]


def register(app: AsyncApp, prefix: str = "") -> None:
    """Help, in every place where it is asked for."""
    app.command(f"/{prefix}rapport")(rapport_command)
    app.action(home.HELP)(help_pressed)
    app.action(screens.HELP_MENU)(help_menu)


async def rapport_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """`/rapport`, with `help`, `check`, `guide`, `settings` or `limits`; else the nearest form."""
    await ack()
    typed, url = html.unescape(body.get("text", "")).strip(), body["response_url"]
    word, rest = [*typed.split(maxsplit=1), "", ""][:2]
    opens = {"check": open_check, "settings": open_settings, "limits": open_limits}
    if word.lower() in opens:
        await opens[word.lower()](desk, body)
    elif word.lower() == "guide":
        await show_step(desk, rest, url)
    elif word.lower() in ("", "help"):
        await desk.tell(await help_page(desk), url)
    else:
        await not_understood(desk, body, typed, rest=rest)


async def help_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Help", in Home and in messages."""
    await ack()
    await desk.tell(await help_page(desk), body.get("response_url"))


async def help_menu(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu under help: whatever else there is to type."""
    await ack()
    what = body["actions"][0]["selected_option"]["value"]
    opens: dict[str, Callable[[Desk, Body], Awaitable[None]]] = {
        screens.CHECK: open_check,
        screens.SETTINGS: open_settings,
    }
    if what in opens:
        await opens[what](desk, body)
    elif what == screens.DUE:
        await followups.show(desk, body.get("response_url"))
    else:
        await desk.tell(await contact_lists.page(desk), body.get("response_url"))


def register_last(app: AsyncApp) -> None:
    """What answers when nothing else does; must be registered after all others."""
    app.action(re.compile(""))(unknown_button)


async def unknown_button(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button of an earlier version of the bot: say so, and show what there is now."""
    await ack()
    await desk.tell(screens.old_button(), body.get("response_url"))
    await desk.show_home()
