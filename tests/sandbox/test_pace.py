"""How fast the app may call, and what it hears when it is faster."""

from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import VirtualClock
from sandbox.errors import SlackError
from sandbox.pace import (
    A_MINUTE,
    BURST_IN_CHANNEL,
    LINES_AT_ONCE,
    MESSAGES_A_MINUTE,
    OPENING,
    TIERS,
    Pace,
)
from sandbox.server import BOT_TOKEN, Sandbox
from sandbox.web_api import METHODS


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that stands still."""
    return VirtualClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), running=False)


def refused_for(pace: Pace, method: str) -> int:
    """How many seconds the app has to wait; 0 if the call is taken."""
    try:
        pace.call(method)
    except SlackError as error:
        return int(error.fields["retry_after"])
    return 0


def test_every_method_has_its_tier() -> None:
    assert set(METHODS) <= set(TIERS)


async def test_a_method_that_the_sandbox_has_not_is_counted_too(client: AsyncWebClient) -> None:
    codes = []
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await client.api_call("apps.uninstall")
        codes.append(refused.value.response["error"])
    assert codes == ["unknown_method", "ratelimited"]


@pytest.mark.parametrize(
    "method", [name for name, tier in TIERS.items() if tier and name != OPENING]
)
def test_a_method_takes_a_minutes_calls_at_once(clock: VirtualClock, method: str) -> None:
    """And the next one a minute after the first, whatever other methods do."""
    pace, most = Pace(clock), A_MINUTE[TIERS[method] or 0]
    assert {refused_for(pace, method) for _ in range(most)} == {0}
    assert 58 <= refused_for(pace, method) <= 60
    assert refused_for(pace, "views.open" if method != "views.open" else "users.info") == 0
    clock.advance(seconds=40)
    assert 18 <= refused_for(pace, method) <= 20
    clock.advance(seconds=20)
    assert refused_for(pace, method) == 0


def test_ten_lines_may_be_opened_at_once_and_then_one_a_minute(clock: VirtualClock) -> None:
    pace = Pace(clock)
    assert {refused_for(pace, OPENING) for _ in range(LINES_AT_ONCE)} == {0}
    assert 58 <= refused_for(pace, OPENING) <= 60
    for _ in range(3):
        clock.advance(seconds=60)
        assert refused_for(pace, OPENING) == 0
        assert 58 <= refused_for(pace, OPENING) <= 60


def test_a_channel_takes_a_short_burst_and_then_a_message_a_second(clock: VirtualClock) -> None:
    pace = Pace(clock)
    for _ in range(BURST_IN_CHANNEL):
        pace.message("D1")
    pace.message("D2")
    with pytest.raises(SlackError) as refused:
        pace.message("D1")
    assert refused.value.fields["retry_after"] == "1"
    for _ in range(20):
        clock.advance(seconds=1)
        pace.message("D1")


def test_a_workspace_takes_several_hundred_messages_a_minute(clock: VirtualClock) -> None:
    pace = Pace(clock)
    for number in range(MESSAGES_A_MINUTE):
        pace.message(f"D{number}")
    with pytest.raises(SlackError, match="ratelimited"):
        pace.message("D999")
    clock.advance(seconds=60)
    pace.message("D999")


async def test_the_app_hears_when_to_come_back() -> None:
    """429 with Retry-After, and only for that method."""
    sandbox = Sandbox({"oauth_config": {"scopes": {"bot": ["users:read"]}}})
    await sandbox.start()
    client = AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[])
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as refused:
        await client.users_list()
    assert refused.value.response.status_code == 429
    assert refused.value.response.data == {"ok": False, "error": "ratelimited"}
    assert 50 <= int(refused.value.response.headers["Retry-After"]) <= 60
    assert sandbox.refusals[0].rules == ("api.pace",)
    assert (await client.users_info(user="U0ADABROOK"))["ok"]
    await sandbox.stop()
