"""The Web API client against a small server that fails on order, on this machine only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.say.async_say import AsyncSay
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError, SlackObjectFormationError, SlackRequestError
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, HeaderBlock
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_client
from bot.in_flight import InFlight
from bot.slack_client import build_client, open_session
from bot.slack_failures import Failure, classify, retry_after
from handlers.answers import tell
from handlers.views.screen import Message

Answer = Callable[[web.Request], Awaitable[web.Response]]


class WebApi:
    """Answers every method with ok, unless told how the next call of one is to fail."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.peers: set[object] = set()
        self.released = asyncio.Event()
        self._next: dict[str, list[Answer]] = {}

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{place}/{method}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        self.released.set()
        await self._runner.cleanup()

    def next(self, method: str, *answers: Answer) -> None:
        self._next[method] = list(answers)

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        await request.read()
        if self._next.get(method):
            return await self._next[method].pop(0)(request)
        return web.json_response({"ok": True, "user_id": "U1", "bot_id": "B1", "team_id": "T1"})

    async def late(self, request: web.Request) -> web.Response:
        await self.released.wait()
        return web.json_response({"ok": True})


async def lost(request: web.Request) -> web.Response:
    """Take the request and cut the connection instead of answering."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def status(code: int, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=code, text="no", content_type="text/html", headers=headers)

    return answer


def refused(error: str, code: int = 200, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        body = {"ok": False, "error": error}
        return web.json_response(body, status=code, headers=headers)

    return answer


LIMITED_0 = refused("ratelimited", 429, **{"Retry-After": "0"})
LIMITED_1 = refused("ratelimited", 429, **{"Retry-After": "1"})


@pytest.fixture
async def api() -> AsyncIterator[WebApi]:
    server = WebApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session(timeout=5.0) as shared:
        yield shared


@pytest.fixture
def client(api: WebApi, session: aiohttp.ClientSession) -> AsyncWebClient:
    return build_client("xoxb-1", api.api_url, session)


HARMLESS: dict[str, Callable[[AsyncWebClient], Awaitable[Any]]] = {
    "users.info": lambda client: client.users_info(user="U1"),
    "conversations.open": lambda client: client.conversations_open(users="U1"),
    "conversations.history": lambda client: client.conversations_history(channel="D1"),
    "chat.update": lambda client: client.chat_update(channel="D1", ts="1.0", text="Hello"),
    "views.publish": lambda client: client.views_publish(user_id="U1", view={"type": "home"}),
    "views.open": lambda client: client.views_open(trigger_id="1", view={"type": "modal"}),
}
POSTING: dict[str, Callable[[AsyncWebClient], Awaitable[Any]]] = {
    "chat.postMessage": lambda client: client.chat_postMessage(channel="D1", text="Hello"),
    "chat.postEphemeral": lambda client: client.chat_postEphemeral(
        channel="C1", user="U1", text="Hello"
    ),
    "files.completeUploadExternal": lambda client: client.files_completeUploadExternal(
        files=[{"id": "F1", "title": "Contacts"}]
    ),
    "chat.scheduleMessage": lambda client: client.chat_scheduleMessage(
        channel="D1", post_at="1", text="Hello"
    ),
}


@pytest.mark.parametrize("fault", [lost, status(500), status(503), refused("internal_error")])
@pytest.mark.parametrize("method", HARMLESS)
async def test_what_changes_nothing_is_repeated(
    api: WebApi, client: AsyncWebClient, method: str, fault: Answer
) -> None:
    """A cut connection or a server error is not seen by a caller who reads or sets."""
    api.next(method, fault)
    await HARMLESS[method](client)
    assert api.calls == [method, method]


@pytest.mark.parametrize("fault", [lost, status(500), status(503), refused("fatal_error")])
@pytest.mark.parametrize("method", POSTING)
async def test_a_post_is_never_repeated_when_its_answer_is_lost(
    api: WebApi, client: AsyncWebClient, method: str, fault: Answer
) -> None:
    """Slack may have accepted it: a repeat would post twice. The caller hears `uncertain`."""
    api.next(method, fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError)) as caught:
        await POSTING[method](client)
    assert classify(caught.value) is Failure.UNCERTAIN
    assert api.calls == [method]


async def test_a_reader_gives_up_after_three_tries(api: WebApi, client: AsyncWebClient) -> None:
    api.next("users.info", *[status(503)] * 5)
    with pytest.raises(SlackApiError):
        await client.users_info(user="U1")
    assert api.calls == ["users.info"] * 3


@pytest.mark.parametrize(("fault", "seconds"), [(LIMITED_0, 0.0), (LIMITED_1, 1.0)])
@pytest.mark.parametrize("method", ["users.info", "chat.postMessage"])
async def test_a_limit_is_waited_out_as_long_as_slack_says(
    api: WebApi, client: AsyncWebClient, method: str, fault: Answer, seconds: float
) -> None:
    """Slack has not taken a request that it answers with 429: posts too may be sent again."""
    api.next(method, fault)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await (HARMLESS | POSTING)[method](client)
    assert api.calls == [method, method]
    assert seconds <= loop.time() - begun < seconds + 0.9


async def test_a_limit_is_not_waited_out_for_ever(api: WebApi, client: AsyncWebClient) -> None:
    api.next("users.info", *[LIMITED_0] * 9)
    with pytest.raises(SlackApiError) as caught:
        await client.users_info(user="U1")
    assert api.calls == ["users.info"] * 4
    assert classify(caught.value) is Failure.RATE_LIMITED


async def test_a_wait_of_minutes_is_left_to_the_caller(api: WebApi, client: AsyncWebClient) -> None:
    api.next("users.info", refused("ratelimited", 429, **{"Retry-After": "600"}))
    with pytest.raises(SlackApiError) as caught:
        await client.users_info(user="U1")
    assert retry_after(caught.value) == 600.0


async def test_a_method_left_to_the_caller_is_tried_once(
    api: WebApi, session: aiohttp.ClientSession
) -> None:
    """Delivery plans its own next try, so it hears of a limit at once."""
    client = build_client("xoxb-1", api.api_url, session, left_to_caller={"chat.postMessage"})
    api.next("chat.postMessage", LIMITED_0)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="D1", text="Hello")
    assert (classify(caught.value), retry_after(caught.value)) == (Failure.RATE_LIMITED, 0.0)
    assert api.calls == ["chat.postMessage"]


async def test_an_answer_that_does_not_come_ends_in_a_time_out(api: WebApi) -> None:
    """slack_sdk does not apply its time-out to a shared session, so the session has one."""
    async with open_session(timeout=0.2) as session:
        client = build_client("xoxb-1", api.api_url, session)
        api.next("chat.postMessage", api.late)
        with pytest.raises(TimeoutError) as caught:
            await client.chat_postMessage(channel="D1", text="Hello")
    assert classify(caught.value) is Failure.UNCERTAIN
    assert api.calls == ["chat.postMessage"]


async def test_a_refused_connection_is_surely_not_a_post(session: aiohttp.ClientSession) -> None:
    server = WebApi()
    await server.start()
    await server.stop()
    with pytest.raises(aiohttp.ClientConnectorError) as caught:
        await build_client("xoxb-1", server.api_url, session).chat_postMessage(
            channel="D1", text="Hello"
        )
    assert classify(caught.value) is Failure.TRANSIENT_REFUSED


async def test_a_proxy_is_not_used_for_this_machine(
    api: WebApi, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """slack_sdk takes HTTPS_PROXY for every address; the sandbox is reached without it."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    client = build_client("xoxb-1", api.api_url, session)
    assert client.proxy == "http://127.0.0.1:1"
    await client.users_info(user="U1")
    assert api.calls == ["users.info"]


def command(api: WebApi) -> AsyncBoltRequest:
    body = {
        "command": "/contact",
        "text": "",
        "user_id": "U1",
        "team_id": "T1",
        "channel_id": "C1",
        "response_url": f"{api.url}/commands/respond",
    }
    return AsyncBoltRequest(mode="socket_mode", body=body)


async def test_a_listener_uses_the_shared_session_for_everything(
    api: WebApi, client: AsyncWebClient
) -> None:
    """Bolt makes a client for each request; all of them go out on one connection."""
    app = AsyncApp(client=client)
    in_flight = InFlight(app)

    async def contact(
        ack: AsyncAck, body: dict[str, str], client: AsyncWebClient, say: AsyncSay
    ) -> None:
        await ack()
        await client.users_info(user="U1")
        await say("Hello")
        await tell(client, "U1", Message("Hello", ()), response_url=body["response_url"])

    app.command("/contact")(contact)
    for _ in range(3):
        await app.async_dispatch(command(api))
        await in_flight.idle()
    assert api.calls == ["auth.test", *["users.info", "chat.postMessage", "respond"] * 3]
    assert len(api.peers) == 1


@pytest.mark.parametrize("fault", [lost, status(500), status(503)])
async def test_an_answer_that_slack_may_have_taken_is_not_given_twice(
    api: WebApi, client: AsyncWebClient, fault: Answer
) -> None:
    api.next("respond", fault)
    await tell(client, "U1", Message("Hello", ()), response_url=f"{api.url}/commands/respond")
    assert api.calls == ["respond"]


async def test_an_answer_that_slack_has_not_taken_goes_into_the_dm(
    api: WebApi, client: AsyncWebClient
) -> None:
    """The address is used up, or no connection to it comes about."""
    api.next("respond", refused("used_url", 404))
    await tell(client, "U1", Message("Hello", ()), response_url=f"{api.url}/commands/respond")
    assert api.calls == ["respond", "chat.postMessage"]
    await tell(client, "U1", Message("Hello", ()), response_url="http://127.0.0.1:1/hook")
    assert api.calls == ["respond", "chat.postMessage", "chat.postMessage"]


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        ("ratelimited", Failure.RATE_LIMITED),
        ("rate_limited", Failure.RATE_LIMITED),
        ("service_unavailable", Failure.TRANSIENT_REFUSED),
        ("internal_error", Failure.UNCERTAIN),
        ("request_timeout", Failure.UNCERTAIN),
        ("token_revoked", Failure.DEAD_CREDENTIALS),
        ("account_inactive", Failure.DEAD_CREDENTIALS),
        ("missing_scope", Failure.CONFIGURATION),
        ("restricted_action_read_only_channel", Failure.CONFIGURATION),
        ("invalid_arguments", Failure.CALLER_BUG),
        ("invalid_blocks", Failure.CALLER_BUG),
        ("user_disabled", Failure.TARGET_GONE),
        ("user_not_found", Failure.TARGET_GONE),
        ("is_archived", Failure.TARGET_GONE),
        ("is_inactive", Failure.TARGET_GONE),
    ],
)
async def test_slacks_refusals_are_sorted_by_what_to_do(
    api: WebApi, client: AsyncWebClient, code: str, failure: Failure
) -> None:
    api.next("chat.postMessage", refused(code))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="D1", text="Hello")
    assert classify(caught.value) is failure
    assert retry_after(caught.value) is None


async def unreadable(request: web.Request) -> web.Response:
    return web.Response(text="<html>", content_type="application/json")


async def test_an_answer_that_is_not_json_leaves_the_post_uncertain(
    api: WebApi, client: AsyncWebClient
) -> None:
    api.next("chat.postMessage", unreadable)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="D1", text="Hello")
    assert classify(caught.value) is Failure.UNCERTAIN
    assert retry_after(caught.value) is None


def test_errors_without_an_answer_are_sorted_too() -> None:
    assert classify(aiohttp.ServerDisconnectedError()) is Failure.UNCERTAIN
    assert classify(aiohttp.ConnectionTimeoutError()) is Failure.TRANSIENT_REFUSED
    assert classify(aiohttp.InvalidURL("slack")) is Failure.CONFIGURATION
    assert classify(SlackRequestError("no")) is Failure.CALLER_BUG
    assert classify(asyncio.CancelledError()) is Failure.UNCERTAIN
    assert retry_after(TimeoutError()) is None


def test_what_slack_would_refuse_is_found_before_it_is_sent(client: AsyncWebClient) -> None:
    """Also inside other objects, and for whatever validators a class inherits."""
    assert client.token
    too_long = HeaderBlock(text="x" * 151)
    for wrong in (too_long, ActionsBlock(elements=[ButtonElement(text="x" * 76, action_id="a")])):
        with pytest.raises(SlackObjectFormationError):
            wrong.to_dict()
    assert HeaderBlock(text="x" * 150).to_dict()["text"]["text"] == "x" * 150


def test_validators_are_those_that_each_object_would_find(client: AsyncWebClient) -> None:
    assert client.token
    button = ButtonElement(text="Done", action_id="a", value="1")
    of_the_object = {
        name
        for name in dir(button)
        if not name.startswith("__") and hasattr(getattr(button, name, None), "validator")
    }
    assert of_the_object
    assert of_the_object == {*slack_client._validators(ButtonElement)}
