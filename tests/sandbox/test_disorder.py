"""Deliveries that come twice or in another order: Slack promises neither once nor in order."""

import asyncio
from dataclasses import replace
from typing import Any

from sandbox.app_link import GOODBYES
from sandbox.disorder import OVERTAKEN, TWICE
from sandbox.faults import ANY
from sandbox.model import Json
from sandbox.page.traffic import exchanges
from tests.sandbox.conftest import Rig


def others(payloads: list[Json]) -> list[Json]:
    """Without what Slack tells the app of its own messages."""
    return [payload for payload in payloads if "bot_id" not in payload.get("event", {})]


def heard(rig: Rig) -> list[str]:
    """The texts of others' messages that the app has got, in the order in which they came."""
    events: list[dict[str, Any]] = [payload.get("event", {}) for payload in others(rig.seen)]
    return [event["text"] for event in events if event.get("type") == "message"]


async def test_an_event_comes_twice_and_the_next_one_once(rig: Rig) -> None:
    rig.sandbox.disorder.next("events_api", TWICE)
    await rig.ada.say("one")
    await rig.sandbox.until(lambda: heard(rig) == ["one", "one"])
    await rig.ada.say("two")
    assert heard(rig) == ["one", "one", "two"]
    first, again = [entry.attempt for entry in rig.sandbox.workspace.traffic if entry.took][:2]
    assert (first, again) == (0, 1)
    wrong = [one.outcome for one in exchanges(rig.sandbox.workspace.traffic, "trouble")]
    assert len(wrong) == 2 and all(said.startswith("ordered: comes twice; ack") for said in wrong)


async def test_an_event_is_overtaken_by_the_one_that_follows(rig: Rig) -> None:
    rig.sandbox.disorder.next(ANY, OVERTAKEN)
    late = asyncio.create_task(rig.ada.say("one"))
    await rig.sandbox.until(lambda: rig.ada.dms.texts == ["one"])
    await rig.ada.say("two")
    await late
    assert heard(rig) == ["two", "one"]


async def test_of_its_removal_an_app_hears_in_any_order(rig: Rig) -> None:
    subscribed = replace(rig.sandbox.manifest, bot_events=GOODBYES)
    rig.sandbox.manifest = subscribed
    rig.sandbox.disorder.next("events_api", OVERTAKEN)
    await rig.sandbox.uninstall()
    # No listener takes them, so that they come again.
    kinds = dict.fromkeys(payload["event"]["type"] for payload in rig.seen)
    assert list(kinds) == ["app_uninstalled", "tokens_revoked"]


async def test_an_order_for_commands_leaves_events_alone(rig: Rig) -> None:
    rig.sandbox.disorder.next("slash_commands", TWICE)
    await rig.ada.say("one")
    assert heard(rig) == ["one"]
    await rig.ada.command("/echo two")
    commands = [payload for payload in rig.seen if payload.get("command") == "/echo"]
    await rig.sandbox.until(lambda: len(others(rig.seen)) == 3)
    assert commands and others(rig.seen)[1:] == commands * 2


async def test_only_an_event_says_that_it_comes_again(rig: Rig) -> None:
    told: list[tuple[str, int]] = []
    deliver = rig.sandbox.sockets.deliver

    async def listening(kind: str, payload: Json, **more: Any) -> Json:
        told.extend((kind, more["attempt"]) for _ in others([payload]))
        return await deliver(kind, payload, **more)

    rig.sandbox.sockets.deliver = listening  # type: ignore[method-assign]
    rig.sandbox.disorder.next("events_api", TWICE)
    await rig.ada.say("one")
    rig.sandbox.disorder.next("slash_commands", TWICE)
    await rig.ada.command("/echo two")
    await rig.sandbox.until(lambda: len(told) == 4)
    assert sorted(told) == [
        ("events_api", 0), ("events_api", 1), ("slash_commands", 0), ("slash_commands", 0),
    ]  # fmt: skip


async def test_an_order_is_taken_back(rig: Rig) -> None:
    rig.sandbox.disorder.next(ANY, TWICE)
    rig.sandbox.disorder.take_back(rig.sandbox.disorder.orders[0].id)
    await rig.ada.say("one")
    await rig.ada.say("two")
    assert heard(rig) == ["one", "two"]
