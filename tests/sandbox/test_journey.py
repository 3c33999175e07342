"""A real Bolt app and a member meet in the sandbox, over real Socket Mode."""

import asyncio
from datetime import date

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import ClientRefused
from sandbox.server import Person
from tests.sandbox.conftest import Rig
from tests.sandbox.sample_app import plain


async def _open_form(rig: Rig, text: str = "/contact Ada Brook & Co") -> None:
    await rig.ada.command(text)
    await rig.sandbox.until(lambda: rig.ada.has_modal)


async def _saved(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "Ben <Okafor>"}).submit()
    await rig.sandbox.until(lambda: len(rig.ada.dms) == 1)


async def test_a_command_opens_a_modal_and_its_submission_brings_a_message(rig: Rig) -> None:
    await _saved(rig)
    assert not rig.ada.has_modal
    assert rig.ada.dms.last.text.splitlines()[0] == "Saved Ben <Okafor>"
    assert rig.ada.dms.last.buttons == ["Done", "Later"]
    assert rig.ada.dms.last.metadata == {"event_type": "nudge", "event_payload": {"id": 7}}
    assert rig.sandbox.refusals == []


async def test_a_modal_shows_labels_values_and_errors(rig: Rig) -> None:
    await _open_form(rig)
    modal = rig.ada.modal
    assert modal.title == "New contact"
    assert modal.submit_label == "Save"
    assert modal.labels == ["Name", "Email", "Company", "Stage", "When"]
    modal.fill({"Name": "wrong", "Stage": "Asked", "When": date(2026, 3, 2)})
    await modal.submit()
    assert modal.errors == {"Name": "Who is that?"}
    assert modal.values["Stage"] == "Asked"
    assert modal.values["When"] == "2026-03-02"
    await modal.fill({"Name": "right"}).submit()
    assert not rig.ada.has_modal


async def test_the_client_itself_refuses_what_slack_would_not_send(rig: Rig) -> None:
    await _open_form(rig)
    rig.ada.modal.fill({"Email": "nobody"})
    with pytest.raises(ClientRefused) as refused:
        await rig.ada.modal.submit()
    assert set(refused.value.errors) == {"name", "email"}
    assert [body for body in rig.seen if body.get("type") == "view_submission"] == []


async def test_errors_for_an_unknown_block_are_refused_and_the_modal_stays(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "nonsense"}).submit()
    assert rig.ada.modal.trouble == "We had some trouble connecting. Try again?"
    assert rig.sandbox.refusals[0].method == "answer to view_submission"


async def test_a_submission_without_an_answer_keeps_the_modal_and_says_so(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "silent"}).submit()
    assert rig.ada.troubles == ["We had some trouble connecting. Try again?"]
    assert rig.ada.modal.values["Name"] == "silent"


async def test_a_pushed_view_lies_on_top_and_clear_closes_all(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "pushed"}).submit()
    assert rig.ada.modal.depth == 2
    await rig.ada.modal.fill({"Name": "cleared"}).submit()
    assert not rig.ada.has_modal


async def test_cancel_tells_the_app_and_goes_back(rig: Rig) -> None:
    await _open_form(rig)
    await rig.ada.modal.fill({"Name": "pushed"}).submit()
    await rig.ada.modal.close()
    assert rig.ada.modal.depth == 1
    await rig.ada.modal.close(whole_stack=True)
    closings = [body["is_cleared"] for body in rig.seen if body.get("type") == "view_closed"]
    assert closings == [False, True]


async def test_an_external_select_asks_the_app(rig: Rig) -> None:
    await _open_form(rig)
    assert await rig.ada.modal.type_ahead("Company", "") == []
    assert await rig.ada.modal.type_ahead("Company", "ac") == ["Acme", "Acorn"]
    await rig.ada.modal.pick("Company", "ac", "Acorn")
    assert rig.ada.modal.values["Company"] == "Acorn"


async def test_what_was_typed_survives_an_update_with_the_same_ids(rig: Rig) -> None:
    await _open_form(rig)
    rig.ada.modal.fill({"Name": "half typed"})
    await rig.ada.modal.press("More")
    await rig.sandbox.until(lambda: "Nickname" in rig.ada.modal.labels)
    assert rig.ada.modal.values["Name"] == "half typed"


async def test_a_private_answer_is_seen_by_one_member_only(rig: Rig) -> None:
    await rig.ada.command("/echo a <b> & *c*")
    await rig.sandbox.until(lambda: len(rig.ada.answers) == 2)
    assert {message.text for message in rig.ada.answers} == {"You said a <b> & c", "And again"}
    assert rig.sandbox.member("Ben Okafor").answers == []
    assert len(rig.ada.channel("#general")) == 2
    assert len(rig.sandbox.member("Ben Okafor").channel("#general")) == 0


async def test_a_command_without_an_answer_fails_as_in_slack(rig: Rig) -> None:
    await rig.ada.command("/silent")
    assert rig.ada.troubles == ['/silent failed with the error "operation_timeout"']
    assert rig.ada.channel("general").last.sender == "Slackbot"


async def test_an_unknown_command_is_refused_by_the_client(rig: Rig) -> None:
    with pytest.raises(ClientRefused, match="/nothing is not a valid command"):
        await rig.ada.command("/nothing here")


async def test_a_button_may_replace_its_message_by_response_url(rig: Rig) -> None:
    await _saved(rig)
    await rig.ada.dms.last.press("Done")
    await rig.sandbox.until(lambda: rig.ada.dms.texts == ["Done, thank you"])
    with pytest.raises(AssertionError, match="No button 'Done'"):
        await rig.ada.dms.last.press("Done")


async def test_a_button_may_update_its_message(rig: Rig) -> None:
    await _saved(rig)
    message = rig.ada.dms.last
    await message.press("Later")
    await rig.sandbox.until(lambda: message.text == "Later, then")


async def test_an_overflow_menu_sends_its_option(rig: Rig) -> None:
    await _saved(rig)
    await rig.ada.dms.last.choose("Skip")
    await rig.sandbox.until(lambda: len(rig.ada.answers) == 1)
    assert rig.ada.answer.text == "Chosen: skip"


async def test_the_home_is_published_when_it_is_opened(rig: Rig) -> None:
    await rig.ada.open_home()
    await rig.sandbox.until(lambda: rig.ada.has_home)
    assert rig.ada.home.text == "Hello @Ada Brook · Press me"
    assert rig.ada.home.buttons == ["Press me"]


async def test_what_a_member_says_reaches_the_app_escaped(rig: Rig) -> None:
    await rig.ada.say("1 < 2 <!channel> @Ben Okafor")
    await rig.sandbox.until(lambda: len(rig.ada.dms) == 2)
    said = next(body["event"] for body in rig.seen if body.get("event", {}).get("type"))
    assert said["text"] == "1 &lt; 2 &lt;!channel&gt; <@U0BENOKAFOR>"
    assert rig.ada.dms.last.text == "I heard 1 < 2 <!channel> @Ben Okafor"
    assert rig.ada.dms.last.notifies == {"U0BENOKAFOR"}


async def test_shortcuts_open_modals(rig: Rig) -> None:
    await rig.ada.shortcut("Log a talk")
    await rig.sandbox.until(lambda: rig.ada.has_modal)
    await rig.ada.modal.close()
    message = await rig.ada.post("#general", "Devi Rao, CTO")
    await rig.ada.message_shortcut("Save as contact", message)
    await rig.sandbox.until(lambda: rig.ada.has_modal)
    assert rig.ada.modal.values["Name"] == "Devi Rao, CTO"


async def test_people_change_and_join(rig: Rig) -> None:
    await rig.sandbox.change_zone("Ada", "Asia/Tokyo")
    await rig.sandbox.deactivate("Ben")
    changes = [body["event"]["user"] for body in rig.seen]
    assert [user.get("tz") for user in changes] == ["Asia/Tokyo", None]
    assert [user["deleted"] for user in changes] == [False, True]


async def test_a_politely_refreshed_line_loses_nothing(rig: Rig) -> None:
    await rig.sandbox.refresh_sockets()
    await rig.ada.command("/echo still here")
    await rig.sandbox.until(lambda: len(rig.ada.answers) == 2)
    assert "You said still here" in {message.text for message in rig.ada.answers}


async def test_an_answer_that_slack_refuses_fails_the_command(rig: Rig) -> None:
    await rig.ada.command("/broken")
    assert rig.ada.troubles == ['/broken failed with the error "dispatch_failed"']
    assert rig.ada.answers == []
    assert rig.sandbox.refusals[0].error == "invalid_blocks"


async def test_somebody_who_joins_is_a_member_like_the_others(rig: Rig) -> None:
    eve = await rig.sandbox.join(Person("Eve Moreau", "Europe/Paris"))
    assert rig.seen[-1]["event"]["type"] == "team_join"
    assert rig.seen[-1]["event"]["user"]["tz"] == "Europe/Paris"
    await eve.say("hello")
    await rig.sandbox.until(lambda: len(eve.dms) == 2)
    assert eve.dms.last.text == "I heard hello"


async def test_each_member_has_a_conversation_of_their_own(rig: Rig) -> None:
    ben = rig.sandbox.member("Ben Okafor")
    await asyncio.gather(rig.ada.say("from Ada"), ben.say("from Ben"))
    await rig.sandbox.until(lambda: len(rig.ada.dms) == len(ben.dms) == 2)
    assert rig.ada.dms.texts == ["from Ada", "I heard from Ada"]
    assert ben.dms.texts == ["from Ben", "I heard from Ben"]


async def test_an_uninstalled_app_may_do_nothing_more(rig: Rig, client: AsyncWebClient) -> None:
    await rig.sandbox.uninstall()
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()
    heard = len(rig.seen)
    await rig.ada.open_home()
    await rig.ada.command("/echo hi")
    assert len(rig.seen) == heard
    assert rig.ada.troubles == ['/echo failed with the error "dispatch_failed"']
    assert rig.sandbox.workspace.traffic[-1].refused == "not sent: the app was removed"


async def test_the_driver_waits_until_the_app_has_settled(rig: Rig) -> None:
    async def settle() -> None:
        await rig.sandbox.until(lambda: rig.ada.has_modal)

    rig.sandbox.settle = settle
    await rig.ada.command("/contact")
    assert rig.ada.has_modal


async def test_a_form_that_a_command_opens_knows_its_conversation(
    rig: Rig, client: AsyncWebClient
) -> None:
    await rig.ada.command("/echo hi")
    element = {"type": "conversations_select", "default_to_current_conversation": True}
    asked = {"type": "input", "label": plain("Where?"), "element": element}
    form = {"type": "modal", "title": plain("Where"), "submit": plain("Go"), "blocks": [asked]}
    opened = await client.views_open(trigger_id=rig.seen[0]["trigger_id"], view=form)
    [[leaf]] = [block.values() for block in opened["view"]["state"]["values"].values()]
    assert leaf["selected_conversation"] == rig.sandbox.workspace.channel_named("general").id
