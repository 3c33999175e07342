"""`/followups`: what is due and what comes next, and pauses."""

import html
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.commands import nearest
from handlers.desk import Desk
from handlers.views import followups as screens
from handlers.views.help import did_you_mean
from handlers.views.nudge_messages import PAUSE_WEEK

Body = dict[str, Any]
Listener = Callable[[AsyncAck, Body, Desk], Awaitable[None]]
_EXAMPLES = {"pause": "pause until friday", "resume": "resume"}


def register(app: AsyncApp, prefix: str = "") -> None:
    """The command, and the buttons that pause and go on."""
    app.command(f"/{prefix}followups")(followups_command)
    app.action(PAUSE_WEEK)(pause_week)
    app.action(screens.GO_ON_NOW)(go_on_now)


async def followups_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """`/followups`, `/followups pause until DATE`, `/followups resume`."""
    await ack()
    typed, url = html.unescape(body.get("text", "")).strip(), body["response_url"]
    word, _, rest = typed.partition(" ")
    if word.lower() == "pause":
        await _pause(desk, rest.strip(), body["command"], url)
    elif word.lower() == "resume":
        await _resume(desk, url)
    elif not word:
        await show(desk, url)
    else:
        right = nearest(word, tuple(_EXAMPLES))
        await desk.tell(did_you_mean(typed, body["command"], right, _EXAMPLES[right]), url)


async def pause_week(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Pause a week", in digests and in this command's answer."""
    await ack()
    url = body.get("response_url")
    if _in_answer(body):
        await _keep_pause(desk, "")
        await show(desk, url, replace=True)
    else:
        await _pause(desk, "", "", url)


async def go_on_now(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Go on now": ends a pause, and shows what waits."""
    await ack()
    await _resume(desk, body.get("response_url"), replace=True)
