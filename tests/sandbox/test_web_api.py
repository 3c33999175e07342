"""The Web API through slack_sdk's client: answers, refusals, scopes, pages."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import BOT_TOKEN, Sandbox
from sandbox.web_api.endpoint import UPLOAD
from tests.sandbox.sample_app import MANIFEST, contact_form, plain

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


async def _refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_auth_test_names_the_bot_and_its_scopes(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == "U0RAPPORT"
    assert answer["bot_id"] == "B0RAPPORT"
    granted = answer.headers["x-oauth-scopes"]
    assert granted == ",".join(MANIFEST["oauth_config"]["scopes"]["bot"])


async def test_an_organisations_token_says_so(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert not (await client.auth_test())["is_enterprise_install"]
    sandbox.org_wide = True
    answer = await client.auth_test()
    assert (answer["is_enterprise_install"], answer["enterprise_id"]) == (True, "E0SANDBOX")


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-other", "invalid_auth"),
        ("xapp-sandbox", "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_is_refused(sandbox: Sandbox, token: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = sandbox.api_url + "chat.postMessage"
    async with ClientSession() as session, session.post(url, headers=headers) as response:
        assert (await response.json())["error"] == error


async def test_the_bot_token_opens_no_line(client: AsyncWebClient) -> None:
    call = client.apps_connections_open(app_token="xoxb-sandbox")
    assert await _refused(call) == "not_allowed_token_type"


async def test_a_token_for_lines_is_taken_in_the_header_alone(sandbox: Sandbox) -> None:
    url, form = sandbox.api_url + "apps.connections.open", {"token": "xapp-sandbox"}
    async with ClientSession() as session, session.post(url, data=form) as response:
        assert (await response.json())["error"] == "not_authed"


async def test_unknown_methods_are_refused(client: AsyncWebClient) -> None:
    assert await _refused(client.api_call("chat.shout")) == "unknown_method"


async def test_a_missing_scope_is_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.team_info()
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "team:read"
    assert "chat:write" in refused.value.response["provided"]


async def test_a_missing_argument_is_named(sandbox: Sandbox, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("chat.postMessage", json={"text": "hi"})
    assert refused.value.response["error"] == "invalid_arguments"
    messages = refused.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: channel"]
    assert sandbox.refusals[0].method == "chat.postMessage"


async def test_arguments_may_come_as_a_form(client: AsyncWebClient) -> None:
    blocks = '[{"type": "section", "text": {"type": "mrkdwn", "text": "*hi*"}}]'
    form = {"channel": "U0ADABROOK", "text": "hi", "blocks": blocks, "unfurl_links": "false"}
    answer = await client.api_call("chat.postMessage", data=form)
    assert answer["message"]["blocks"][0]["text"]["text"] == "*hi*"


async def test_posting_to_a_user_opens_the_direct_conversation(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    first = await client.chat_postMessage(channel="U0ADABROOK", text="one & two")
    second = await client.chat_postMessage(channel=first["channel"], text="two")
    assert first["channel"].startswith("D0")
    assert first["message"]["text"] == "one &amp; two"
    assert second["channel"] == first["channel"]
    assert float(second["ts"]) > float(first["ts"])
    assert sandbox.member("Ada").dms.texts == ["one & two", "two"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "#random", "text": "x"}, "not_in_channel"),
        ({"channel": "U0RAPPORT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "#general"}, "no_text"),
        ({"channel": "#general", "text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ({"channel": "#general", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"channel": "#general", "blocks": ["nonsense"]}, "invalid_blocks_format"),
        ({"channel": "#general", "blocks": [{"type": "other"}]}, "invalid_blocks"),
        ({"channel": "#general", "text": "x", "metadata": {}}, "invalid_metadata_format"),
        ({"channel": "#general", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "#general", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_message_that_slack_would_refuse(
    client: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    assert await _refused(client.api_call("chat.postMessage", json=arguments)) == error


async def test_a_text_that_is_too_long_is_cut(client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel="#general", text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000


async def test_only_own_messages_change(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="#general", text="one")
    channel, ts = posted["channel"], posted["ts"]
    await client.chat_update(channel=channel, ts=ts, text="two")
    assert sandbox.member("Ada").channel("general").texts == ["two"]
    theirs = await sandbox.member("Ada").post("general", "mine")
    update = client.chat_update(channel=channel, ts=theirs.ts, text="x")
    assert await _refused(update) == "cant_update_message"
    assert (
        await _refused(client.chat_delete(channel=channel, ts=theirs.ts)) == "cant_delete_message"
    )
    assert await _refused(client.chat_update(channel=channel, ts="1.0", text="x")) == (
        "message_not_found"
    )
    assert await _refused(client.chat_update(channel="U0ADABROOK", ts=ts, text="x")) == (
        "channel_not_found"
    )
    assert await _refused(client.chat_update(channel=channel, ts=ts, text="x" * 4001)) == (
        "msg_too_long"
    )
    await client.chat_delete(channel=channel, ts=ts)
    assert sandbox.member("Ada").channel("general").texts == ["mine"]


async def test_a_private_answer_is_no_message(sandbox: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.chat_postEphemeral(channel="#general", user="U0ADABROOK", text="psst")
    assert sandbox.member("Ada").answer.text == "psst"
    channel = sandbox.workspace.channel_named("general").id
    update = client.chat_update(channel=channel, ts=answer["message_ts"], text="x")
    assert await _refused(update) == "message_not_found"
    other = client.chat_postEphemeral(channel="#general", user="U404", text="x")
    assert await _refused(other) == "user_not_in_channel"


async def test_history_gives_metadata_back_when_asked(client: AsyncWebClient) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": 1}}
    posted = [
        await client.chat_postMessage(channel="U0ADABROOK", text=f"{n}", metadata=metadata)
        for n in range(3)
    ]
    channel = posted[0]["channel"]
    plainly = await client.conversations_history(channel=channel)
    assert [message["text"] for message in plainly["messages"]] == ["2", "1", "0"]
    assert "metadata" not in plainly["messages"][0]
    page = await client.conversations_history(
        channel=channel, include_all_metadata=True, limit=2, oldest=posted[0]["ts"], inclusive=True
    )
    assert [message["metadata"] for message in page["messages"]] == [metadata] * 2
    assert page["has_more"]
    rest = await client.conversations_history(
        channel=channel, limit=2, cursor=page["response_metadata"]["next_cursor"]
    )
    assert [message["text"] for message in rest["messages"]] == ["0"]


async def test_history_leaves_out_what_was_written_in_threads(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    first = await client.chat_postMessage(channel="U0ADABROOK", text="one")
    channel = first["channel"]
    await client.chat_postMessage(channel=channel, text="two", thread_ts=first["ts"])
    answer = await client.conversations_history(channel=channel)
    assert [message["text"] for message in answer["messages"]] == ["one"]


async def test_a_thread_is_told_as_slack_tells_it(sandbox: Sandbox, client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel="U0ADABROOK", text="one")
    channel, ts = first["channel"], first["ts"]
    ada = sandbox.member("Ada")
    await ada.say("two", under=ada.dms.last)
    gone = await client.chat_postMessage(channel=channel, text="three", thread_ts=ts)
    four = await client.chat_postMessage(channel=channel, text="four", thread_ts=ts)
    await client.chat_delete(channel=channel, ts=gone["ts"])
    assert (four["message"]["thread_ts"], four["message"]["parent_user_id"]) == (ts, "U0RAPPORT")
    [told] = (await client.conversations_history(channel=channel))["messages"]
    about = ("reply", "latest", "thread")
    assert {name: told[name] for name in told if name.startswith(about)} == {
        "thread_ts": ts,
        "reply_count": 2,
        "reply_users_count": 2,
        "latest_reply": four["ts"],
        "reply_users": ["U0ADABROOK", "U0RAPPORT"],
    }
    thread = (await client.conversations_replies(channel=channel, ts=ts))["messages"]
    assert [message["text"] for message in thread] == ["one", "two", "four"]
    assert [message.get("parent_user_id") for message in thread] == [None, *["U0RAPPORT"] * 2]
    late = await client.conversations_replies(channel=channel, ts=ts, oldest=thread[1]["ts"])
    assert [message["text"] for message in late["messages"]] == ["one", "four"]
    lost = client.conversations_replies(channel=channel, ts="1.1")
    assert await _refused(lost) == "thread_not_found"


async def test_history_needs_the_scope_for_the_kind_of_conversation(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    channel = sandbox.workspace.channel_named("general").id
    assert await _refused(client.conversations_history(channel=channel)) == "missing_scope"
    assert await _refused(client.conversations_info(channel=channel)) == "missing_scope"


async def test_people_are_listed_by_pages(client: AsyncWebClient) -> None:
    names = []
    async for page in await client.users_list(limit=2):
        assert len(page["members"]) <= 2
        names += [member["name"] for member in page["members"]]
    assert names == ["slackbot", "sample", "ada", "ben", "chiara", "devi"]
    for start in ("nonsense", "next:-5", "5"):
        cursor = b64encode(start.encode()).decode()
        assert await _refused(client.users_list(cursor=cursor)) == "invalid_cursor"


async def test_a_user_has_a_zone(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0BENOKAFOR"))["user"]
    assert user["tz"] == "America/New_York"
    assert user["tz_offset"] in (-18000, -14400)
    assert user["profile"]["real_name"] == "Ben Okafor"
    assert "email" not in user["profile"]
    assert await _refused(client.users_info(user="U404")) == "user_not_found"


async def test_opening_a_direct_conversation(sandbox: Sandbox, client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0ADABROOK")
    again = await client.conversations_open(users=["U0ADABROOK"])
    assert again["already_open"]
    assert first["channel"] == again["channel"] == {"id": sandbox.member("Ada").dms.id}
    whole = await client.conversations_open(users="U0ADABROOK", return_im=True)
    assert whole["channel"]["user"] == "U0ADABROOK"
    assert await _refused(client.api_call("conversations.open")) == "users_list_not_supplied"
    assert await _refused(client.conversations_open(users="U404")) == "user_not_found"
    assert await _refused(client.conversations_open(users="U0RAPPORT")) == "cannot_dm_bot"
    await sandbox.deactivate("Ada")
    assert await _refused(client.conversations_open(users="U0ADABROOK")) == "user_disabled"


async def test_several_people_share_one_conversation() -> None:
    sandbox = Sandbox(MANIFEST | {"oauth_config": {"scopes": {"bot": ["mpim:write"]}}})
    await sandbox.start()
    client = AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    first = await client.conversations_open(users="U0ADABROOK,U0BENOKAFOR", return_im=True)
    again = await client.conversations_open(users="U0BENOKAFOR,U0ADABROOK")
    assert first["channel"]["is_mpim"]
    assert first["channel"]["id"] == again["channel"]["id"]
    await sandbox.stop()


async def test_somebody_is_found_by_an_address() -> None:
    sandbox = Sandbox(MANIFEST | {"oauth_config": {"scopes": {"bot": ["users:read.email"]}}})
    await sandbox.start()
    client = AsyncWebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    found = await client.users_lookupByEmail(email="Ada@example.com")
    assert found["user"]["id"] == "U0ADABROOK"
    await sandbox.stop()


async def test_a_private_channel_is_not_heard_of_from_outside(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    inside = sandbox.workspace.add_channel("board", kind="group")
    outside = sandbox.workspace.add_channel("wages", kind="group", with_app=False)
    await client.chat_postMessage(channel=inside.id, text="x")
    assert await _refused(client.chat_postMessage(channel=outside.id, text="x")) == (
        "channel_not_found"
    )


async def test_a_change_keeps_metadata_replaces_it_or_takes_it_away(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    metadata: dict[str, Any] = {"event_type": "nudge", "event_payload": {"id": 7}}
    posted = await client.chat_postMessage(channel="#general", text="one", metadata=metadata)
    channel, ts = posted["channel"], posted["ts"]
    [message] = sandbox.workspace.channels[channel].messages
    await client.chat_update(channel=channel, ts=ts, text="two")
    assert message.metadata == metadata
    await client.chat_update(channel=channel, ts=ts, text="three", metadata={})
    assert message.metadata is None


async def test_a_home_is_published_and_its_hash_guards_it(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    first = await client.views_publish(user_id="U0ADABROOK", view=HOME)
    await client.views_publish(user_id="U0ADABROOK", view=HOME, hash=first["view"]["hash"])
    stale = client.views_publish(user_id="U0ADABROOK", view=HOME, hash=first["view"]["hash"])
    assert await _refused(stale) == "hash_conflict"
    assert await _refused(client.views_publish(user_id="U404", view=HOME)) == "invalid_arguments"
    form = client.views_publish(user_id="U0ADABROOK", view=contact_form())
    assert await _refused(form) == "invalid_arguments"
    assert sandbox.member("Ada").home.blocks[0]["type"] == "divider"


async def test_a_trigger_opens_one_modal(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger_id = sandbox.triggers.issue("U0ADABROOK")
    await client.views_open(trigger_id=trigger_id, view=contact_form())
    again = client.views_open(trigger_id=trigger_id, view=contact_form())
    assert await _refused(again) == "exchanged_trigger_id"
    made_up = client.views_open(trigger_id="1.2.3", view=contact_form())
    assert await _refused(made_up) == "invalid_trigger_id"
    none = client.views_open(view=contact_form())
    assert await _refused(none) == "invalid_arguments"


async def test_a_trigger_expires(client: AsyncWebClient) -> None:
    hasty = Sandbox(MANIFEST, ack_timeout=0.0)
    await hasty.start()
    trigger_id = hasty.triggers.issue("U0ADABROOK")
    client.base_url = hasty.api_url
    late = client.views_open(trigger_id=trigger_id, view=contact_form())
    assert await _refused(late) == "expired_trigger_id"
    await hasty.stop()


async def test_the_stack_holds_three_modals(sandbox: Sandbox, client: AsyncWebClient) -> None:
    def trigger() -> str:
        return sandbox.triggers.issue("U0ADABROOK", in_modal=True)

    early = client.views_push(trigger_id=trigger(), view=contact_form())
    assert await _refused(early) == "not_found"
    opened = await client.views_open(trigger_id=trigger(), view=contact_form())
    second = await client.views_push(trigger_id=trigger(), view=contact_form())
    await client.views_push(trigger_id=trigger(), view=contact_form())
    assert second["view"]["previous_view_id"] == second["view"]["root_view_id"]
    assert second["view"]["root_view_id"] == opened["view"]["id"]
    fourth = client.views_push(trigger_id=trigger(), view=contact_form())
    assert await _refused(fourth) == "push_limit_reached"


async def test_a_view_is_found_by_its_external_id(sandbox: Sandbox, client: AsyncWebClient) -> None:
    form = contact_form() | {"external_id": "form-1"}
    trigger_id = sandbox.triggers.issue("U0ADABROOK")
    await client.views_open(trigger_id=trigger_id, view=form)
    other = client.views_publish(user_id="U0BENOKAFOR", view=HOME | {"external_id": "form-1"})
    assert await _refused(other) == "duplicate_external_id"
    changed = form | {"title": plain("Changed")}
    await client.views_update(external_id="form-1", view=changed)
    assert sandbox.member("Ada").modal.title == "Changed"
    assert await _refused(client.views_update(view_id="V404", view=form)) == "not_found"
    nameless = client.api_call("views.update", json={"view": form})
    assert await _refused(nameless) == "invalid_arguments"


async def test_a_view_may_be_too_large(client: AsyncWebClient) -> None:
    text = {"type": "mrkdwn", "text": "x" * 3000}
    view = {"type": "home", "blocks": [{"type": "section", "text": text}] * 90}
    call = client.views_publish(user_id="U0ADABROOK", view=view)
    assert await _refused(call) == "view_too_large"


async def test_a_file_goes_up_in_three_steps(sandbox: Sandbox) -> None:
    scopes = {"bot": ["files:write", "chat:write"]}
    other = Sandbox(MANIFEST | {"oauth_config": {"scopes": scopes}})
    await other.start()
    client = AsyncWebClient(token="xoxb-sandbox", base_url=other.api_url)
    channel = other.workspace.dm("U0ADABROOK").id
    await client.files_upload_v2(
        channel=channel, filename="plan.txt", content="Talk to Devi", initial_comment="Here"
    )
    file = next(iter(other.workspace.files.values()))
    assert (file.content, file.mimetype, file.shared) == (b"Talk to Devi", "text/plain", True)
    assert other.member("Ada").dms.texts == ["Here\nplan.txt"]
    assert [e.payload for e in other.workspace.traffic if e.kind == UPLOAD] == [{"bytes": 12}]
    call = client.files_completeUploadExternal(files=[{"id": "F404", "title": "x"}])
    assert await _refused(call) == "file_not_found"
    for target in ("U0ADABROOK", "#general"):
        upload = client.files_upload_v2(channel=target, filename="plan.txt", content="Talk")
        assert await _refused(upload) == "channel_not_found"
    await other.stop()


async def test_the_bytes_of_a_file_may_be_refused_and_may_go_wrong(sandbox: Sandbox) -> None:
    sandbox.manifest = replace(sandbox.manifest, scopes=("files:write",))
    client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
    asked = await client.files_getUploadURLExternal(filename="plan.txt", length=4)
    sandbox.faults.next("upload", status=503)
    async with ClientSession() as session:
        for content, status in ((b"Talk", 503), (b"Tal", 400), (b"Talk", 200), (b"Talk", 400)):
            async with session.post(asked["upload_url"], data=content) as answer:
                assert answer.status == status
    assert [refusal.rules for refusal in sandbox.refusals] == [("files.bytes",)] * 2
    shown = [(e.ordered, e.refused) for e in sandbox.workspace.traffic if e.kind == UPLOAD]
    assert shown[0] == ("HTTP status 503", None)
    assert [refused for _, refused in shown[1:]] == ["upload_refused", None, "upload_refused"]
    sandbox.refusals.clear()


async def test_the_server_answers_to_its_own_name_only(sandbox: Sandbox) -> None:
    url = sandbox.api_url + "api.test"
    async with ClientSession() as session:
        async with session.get(url) as response:
            assert (await response.json())["ok"]
        async with session.get(url, headers={"Host": "evil.example.com"}) as response:
            assert response.status == 400


async def test_broken_json_is_refused(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    url = sandbox.api_url + "api.test"
    call: dict[str, Any] = {"url": url, "data": "{", "headers": headers}
    async with ClientSession() as session, session.post(**call) as response:
        assert (await response.json())["error"] == "invalid_json"
