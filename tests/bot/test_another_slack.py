"""`rapport run` against a Slack-compatible server that is not the sandbox.

The server answers with the least that Slack promises, and the payloads are written out from
Slack's own documentation: the bot may take nothing for granted beyond that.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.bot.socket_server import Line, SocketServer

ROOT = Path(__file__).parents[2]
TEAM, USER, CHANNEL = "T012ABCDE", "U061F7AUR", "D0LAN2Q65"
WHO = {"id": USER, "username": "somebody", "name": "somebody", "team_id": TEAM}


class BareSlack(SocketServer):
    """Answers each method with what its documentation shows, and remembers the calls."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        is_json = "json" in request.headers.get("Content-Type", "")
        sent = await request.json() if is_json else dict(await request.post())
        self.calls.put_nowait((method, sent))
        answers: dict[str, dict[str, Any]] = {
            "auth.test": {
                "url": "https://example.slack.com/",
                "team": "Example",
                "user": "rapport",
                "team_id": TEAM,
                "user_id": "UBOT",
                "bot_id": "B1",
            },
            # A member whose profile says nothing of a time zone.
            "users.info": {"user": {"id": USER, "team_id": TEAM, "name": "somebody"}},
            "views.open": {"view": {"id": "V1"}},
            "views.publish": {"view": {"id": "V2"}},
            "chat.postMessage": {"channel": CHANNEL, "ts": "1503435956.000247"},
        }
        return web.json_response({"ok": True, **answers[method]})

    async def call(self, method: str) -> dict[str, Any]:
        """Wait for the next call of one method; give its arguments."""
        while True:
            called, sent = await self.calls.get()
            if called == method:
                return sent


@pytest.fixture
async def slack() -> AsyncIterator[BareSlack]:
    server = BareSlack()
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def rapport_run(slack: BareSlack, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program itself, with tokens in the `.env` of an empty folder."""
    (folder / ".env").write_text(
        f"SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nSLACK_API_URL={slack.api_url}\n"
        f"DATABASE_URL=sqlite:///{folder}/rapport.db\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", ""), "HOME": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def acknowledged(line: Line, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Send a payload; give what the bot acknowledges it with."""
    sent = await line.envelope(kind, payload, accepts_response_payload=True)
    answer = await line.answer()
    assert answer["envelope_id"] == sent
    payload_back: dict[str, Any] = answer.get("payload") or {}
    return payload_back


async def test_a_contact_is_saved_in_a_slack_that_promises_only_what_slack_promises(
    slack: BareSlack, tmp_path: Path
) -> None:
    async with asyncio.timeout(40), rapport_run(slack, tmp_path) as process:
        line = await slack.line()
        command = {
            "token": "t",
            "team_id": TEAM,
            "team_domain": "example",
            "channel_id": "C2147483705",
            "channel_name": "test",
            "user_id": USER,
            "user_name": "somebody",
            "command": "/contact",
            "text": "Grace Hill, CTO at Acme",
            "api_app_id": "A123456",
            "is_enterprise_install": "false",
            "response_url": f"{slack.api_url}respond",
            "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        }
        assert await acknowledged(line, "slash_commands", command) == {}
        opened = await slack.call("views.open")
        assert opened["trigger_id"] == command["trigger_id"]

        submission = {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "example"},
            "user": WHO,
            "api_app_id": "A123456",
            "token": "t",
            "trigger_id": "1.2.3",
            "view": {
                "id": "VNHU13V36",
                "type": "modal",
                "callback_id": "contact_form",
                "private_metadata": "",
                "hash": "156663117.cd33ad1f",
                # The leaves that were left empty are not even there.
                "state": {"values": {"name": {"value": {"type": "plain_text_input"}}}},
                "blocks": [{"type": "input", "block_id": "name"}],
            },
            "response_urls": [],
            "is_enterprise_install": False,
            "enterprise": None,
        }
        refused = await acknowledged(line, "interactive", submission)
        assert refused["response_action"] == "errors"
        leaf = {"type": "plain_text_input", "value": "Grace Hill"}
        submission["view"]["state"]["values"]["name"]["value"] = leaf  # type: ignore[index]  # nested literal
        assert await acknowledged(line, "interactive", submission) == {}
        home = await slack.call("views.publish")
        assert home["user_id"] == USER
        assert "1 name" in str(home["view"])

        process.send_signal(signal.SIGTERM)
        _, complaints = await process.communicate()
        assert process.returncode == 0, complaints.decode()
        assert b"Grace" not in complaints


async def test_unknown_and_half_empty_payloads_leave_the_bot_standing(
    slack: BareSlack, tmp_path: Path
) -> None:
    async with asyncio.timeout(40), rapport_run(slack, tmp_path) as process:
        line = await slack.line()
        event = {"type": "channel_created", "event_ts": "1.2", "channel": {}}
        for payload in (
            {"type": "event_callback", "team_id": TEAM, "event": event},
            {"type": "event_callback", "team_id": TEAM, "event": {"type": "app_uninstalled"}},
            {"type": "event_callback", "event": {"type": "team_join", "user": {"id": "U2"}}},
        ):
            await line.envelope("events_api", payload, accepts_response_payload=False)
        opened = {
            "type": "event_callback",
            "team_id": TEAM,
            "event": {
                "type": "app_home_opened",
                "user": USER,
                "channel": CHANNEL,
                "event_ts": "1515449522000016",
                "tab": "home",
            },
        }
        await line.envelope("events_api", opened, accepts_response_payload=False)
        home = await slack.call("views.publish")
        assert "Your first talk is a message away" in str(home["view"])
        assert process.returncode is None
