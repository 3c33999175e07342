"""Bad days on order: errors, rate limits, lost answers."""

import pytest
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import ANY
from sandbox.server import BOT_TOKEN, Sandbox


@pytest.fixture
def once(sandbox: Sandbox) -> AsyncWebClient:
    """A client that tries only once."""
    return AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[])


async def test_an_ordered_error_comes_once_and_is_no_refusal(
    sandbox: Sandbox, once: AsyncWebClient
) -> None:
    sandbox.faults.next("chat.postMessage", error="internal_error")
    with pytest.raises(SlackApiError, match="internal_error"):
        await once.chat_postMessage(channel="#general", text="one")
    await once.chat_postMessage(channel="#general", text="two")
    assert sandbox.member("Ada").channel("general").texts == ["two"]
    assert sandbox.refusals == []


async def test_a_rate_limit_says_when_to_come_back(sandbox: Sandbox, once: AsyncWebClient) -> None:
    sandbox.faults.next("users.info", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await once.users_info(user="U0ADABROOK")
    assert refused.value.response.status_code == 429
    assert refused.value.response["error"] == "ratelimited"
    assert refused.value.response.headers["Retry-After"] == "7"


async def test_an_http_status_may_come_several_times(sandbox: Sandbox) -> None:
    sandbox.faults.next("views.open", status=503, times=2)
    statuses = []
    async with ClientSession() as session:
        for _ in range(3):
            async with session.post(sandbox.api_url + "views.open") as response:
                statuses.append(response.status)
    assert statuses == [503, 503, 200]


@pytest.mark.parametrize(("order", "texts"), [("lose_answer", ["one"]), ("drop", [])])
async def test_a_connection_breaks_after_or_before_slack_took_the_call(
    sandbox: Sandbox, once: AsyncWebClient, order: str, texts: list[str]
) -> None:
    lose = order == "lose_answer"
    sandbox.faults.next("chat.postMessage", lose_answer=lose, drop=not lose)
    with pytest.raises(ClientError):
        await once.chat_postMessage(channel="#general", text="one")
    assert sandbox.member("Ada").channel("general").texts == texts


async def test_a_late_answer_is_an_answer(sandbox: Sandbox, once: AsyncWebClient) -> None:
    sandbox.faults.next("chat.postMessage", delay=0.01)
    assert (await once.chat_postMessage(channel="#general", text="one"))["ok"]


async def test_orders_can_be_taken_back(sandbox: Sandbox, once: AsyncWebClient) -> None:
    sandbox.faults.next("auth.test", status=500)
    sandbox.faults.clear()
    assert (await once.auth_test())["ok"]


async def test_an_order_for_any_call_meets_whichever_comes_first(
    sandbox: Sandbox, once: AsyncWebClient
) -> None:
    sandbox.faults.next(ANY, status=500)
    sandbox.faults.next("auth.test", status=503)
    with pytest.raises(SlackApiError, match="500"):
        await once.auth_test()
    await once.users_info(user="U0ADABROOK")
    assert sandbox.faults.waiting("auth.test") == 1


async def test_one_order_is_taken_back_and_the_others_stay(
    sandbox: Sandbox, once: AsyncWebClient
) -> None:
    sandbox.faults.next("auth.test", status=500)
    sandbox.faults.next("auth.test", status=503)
    sandbox.faults.take_back(sandbox.faults.orders[0].id)
    with pytest.raises(SlackApiError, match="503"):
        await once.auth_test()
    assert (await once.auth_test())["ok"]


async def test_a_revoked_token_works_no_more_until_it_is_given_back(
    sandbox: Sandbox, once: AsyncWebClient
) -> None:
    await sandbox.revoke_token()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await once.auth_test()
    sandbox.reinstall()
    assert (await once.auth_test())["ok"]
