"""The bot's Web API client: one shared session, posts that are sent once."""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.context.respond.internals import _build_message
from slack_bolt.response import BoltResponse
from slack_sdk.models.attachments import Attachment
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.slack_failures import Failure, classify, retry_after
from bot.slack_retries import TRANSPORT_METHODS, RepeatWhenHarmless, WaitWhenRateLimited

__all__ = ["Failure", "build_client", "classify", "open_session", "retry_after", "share_respond"]

TIMEOUT = 10.0
CONNECTIONS = 300  # aiohttp's own limit of 100 would queue calls while a whole cohort is served


def open_session(*, timeout: float = TIMEOUT) -> aiohttp.ClientSession:
    """Open the one HTTP session that every call to Slack shares; the caller closes it.

    The time-out (seconds, for a whole request) lives here because slack_sdk applies its own only
    to sessions that it opened itself.
    """
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=min(timeout, 3.0)),
        connector=aiohttp.TCPConnector(limit=CONNECTIONS),
        middlewares=(_no_proxy_to_this_machine,),
    )


def build_client(
    token: str,
    api_url: str,
    session: aiohttp.ClientSession,
    *,
    left_to_caller: Collection[str] = (),
) -> AsyncWebClient:
    """Build a Web API client that shares `session` and never posts twice by itself.

    `api_url` ends in `/api/`; take `session` from `open_session`. Methods named in
    `left_to_caller` are tried once: their failures, 429 too, go to a caller who plans the next try.
    """
    wire_log = logging.getLogger("bot.slack_client.wire")
    wire_log.setLevel(logging.INFO)  # at DEBUG slack_sdk would log what members wrote
    url = api_url if api_url.endswith("/") else f"{api_url}/"
    own = TRANSPORT_METHODS.union(left_to_caller)
    return AsyncWebClient(
        token=token,
        base_url=url,
        timeout=int(TIMEOUT),
        session=session,
        logger=wire_log,
        retry_handlers=[WaitWhenRateLimited(url, own), RepeatWhenHarmless(url, own)],
    )


def share_respond(app: AsyncApp) -> None:
    """Have every listener's `respond` use the shared session and the rules of `build_client`.

    Bolt passes neither to `respond` by itself, so that a cut connection would post twice.
    """

    async def give_respond(
        context: AsyncBoltContext, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        context["respond"] = Respond(context.response_url, app.client)
        return await next()

    app.use(give_respond)


class Respond(AsyncRespond):
    """Answer to a response_url over the shared session, once."""

    def __init__(self, response_url: str | None, client: AsyncWebClient) -> None:
        super().__init__(response_url=response_url, proxy=client.proxy, ssl=client.ssl)
        self._client = client

    async def __call__(
        self,
        text: str | dict[str, Any] = "",
        blocks: Sequence[dict[str, Any] | Block] | None = None,
        attachments: Sequence[dict[str, Any] | Attachment] | None = None,
        response_type: str | None = None,
        replace_original: bool | None = None,
        delete_original: bool | None = None,
        unfurl_links: bool | None = None,
        unfurl_media: bool | None = None,
        thread_ts: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> WebhookResponse:
        """Post to the response_url; a refusal is in the answer's status, not raised."""
        if self.response_url is None:
            raise ValueError("respond is unsupported here as there is no response_url")
        webhook = AsyncWebhookClient(
            url=self.response_url,
            proxy=self.proxy,
            ssl=self.ssl,
            session=self._client.session,
            logger=self._client.logger,
            retry_handlers=self._client.retry_handlers.copy(),
        )
        if isinstance(text, dict):
            return await webhook.send_dict(_build_message(**text))
        message = _build_message(
            text=text,
            blocks=blocks,
            attachments=attachments,
            response_type=response_type,
            replace_original=replace_original,
            delete_original=delete_original,
            unfurl_links=unfurl_links,
            unfurl_media=unfurl_media,
            thread_ts=thread_ts,
            metadata=metadata,
        )
        return await webhook.send_dict(message)


async def _no_proxy_to_this_machine(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # slack_sdk takes HTTPS_PROXY for every address; no proxy can reach the sandbox from outside.
    if request.url.host in {"127.0.0.1", "::1", "localhost"}:
        request.proxy = None
    return await handler(request)
