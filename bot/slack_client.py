"""The bot's Web API client: one shared session, posts that are sent once."""

import logging
from collections.abc import Collection, Sequence
from functools import cache

import aiohttp
from slack_sdk.models.basic_objects import JsonObject
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
    _find_validators_once()
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


def _find_validators_once() -> None:
    """Have slack_sdk look for the validators of its models once a class, not at each object.

    It goes through all names of each object that is drawn, which was a third of what a nudge costs
    to deliver; what is checked stays the same.
    """
    JsonObject.validate_json = _validated  # type: ignore[method-assign]  # there is no other way


def _validated(self: JsonObject) -> None:
    for name in _validators(type(self)):
        getattr(self, name)()


@cache
def _validators(model: type[JsonObject]) -> Sequence[str]:
    names = (name for name in dir(model) if not name.startswith("__"))
    return [name for name in names if hasattr(getattr(model, name, None), "validator")]


async def _no_proxy_to_this_machine(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # slack_sdk takes HTTPS_PROXY for every address; no proxy can reach the sandbox from outside.
    if request.url.host in {"127.0.0.1", "::1", "localhost"}:
        request.proxy = None
    return await handler(request)
