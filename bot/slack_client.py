"""The bot's Web API client: one shared session, posts that are sent once."""

import logging
from collections.abc import Collection

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_retries import TRANSPORT_METHODS, RepeatWhenHarmless, WaitWhenRateLimited

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


async def _no_proxy_to_this_machine(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # slack_sdk takes HTTPS_PROXY for every address; no proxy can reach the sandbox from outside.
    if request.url.host in {"127.0.0.1", "::1", "localhost"}:
        request.proxy = None
    return await handler(request)
