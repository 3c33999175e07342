"""The metrics: what they count, whom they are served to, and that they hold nobody's words."""

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.metrics import Metrics
from bot.metrics_server import MetricsPortTaken, serving
from tests.bot.scraping import scrape
from tests.outages import database_away
from tests.stories.conftest import House, house, log, open_house
from tests.stories.steps import add_contact, plan_talk

__all__ = ["house", "log"]

FOUR_PM = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
async def watched(house: House) -> AsyncIterator[House]:
    """A house that serves its metrics, in which Ada's talk with Grace is asked about at four."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(FOUR_PM.replace(hour=15))
    await house.go_down()
    async with open_house(house.sandbox, house.database_url, metrics_port=0) as watched:
        yield watched


async def test_what_is_sent_is_counted_with_how_late_it_was(watched: House) -> None:
    before = await scrape(watched)
    assert before.of("sent") == 0
    await watched.until(FOUR_PM.replace(second=4))
    after = await scrape(watched)
    assert after.of("sent") == 1
    messages = "rapport_messages_sent_total"
    assert after[messages] - before[messages] == 1
    lateness = "rapport_lateness_seconds"
    assert after[f"{lateness}_sum"] - before[f"{lateness}_sum"] == 4
    assert after[f"{lateness}_bucket 86400.0"] - before[f"{lateness}_bucket 86400.0"] == 1
    assert after["rapport_beat_seconds_count"] > before["rapport_beat_seconds_count"]
    assert after["rapport_in_flight"] == 0
    assert (after["rapport_failed_nudges"], after["rapport_oldest_overdue_seconds"]) == (0, 0)


async def test_a_nudge_that_slack_refuses_for_good_is_counted_as_failed(watched: House) -> None:
    watched.sandbox.faults.next("chat.postMessage", error="msg_too_long")
    await watched.until(FOUR_PM)
    watched.sandbox.refusals.clear()
    after = await scrape(watched)
    assert (after.of("failed"), after.of("sent")) == (1, 0)
    assert after["rapport_slack_refusals_total caller_bug"] == 1
    assert after["rapport_failed_nudges"] == 1
    await watched.later(days=60)
    assert (await scrape(watched))["rapport_failed_nudges"] == 0, "it makes no sense any more"


async def test_a_lost_answer_is_counted_as_doubt_and_the_message_as_found(watched: House) -> None:
    watched.sandbox.faults.next("chat.postMessage", lose_answer=True)
    await watched.until(FOUR_PM)
    doubted = await scrape(watched)
    assert (doubted.of("in_doubt"), doubted.of("sent")) == (1, 0)
    assert doubted["rapport_slack_refusals_total uncertain"] == 1
    await watched.later(minutes=1)
    after = await scrape(watched)
    assert (after.of("found"), after["rapport_messages_sent_total"]) == (1, 1)
    assert after["rapport_lateness_seconds_sum"] < 5, "it arrived when it was sent, not when found"


async def test_what_waits_for_slack_is_counted(watched: House) -> None:
    watched.sandbox.faults.next("chat.postMessage", retry_after=60)
    await watched.until(FOUR_PM)
    after = await scrape(watched)
    assert (after.of("to_retry"), after["rapport_slack_refusals_total rate_limited"]) == (1, 1)


async def test_what_is_no_longer_true_is_counted_as_dropped(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.go_down()
    house.sandbox.clock.advance(days=30)
    async with open_house(house.sandbox, house.database_url, metrics_port=0) as late:
        assert (await scrape(late)).of("dropped") == 1


async def test_what_the_second_question_stands_in_for_is_dropped(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.go_down()
    house.sandbox.clock.move_to(FOUR_PM.replace(hour=22))
    async with open_house(house.sandbox, house.database_url, metrics_port=0) as late:
        figures = await scrape(late)
        assert figures.of("dropped") >= 1
        assert (figures.of("put_off"), figures.of("sent")) == (0, 0)


async def test_what_waits_though_it_is_due_is_seen(watched: House) -> None:
    """The bot claims nothing any more, as if it hung: its metrics tell for how long."""
    watched.bot.delivery.stop()
    await watched.until(FOUR_PM.replace(minute=30))
    assert (await scrape(watched))["rapport_oldest_overdue_seconds"] == 1800


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_that_is_away_is_told(watched: House) -> None:
    """A file that is locked can be read all the same; a server that is shut cannot."""
    assert (await scrape(watched))["rapport_database_up"] == 1
    with database_away(watched.database_url):
        away = await scrape(watched)
    assert away["rapport_database_up"] == 0
    assert away["rapport_failed_nudges"] != away["rapport_failed_nudges"], "NaN: not known"


async def test_nothing_is_served_unless_asked_for_and_nothing_once_the_bot_is_down(
    house: House,
) -> None:
    assert house.bot.metrics_url is None
    async with open_house(house.sandbox, house.database_url, metrics_port=0) as watched:
        url = watched.bot.metrics_url
        assert url is not None and url.startswith("http://127.0.0.1:")
        async with aiohttp.ClientSession() as http:
            async with http.get(url.removesuffix("metrics")) as answer:
                assert answer.status == 404
            # A connection that is kept open keeps nobody waiting.
            await watched.go_down()
            with pytest.raises(aiohttp.ClientConnectorError):
                await http.get(url)


async def test_a_port_that_is_taken_is_told_in_words() -> None:
    async def nothing() -> bytes:
        return b""

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MetricsPortTaken, match=f"port {port} .*METRICS_PORT"):
            async with serving(nothing, "127.0.0.1", port):
                pass


def test_two_bots_in_one_process_count_apart() -> None:
    assert Metrics().registry is not Metrics().registry
