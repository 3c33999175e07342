"""The one composition root: puts the app together from what it is handed."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.error_answers import answer_error
from handlers import register_all
from handlers.desk import Desk
from storage.sessions import MemberKey, Sessions

log = structlog.get_logger()

# What is answered out of the memory, and how many of Slack's three seconds the memory has for it.
_ANSWERED_FROM_MEMORY, _MEMORY_HAS = ("view_submission", "block_suggestion"), 2.4


def build_app(
    client: AsyncWebClient,
    identity: AuthorizeResult,
    sessions: Sessions,
    clock: Clock,
    *,
    prefix: str = "",
    facilitators: Collection[str] = (),
) -> AsyncApp:
    """Build the Bolt app; nothing is opened or called.

    `identity` is what auth.test said once, at the start: asking again for each request would be
    network before the acknowledgement. `facilitators` are Slack's ids of those who may set limits.
    """

    async def authorize() -> AuthorizeResult:
        return identity

    async def hand_over(
        context: AsyncBoltContext, body: dict[str, Any], next: Callable[[], Awaitable[None]]
    ) -> None:
        team_id, user_id = context.team_id or identity.team_id, context.user_id
        if team_id and user_id and context.client:
            who = MemberKey(team_id=team_id, user_id=user_id)
            context["desk"] = Desk(
                context.client,
                sessions,
                clock,
                who,
                prefix,
                facilitates=user_id in facilitators,
                asked_by=body.get("trigger_id") or body.get("event_id") or "",
                time_left=_time_left(body, context),
            )
        await next()

    async def note_limit(
        body: dict[str, Any], next: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        if body.get("type") != "app_rate_limited":
            await next()
            return None
        # No event of Slack's: there is nothing to listen to, and nothing to do but to tell.
        log.warning("slack leaves out events: too many of them in an hour")
        return BoltResponse(status=200)

    app = AsyncApp(
        name="rapport",
        client=client,
        authorize=authorize,
        # Socket Mode requests come over a line that Slack has let the app open; the door of HTTP
        # checks each signature itself, before anything is read.
        signing_secret="",
        request_verification_enabled=False,
    )
    app.use(note_limit)
    app.use(hand_over)
    register_all(app, prefix)
    app.error(answer_error)
    return app


def _time_left(body: dict[str, Any], context: AsyncBoltContext) -> Callable[[], float | None]:
    """Count down to the moment at which Slack's patience ends, until it has its answer."""
    if body.get("type") not in _ANSWERED_FROM_MEMORY:
        return lambda: None
    loop, ack = asyncio.get_running_loop(), context.ack
    until = loop.time() + _MEMORY_HAS
    return lambda: until - loop.time() if ack.response is None else None
