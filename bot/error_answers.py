"""The one error answer: what a member is told when a listener could not finish.

See the table of errors in the design. Nothing that a member typed is logged or lost: a form that
could not be saved stays open.
"""

import asyncio
import secrets
from typing import Any

import aiohttp
import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.slack_failures import error_code
from handlers.desk import Desk
from handlers.views import errors as words
from handlers.views.reading import FormErrors
from handlers.views.screen import Message
from storage.errors import DatabaseAway, Gone

log = structlog.get_logger()

Body = dict[str, Any]

# Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has if the
# listener fails before the next look: Slack would then tell the member of a time-out.
LET_BOLT_NOTICE = 0.02


async def answer_error(
    error: Exception, body: Body, context: AsyncBoltContext, response: BoltResponse | None
) -> BoltResponse | None:
    """Answer for a listener that raised; `response` is None when it had acknowledged before."""
    if isinstance(error, FormErrors):
        return _keep_open(error.errors)
    message = _explain(error, is_saved=_was_saved(body, response))
    is_form = response is not None and body.get("type") == "view_submission"
    if is_form and (first := _first_input(body["view"])):
        return _keep_open({first: message.text})
    if response is not None and body.get("type") == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    if response is None:
        await asyncio.sleep(LET_BOLT_NOTICE)
    await _tell(error, message, body, context)
    # An event or a button that failed is acknowledged all the same: Slack's repeating it would
    # only fail again, and the member has been told.
    return BoltResponse(status=200) if response is not None else None


def _explain(error: Exception, *, is_saved: bool) -> Message:
    """Find the words for an error, and log it without anybody's words in it."""
    if isinstance(error, DatabaseAway):
        log.warning("database away")
        return words.database_away()
    if isinstance(error, Gone):
        log.info("asked for something that is gone")
        return words.gone()
    if isinstance(error, SlackApiError | aiohttp.ClientError | TimeoutError):
        code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("slack refused or was slow", code=code)
        return words.not_confirmed() if is_saved else words.slack_refused()
    reference = secrets.token_hex(4)
    log.error("a listener failed", reference=reference, exc_info=error)
    return words.our_fault(reference)


def _was_saved(body: Body, response: BoltResponse | None) -> bool:
    """A form is acknowledged only once it is saved."""
    return response is None and body.get("type") == "view_submission"


async def _tell(error: Exception, message: Message, body: Body, context: AsyncBoltContext) -> None:
    """Tell the member, where that is possible: most events come from nobody's hand."""
    desk = context.get("desk")
    if not isinstance(desk, Desk):
        return
    if body.get("type") == "event_callback":
        kind = body["event"].get("type")
        if kind == "app_home_opened":
            await _show_in_home(desk, message)
        if kind != "message":
            return
    # A button on something that is gone: its message becomes the line that says so.
    replace = isinstance(error, Gone) and bool(body.get("response_url"))
    try:
        await desk.tell(message, body.get("response_url"), replace=replace)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as unreachable:
        log.error("could not tell a member about a failure", error=type(unreachable).__name__)


async def _show_in_home(desk: Desk, message: Message) -> None:
    """Who opened Home and sees nothing is told there."""
    view = View(type="home", blocks=list(message.blocks))
    try:
        await desk.client.views_publish(user_id=desk.who.user_id, view=view)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as unreachable:
        log.error("could not show a failure in Home", error=type(unreachable).__name__)


def _keep_open(errors: dict[str, str]) -> BoltResponse:
    """Leave the form open with everything in it, and say under each field what would be right."""
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})


def _first_input(view: dict[str, Any]) -> str | None:
    inputs = (str(block["block_id"]) for block in view["blocks"] if block["type"] == "input")
    return next(inputs, None)
