"""response_url: five answers within thirty minutes (slack-platform.md 2.8)."""

import asyncio
from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.driver import Member
from sandbox.server import Sandbox
from tests.sandbox.sample_app import nudge


@pytest.fixture
def ada(sandbox: Sandbox) -> Member:
    """A member of the workspace."""
    return sandbox.member("Ada")


def _hook(sandbox: Sandbox, source_ts: str | None = None) -> AsyncWebhookClient:
    general = sandbox.workspace.channel_named("general").id
    return AsyncWebhookClient(
        sandbox.response_urls.issue("actions", "U0ADABROOK", general, source_ts)
    )


async def test_five_answers_are_taken(sandbox: Sandbox, ada: Member) -> None:
    hook = _hook(sandbox)
    answers = [await hook.send(text=f"answer {n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert len(ada.answers) == 5


async def test_an_answer_may_be_taken_late(sandbox: Sandbox, ada: Member) -> None:
    sandbox.faults.next("response_url", late=0.2)
    answer = asyncio.create_task(_hook(sandbox).send(text="later"))
    await sandbox.until(lambda: not sandbox.faults.waiting("response_url"))
    assert ada.answers == []
    assert (await answer).status_code == 200
    assert [each.text for each in ada.answers] == ["later"]


async def test_after_thirty_minutes_none_is_taken(sandbox: Sandbox, ada: Member) -> None:
    hook = _hook(sandbox)
    sandbox.clock.advance(minutes=31)
    answer = await hook.send(text="too late")
    assert "expired_url" in answer.body
    assert ada.answers == []
    assert sandbox.refusals[0].error == "expired_url"


async def test_an_answer_may_be_for_all(sandbox: Sandbox, ada: Member) -> None:
    await _hook(sandbox).send(text="for all", response_type="in_channel")
    assert sandbox.member("Ben").channel("general").texts == ["for all"]
    assert ada.answers == []


async def test_a_private_message_stays_private(sandbox: Sandbox, ada: Member) -> None:
    general = sandbox.workspace.channel_named("general").id
    source = sandbox.posting.post(general, {"text": "psst"}, only_for=ada.id)
    hook = _hook(sandbox, source.ts)
    await hook.send(text="louder", response_type="in_channel")
    assert sandbox.member("Ben").channel("general").texts == []
    await hook.send(text="changed", replace_original=True)
    assert [answer.text for answer in ada.answers] == ["changed", "louder"]
    await hook.send(delete_original=True)
    assert [answer.text for answer in ada.answers] == ["louder"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({}, "json_not_object"),
        ({"text": ""}, "no_text"),
        ({"blocks": [{"type": "other"}]}, "invalid_blocks"),
    ],
)
async def test_what_slack_would_refuse_is_refused(
    sandbox: Sandbox, answer: dict[str, Any], error: str
) -> None:
    refused = await _hook(sandbox).send_dict(answer)
    assert refused.status_code == 400
    assert error in refused.body


async def test_blocks_are_shown(sandbox: Sandbox, ada: Member) -> None:
    await _hook(sandbox).send(blocks=nudge("Soon"))
    assert ada.answer.buttons == ["Done", "Later"]
