"""Socket Mode: answers go back where the envelope came from, and no cut lasts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack_client import build_client, open_session
from bot.transport import HEARTBEAT, ConnectionRefused, SocketModeTransport
from tests.bot.socket_server import Line, SocketServer, refusal

COMMAND = {"command": "/contact", "text": "", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
}
SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {"type": "modal", "callback_id": "contact", "state": {"values": {}}},
}


class Bot:
    """An app with a few listeners that a test holds back or lets go."""

    def __init__(self, app: AsyncApp, transport: SocketModeTransport) -> None:
        self.transport = transport
        self.before_ack = asyncio.Event()
        self.before_ack.set()
        self.after_ack = asyncio.Event()
        self.after_ack.set()
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.ended: list[str] = []
        self.retries: list[tuple[Any, Any]] = []
        app.command("/contact")(self._command)
        app.event("app_home_opened")(self._event)
        app.view("contact")(self._submission)

    async def _command(self, ack: AsyncAck) -> None:
        self.begun.put_nowait("command")
        await self.before_ack.wait()
        await ack("Hello")
        await self.after_ack.wait()
        self.ended.append("command")

    async def _event(self, request: AsyncBoltRequest) -> None:
        headers = request.headers
        self.retries.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        await self.after_ack.wait()
        self.ended.append("event")

    async def _submission(self, ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"name": "Please give a name"})


@pytest.fixture
async def slack() -> AsyncIterator[SocketServer]:
    server = SocketServer()
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def running(slack: SocketServer, timeout: float = 5.0, **options: Any) -> AsyncIterator[Bot]:
    """A bot that is connecting; stopped at the end."""
    async with open_session(timeout=timeout) as session:
        app = AsyncApp(client=build_client("xoxb-1", slack.api_url, session))
        transport = SocketModeTransport(app, "xapp-1", session=session, **options)
        run = asyncio.create_task(transport.run())
        bot = Bot(app, transport)
        try:
            yield bot
        finally:
            bot.before_ack.set()
            bot.after_ack.set()
            await transport.stop()
            await run


async def answers_command(line: Line) -> bool:
    envelope_id = await line.envelope("slash_commands", COMMAND, accepts_response_payload=True)
    return await line.answer() == {"envelope_id": envelope_id, "payload": {"text": "Hello"}}


async def test_a_command_is_answered_with_its_text(slack: SocketServer) -> None:
    async with running(slack) as bot, asyncio.timeout(5):
        await bot.transport.connected()
        assert await answers_command(await slack.line())
        await bot.transport.in_flight.idle()
        assert bot.ended == ["command"]


async def test_a_form_is_answered_with_its_errors(slack: SocketServer) -> None:
    async with running(slack), asyncio.timeout(5):
        line = await slack.line()
        envelope_id = await line.envelope("interactive", SUBMISSION, accepts_response_payload=True)
        assert await line.answer() == {
            "envelope_id": envelope_id,
            "payload": {"response_action": "errors", "errors": {"name": "Please give a name"}},
        }


async def test_an_event_is_answered_without_payload_and_counted_until_its_listener_ends(
    slack: SocketServer,
) -> None:
    """Bolt answers an event before its listener begins; `idle` waits for the listener too."""
    async with running(slack) as bot, asyncio.timeout(5):
        bot.after_ack.clear()
        line = await slack.line()
        envelope_id = await line.envelope(
            "events_api", EVENT, retry_attempt=1, retry_reason="timeout"
        )
        assert await line.answer() == {"envelope_id": envelope_id}
        assert bot.transport.in_flight.count > 0
        bot.after_ack.set()
        await bot.transport.in_flight.idle()
        assert bot.ended == ["event"]
        assert bot.retries == [(["1"], ["timeout"])]
        assert bot.transport.in_flight.count == 0


async def test_what_no_listener_wants_is_not_answered(slack: SocketServer) -> None:
    """As with Bolt's own adapter, so that Slack tells the member."""
    async with running(slack) as bot, asyncio.timeout(5):
        line = await slack.line()
        await line.envelope("slash_commands", {**COMMAND, "command": "/unknown"})
        await line.send("not JSON")
        await line.send({"type": "interactive", "envelope_id": "1"})
        await line.send({"type": "interactive", "payload": {}})
        await bot.transport.in_flight.idle()
        assert await answers_command(line)


async def test_many_envelopes_are_worked_on_at_once(slack: SocketServer) -> None:
    async with running(slack) as bot, asyncio.timeout(5):
        line = await slack.line()
        bot.before_ack.clear()
        sent = {await line.envelope("slash_commands", COMMAND) for _ in range(100)}
        for _ in sent:
            await bot.begun.get()
        bot.before_ack.set()
        assert {(await line.answer())["envelope_id"] for _ in sent} == sent


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_polite_disconnect_is_bridged_within_a_second(
    slack: SocketServer, reason: str
) -> None:
    """The new line opens first; what came over the old one is answered on the old one."""
    async with running(slack) as bot:
        old = await slack.line()
        bot.before_ack.clear()
        envelope_id = await old.envelope("slash_commands", COMMAND)
        await bot.begun.get()
        await old.send({"type": "disconnect", "reason": reason})
        async with asyncio.timeout(1):
            new = await slack.line()
        assert not old.closed.is_set()
        async with asyncio.timeout(5):
            bot.before_ack.set()
            assert (await old.answer())["envelope_id"] == envelope_id
            assert await answers_command(new)
            assert await answers_command(old)
            await old.close()
            assert await answers_command(new)


async def test_a_hard_cut_is_mended_within_five_seconds(slack: SocketServer) -> None:
    async with running(slack) as bot:
        for _ in range(3):
            line = await slack.line()
            bot.before_ack.clear()
            await line.envelope("slash_commands", COMMAND)
            await bot.begun.get()
            line.cut()
            bot.before_ack.set()
        async with asyncio.timeout(5):
            assert await answers_command(await slack.line())


async def test_a_restarted_server_is_found_again_within_five_seconds(slack: SocketServer) -> None:
    async with running(slack) as bot:
        await bot.transport.connected()
        await slack.line()
        await slack.stop()
        await slack.start()
        async with asyncio.timeout(5):
            assert await answers_command(await slack.line())


async def test_a_line_that_falls_silent_is_given_up(slack: SocketServer) -> None:
    """Nobody says that the line is dead: only the missing pongs do."""
    slack.silent_lines = 1
    async with running(slack, heartbeat=0.2), asyncio.timeout(5):
        await slack.line()
        assert await answers_command(await slack.line())


def test_the_usual_heartbeat_notices_a_dead_line_within_four_seconds() -> None:
    assert HEARTBEAT * 1.5 < 4


async def test_a_quiet_line_outlives_the_time_out_of_requests(slack: SocketServer) -> None:
    async with running(slack, timeout=0.3, heartbeat=0.1), asyncio.timeout(5):
        line = await slack.line()
        async with line.pinged:
            await line.pinged.wait_for(lambda: line.pings >= 6)
        assert await answers_command(line)
        assert slack.opens == 1


async def test_a_line_without_hello_does_not_count(slack: SocketServer) -> None:
    slack.mute_lines = 2
    async with running(slack) as bot, asyncio.timeout(5):
        await bot.transport.connected()
        assert slack.opens == 3
        assert await answers_command(await slack.line())


async def test_a_limit_is_waited_out_as_long_as_slack_says(slack: SocketServer) -> None:
    slack.refusals = [refusal("ratelimited", 429, **{"Retry-After": "1"})]
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with running(slack), asyncio.timeout(5):
        await slack.line()
        assert loop.time() - begun >= 1
        assert slack.opens == 2


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable"])
async def test_trouble_at_slack_is_tried_again(slack: SocketServer, code: str) -> None:
    slack.refusals = [refusal(code), refusal(code, 503)]
    async with running(slack), asyncio.timeout(5):
        assert await answers_command(await slack.line())


@pytest.mark.parametrize(
    "code", ["invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"]
)
async def test_a_dead_app_token_ends_the_run_with_its_reason(
    slack: SocketServer, code: str
) -> None:
    slack.refusals = [refusal(code)]
    async with open_session() as session, asyncio.timeout(5):
        app = AsyncApp(client=build_client("xoxb-1", slack.api_url, session))
        transport = SocketModeTransport(app, "xapp-secret", session=session)
        run = asyncio.create_task(transport.run())
        with pytest.raises(ConnectionError):
            await transport.connected()
        with pytest.raises(ConnectionRefused, match=code) as caught:
            await run
        assert "secret" not in str(caught.value)
        assert slack.opens == 1
        await transport.stop()


async def test_a_stop_takes_nothing_new_and_lets_begun_work_finish(slack: SocketServer) -> None:
    async with running(slack) as bot, asyncio.timeout(5):
        line = await slack.line()
        bot.before_ack.clear()
        bot.after_ack.clear()
        envelope_id = await line.envelope("slash_commands", COMMAND)
        await bot.begun.get()
        stop = asyncio.create_task(bot.transport.stop())
        await line.envelope("slash_commands", COMMAND)
        bot.before_ack.set()
        assert (await line.answer())["envelope_id"] == envelope_id
        await line.closed.wait()
        assert not stop.done()
        bot.after_ack.set()
        await stop
        assert bot.ended == ["command"]
        assert bot.begun.empty()


async def test_a_stop_does_not_wait_for_ever(slack: SocketServer) -> None:
    async with running(slack, drain=0.1) as bot, asyncio.timeout(5):
        line = await slack.line()
        bot.after_ack.clear()
        assert await answers_command(line)
        await bot.transport.stop()
        assert bot.ended == []
        assert line.closed.is_set()


async def test_a_stop_while_connecting_ends_at_once(slack: SocketServer) -> None:
    slack.refusals = [refusal("ratelimited", 429, **{"Retry-After": "60"})]
    async with running(slack) as bot, asyncio.timeout(5):
        await bot.transport.stop()
        with pytest.raises(ConnectionError):
            await bot.transport.connected()
