"""What Slack sends where one would not expect it changes nothing for members."""

import io
from collections import Counter

import pytest
from sqlalchemy import Engine, event

from sandbox import pace
from sandbox.objects import message_object
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_first_talk


def events_by_the_bot(house: House) -> Counter[str]:
    """The message events about what the bot itself posted, by their kind."""
    found: Counter[str] = Counter()
    for entry in house.sandbox.workspace.traffic:
        inner = entry.payload.get("event", {})
        message = inner.get("message") or inner.get("previous_message") or inner
        if message.get("bot_id") and inner.get("type") == "message":
            found[inner.get("subtype", "posted")] += 1
    return found


async def test_the_bot_does_not_answer_itself(house: House) -> None:
    """Slack tells an app of its own messages in a DM, and of their changes."""
    ada = house.ada
    await ada.say("met Grace Hill, Head of Data at Acme")
    await plan_first_talk(ada, "Tom Reed at Acme", "today 9:30am")
    await house.later(hours=2)
    asked = ada.dms.last
    await asked.press("Answer here")
    await ada.say("Ask early")
    await house.sandbox.until(lambda: {*events_by_the_bot(house)} >= {"posted", "message_changed"})
    await house.settle()
    texts = ada.dms.texts
    await house.later(minutes=1)
    assert ada.dms.texts == texts
    assert len([text for text in texts if text.startswith("Ask early")]) == 1
    assert ada.troubles == []


async def test_of_its_own_messages_the_bot_asks_the_database_nothing(house: House) -> None:
    """One comes for each message that the bot posts, to as many members as the cohort has."""
    house.sandbox.echoes = False
    await house.ada.say("met Grace Hill, Head of Data at Acme")
    [own] = house.sandbox.workspace.dm(house.ada.id).messages[1:]
    before = message_object(own)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    await house.sandbox.link.message_written(own)
    await house.sandbox.link.message_changed(own, before)
    await house.sandbox.link.message_deleted(own)
    await house.settle()
    assert asked == []
    await house.ada.say("met Tom Reed at Acme")
    event.remove(Engine, "before_cursor_execute", note)
    assert asked != []
    assert sum(events_by_the_bot(house).values()) == 3


async def test_everything_works_where_an_organisation_installed_it(house: House) -> None:
    """Interactions have no team then, and events no team of the installation."""
    house.sandbox.org_wide = True
    ada = house.ada
    await ada.open_home()
    await add_contact(ada, "Grace Hill, Head of Data at Acme")
    assert "Grace Hill is on your list." in ada.answer.text
    await ada.answer.choose("Edit")
    ada.modal.fill({"Note": "Wrote about dashboards"})
    await ada.modal.submit()
    assert "Grace Hill is up to date." in ada.answer.text
    await ada.command("/interview Grace Hill tuesday 3pm")
    await ada.modal.submit()
    await ada.say("met Tom Reed at Acme")
    await ada.open_home()
    assert "Grace Hill" in ada.home.text
    await house.ben.command("/contact list")
    assert "Grace Hill" not in house.ben.answer.text
    house.sandbox.org_wide = False
    await ada.command("/contact find Grace")
    assert "Grace Hill" in ada.answer.text, "it is the same member as before"


async def test_that_slack_leaves_out_events_is_heard_and_told_to_the_operator(
    house: House, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "EVENTS_AN_HOUR", 0)
    await house.ada.open_home()
    told = [e for e in house.sandbox.workspace.traffic if e.kind == "events_api: app_rate_limited"]
    assert [entry.refused for entry in told] == [None]
    assert "slack leaves out events" in log.getvalue()
