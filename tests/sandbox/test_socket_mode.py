"""Socket Mode: envelopes, acknowledgements, lost lines (slack-platform.md 3.1)."""

import asyncio
import json
from datetime import datetime
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from sandbox.server import STRAY, Sandbox
from tests.sandbox.raw_line import RawLine
from tests.sandbox.sample_app import MANIFEST, plain


async def test_the_line_opens_with_a_hello(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        assert line.hello["type"] == "hello"
        assert line.hello["num_connections"] == 1
        assert line.hello["connection_info"] == {"app_id": "A0RAPPORT"}
        told = line.hello["debug_info"]
        assert set(told) == {"host", "started", "build_number", "approximate_connection_time"}
        assert datetime.fromisoformat(told["started"])


async def test_a_ticket_opens_one_line_only(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line, ClientSession() as session:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await session.ws_connect(line.url)


async def test_a_ticket_is_good_for_a_short_while(sandbox: Sandbox) -> None:
    sandbox.sockets.ticket_lives = -1.0
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await session.ws_connect(_address(sandbox))


async def test_an_old_ticket_opens_no_eleventh_line(sandbox: Sandbox) -> None:
    """Where the app asked for it while there were fewer: Slack takes the line, and ends it."""
    address = _address(sandbox)
    lines = [RawLine(sandbox) for _ in range(10)]
    for line in lines:
        await line.__aenter__()
    async with ClientSession() as session, session.ws_connect(address) as eleventh:
        assert await eleventh.receive_json() == {
            "type": "disconnect",
            "reason": "too_many_websockets",
            "debug_info": {"host": "applink-sandbox"},
        }
        assert (await eleventh.receive()).type is WSMsgType.CLOSE
    assert len(sandbox.sockets.connections) == 10
    for line in lines:
        await line.__aexit__(None, None, None)


async def test_who_turns_socket_mode_off_ends_all_lines(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        await sandbox.save_manifest(MANIFEST | {"settings": {"socket_mode_enabled": False}})
        goodbye = await line.next()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "link_disabled")
        assert await line.ended()


async def test_at_most_ten_lines_are_open(sandbox: Sandbox) -> None:
    sandbox.pace.is_kept = False  # the eleventh would be too soon as well
    lines = [RawLine(sandbox) for _ in range(10)]
    for line in lines:
        await line.__aenter__()
    async with ClientSession() as session:
        bearer = {"Authorization": "Bearer xapp-sandbox"}
        url = sandbox.api_url + "apps.connections.open"
        async with session.post(url, headers=bearer) as response:
            assert (await response.json())["error"] == "too_many_websockets"
    for line in lines:
        await line.__aexit__(None, None, None)


async def test_an_envelope_has_slacks_shape(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        envelope = await line.next()
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True
        assert "retry_attempt" not in envelope
        await line.ack(envelope, {"text": "hi back"})
        await act
    assert sandbox.member("Ada").answer.text == "hi back"


async def test_what_is_no_acknowledgement_leaves_the_envelope_and_the_line(
    sandbox: Sandbox,
) -> None:
    async with RawLine(sandbox) as line:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        envelope = await line.next()
        for nonsense in ("{", "[]", '{"envelope_id": ["x"]}', '{"envelope_id": "other"}'):
            await line.socket.send_str(nonsense)
        assert not act.done()
        await line.ack(envelope)
        await act
    assert sandbox.member("Ada").troubles == []


@pytest.mark.parametrize("payload", [[], "hello", [1], 5])
async def test_an_answer_that_is_no_object_is_words(sandbox: Sandbox, payload: Any) -> None:
    """And a modal takes no words for an answer (2.8)."""
    async with RawLine(sandbox) as line:
        ada = sandbox.member("Ada")
        act = asyncio.create_task(ada.command("/echo hi"))
        await line.ack(await line.next(), payload)
        await act
        assert ada.answer.text == json.dumps(payload)
        view = {"type": "modal", "title": plain("x"), "blocks": [{"type": "divider"}]}
        view["submit"] = plain("Go")
        sandbox.view_stack.open(ada.id, sandbox.view_stack.check(view, "modal"))
        act = asyncio.create_task(ada.modal.submit())
        await line.ack(await line.next(), payload)
        await act
    assert ada.troubles == ["We had some trouble connecting. Try again?"] and ada.has_modal
    assert [refusal.rules for refusal in sandbox.refusals] == [("answer.action",)]


async def test_what_is_acknowledged_in_vain_stands_in_the_traffic(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        envelope = await line.next()
        for answer in ("{", '{"envelope_id": "other"}'):
            await line.socket.send_str(answer)
        await line.ack(envelope)
        await act
        await line.ack(envelope)
        await sandbox.until(lambda: len(_strays(sandbox)) == 3)
    nothing, unknown, late = _strays(sandbox)
    assert nothing == {"not an acknowledgement": "{"}
    assert (unknown, late) == ({"envelope_id": "other"}, {"envelope_id": envelope["envelope_id"]})


def _strays(sandbox: Sandbox) -> list[dict[str, object]]:
    return [entry.payload for entry in sandbox.workspace.traffic if entry.kind == STRAY]


async def test_what_one_line_keeps_silent_about_goes_to_another(sandbox: Sandbox) -> None:
    sandbox.sockets.silent_for = 0.05
    async with RawLine(sandbox) as silent, RawLine(sandbox) as other:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        first = await silent.next()
        again = await other.next()
        assert first == again
        await other.ack(again)
        await act
    assert sandbox.member("Ada").troubles == []


async def test_who_keeps_silent_alone_is_not_asked_twice(sandbox: Sandbox) -> None:
    sandbox.sockets.silent_for = 0.05
    async with RawLine(sandbox) as line:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        envelope = await line.next()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(line.socket.receive_json(), 0.2)
        await line.ack(envelope)
        await act


async def test_envelopes_go_to_the_lines_in_turn(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as first, RawLine(sandbox) as second:
        for line in (first, second, first):
            act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
            await line.ack(await line.next())
            await act


async def test_an_envelope_waits_for_a_line(sandbox: Sandbox) -> None:
    act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
    async with RawLine(sandbox) as line:
        await line.ack(await line.next())
        await act
    assert sandbox.member("Ada").troubles == []


async def test_without_any_line_a_command_could_not_be_dispatched() -> None:
    sandbox = Sandbox(MANIFEST, ack_timeout=0.05)
    await sandbox.start()
    await sandbox.member("Ada").command("/echo hi")
    assert sandbox.member("Ada").troubles == ['/echo failed with the error "dispatch_failed"']
    await sandbox.stop()


async def test_what_was_on_a_cut_line_is_sent_again_on_another(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as cut:
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        lost = await cut.next()
        sandbox.cut_sockets()
        assert await cut.ended()
        async with RawLine(sandbox) as line:
            again = await line.next()
            assert again == lost
            await line.ack(again)
            await act
    assert sandbox.member("Ada").troubles == []


async def test_before_a_line_is_refreshed_slack_warns(sandbox: Sandbox) -> None:
    """Ten seconds before; until the new line is open the old one is a line like any other."""
    async with RawLine(sandbox) as old:
        refresh = asyncio.create_task(sandbox.refresh_sockets())
        host = {"host": "applink-sandbox"}
        warning = {"type": "disconnect", "reason": "warning", "debug_info": host}
        assert await old.next() == warning
        act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
        await old.ack(await old.next())
        await act
        assert not refresh.done()
        async with RawLine(sandbox) as new:
            assert await old.next() == warning | {"reason": "refresh_requested"}
            assert await old.ended()
            await refresh
            act = asyncio.create_task(sandbox.member("Ada").command("/echo hi"))
            await new.ack(await new.next())
            await act


async def test_a_line_is_refreshed_though_the_app_does_not_come_back(sandbox: Sandbox) -> None:
    sandbox.sockets.warned_for = 0.0
    async with RawLine(sandbox) as line:
        await sandbox.refresh_sockets()
        reasons = [(await line.next())["reason"] for _ in range(2)]
        assert reasons == ["warning", "refresh_requested"]
        assert await line.ended()


async def test_an_event_that_was_not_acknowledged_is_tried_again(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        await sandbox.member("Ada").say("hello")
        first, second = await line.next(), await line.next()
        assert first["payload"]["event_id"] == second["payload"]["event_id"]
        assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
        await line.ack(second)


async def test_events_that_the_manifest_does_not_name_are_not_sent(sandbox: Sandbox) -> None:
    async with RawLine(sandbox) as line:
        ada = sandbox.member("Ada")
        await ada.post("#general", "nobody listens to channels")
        act = asyncio.create_task(ada.say("but to this"))
        envelope = await line.next()
        assert envelope["payload"]["event"]["channel_type"] == "im"
        await line.ack(envelope)
        await act


def _address(sandbox: Sandbox) -> str:
    """Where one line may be opened, as apps.connections.open says it."""
    return f"{sandbox.url.replace('http', 'ws')}/link/?ticket={sandbox.sockets.ticket()}"


async def test_an_acknowledgement_with_half_a_character_is_none() -> None:
    sandbox = Sandbox(MANIFEST, ack_timeout=0.2)
    await sandbox.start()
    async with RawLine(sandbox) as line:
        ada = sandbox.member("Ada")
        command = asyncio.create_task(ada.command("/echo hi"))
        await line.ack(await line.next(), {"text": "\ud800"})
        await command
    await sandbox.stop()
    assert ada.troubles == ['/echo failed with the error "operation_timeout"']
