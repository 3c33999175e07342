"""Two presses at once, on two devices: the first one holds, the second shows what became of it."""

import asyncio

from sandbox.driver import Message
from tests.stories.conftest import House
from tests.stories.steps import add_contact, at, plan_talk, said
from tests.stories.test_after_talks import TUESDAY, debriefed


def rewritten(house: House, message: Message) -> list[str]:
    """Give every text that a message has been given since it was sent."""
    traffic = house.sandbox.workspace.traffic
    updates = [call.payload for call in traffic if call.kind == "chat.update"]
    return [update["text"] for update in updates if update["ts"] == message.ts]


async def test_what_became_of_a_talk_is_what_was_said_first(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await house.later(hours=7)
    question = ada.dms.last
    await asyncio.gather(question.press("It was called off"), question.press("They didn't show"))
    texts = rewritten(house, question)
    assert len(texts) == 2
    assert len(set(texts)) == 1
    assert question.text.startswith(("The talk with Grace Hill was called", "Grace Hill didn't"))
    assert question.buttons == ["Undo"]
    assert ada.troubles == []


async def test_no_nudges_about_this_person_is_confirmed_once(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    nudge, stop = ada.dms.last, "No nudges about this person"
    await asyncio.gather(nudge.press(stop), nudge.press(stop))
    assert said(ada, "No more nudges about Grace Hill") == 1
    assert ada.troubles == []
