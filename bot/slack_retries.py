"""The Web API client's repeats: chosen by method, so that nothing is ever posted twice."""

import asyncio
import random
from collections.abc import Collection

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.slack_failures import NOTHING_SENT

LONGEST_WAIT = 60.0  # a longer Retry-After is the caller's to plan for

# The transport has its own loop around this method, with its own waits.
TRANSPORT_METHODS = frozenset({"apps.connections.open"})

# Repeating these changes nothing that the first time did not change: reading, or setting to a
# state. What is not named here (above all chat.postMessage, chat.postEphemeral,
# files.completeUploadExternal and response_url) posts, and a repeat would post twice.
HARMLESS_FAMILIES = ("auth.test", "bots.", "conversations.", "team.", "usergroups.", "users.")
HARMLESS_METHODS = frozenset(
    {
        "chat.delete",
        "chat.getPermalink",
        "chat.update",
        "files.getUploadURLExternal",
        "files.info",
        "files.list",
        "views.open",
        "views.publish",
        "views.push",
        "views.update",
    }
)
SERVER_ERRORS = frozenset({500, 502, 503, 504})
SERVER_ERROR_CODES = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
CUT_CONNECTION = (aiohttp.ServerConnectionError, aiohttp.ClientOSError, aiohttp.ClientPayloadError)


class ByMethod(AsyncRetryHandler):
    """A retry handler that knows which Web API method a request calls."""

    def __init__(self, api_url: str, left_to_caller: Collection[str], *, times: int) -> None:
        super().__init__(max_retry_count=times)
        self._api_url = api_url
        self._left_to_caller = left_to_caller

    def method(self, request: HttpRequest) -> str:
        """Name the method, or an empty string for addresses outside the Web API."""
        if not request.url.startswith(self._api_url):
            return ""
        return request.url.removeprefix(self._api_url)

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if self.method(request) in self._left_to_caller:
            return False
        return await super().can_retry_async(
            state=state, request=request, response=response, error=error
        )


class WaitWhenRateLimited(ByMethod):
    """After 429 wait as long as Slack says and send again: Slack has not taken the request."""

    def __init__(self, api_url: str, left_to_caller: Collection[str]) -> None:
        super().__init__(api_url, left_to_caller, times=3)

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        return _wait_of(response) <= LONGEST_WAIT

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        state.next_attempt_requested = True
        wait = _wait_of(response) if response is not None else 1.0
        await asyncio.sleep(wait + random.uniform(0, 0.2))
        state.increment_current_attempt()


class RepeatWhenHarmless(ByMethod):
    """After a server error or a cut connection send again what may be sent twice."""

    def __init__(self, api_url: str, left_to_caller: Collection[str]) -> None:
        super().__init__(api_url, left_to_caller, times=2)

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if isinstance(error, NOTHING_SENT):
            return True
        if not is_harmless(self.method(request)):
            return False
        if error is not None:
            return isinstance(error, CUT_CONNECTION)
        return response is not None and _is_server_error(response)

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        # Short: a trigger_id lives for three seconds.
        state.next_attempt_requested = True
        await asyncio.sleep(0.2 * 2**state.current_attempt * random.uniform(0.5, 1.5))
        state.increment_current_attempt()


def is_harmless(method: str) -> bool:
    """Say whether a Web API method may be sent again when its answer was lost."""
    return method in HARMLESS_METHODS or method.startswith(HARMLESS_FAMILIES)


def _is_server_error(response: HttpResponse) -> bool:
    code = response.body.get("error") if isinstance(response.body, dict) else None
    return response.status_code in SERVER_ERRORS or code in SERVER_ERROR_CODES


def _wait_of(response: HttpResponse) -> float:
    """Read Retry-After in seconds; one second when Slack names none."""
    for name, values in response.headers.items():
        if name.lower() == "retry-after":
            try:
                return max(0.0, float(values[0]))
            except ValueError:
                break
    return 1.0
