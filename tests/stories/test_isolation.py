"""An id in a button is a claim, not a right: nobody reaches another member's rows."""

from typing import Any

import pytest
from sqlalchemy import select

from domain.vocabulary import NudgeKind
from sandbox.driver import Message
from storage.models import Contact, Interview, Nudge
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk

REFUSED = "not on your list any more"


def forge(message: Message, own: int, foreign: int) -> None:
    """Put another row's id wherever a message's buttons and menus carry a member's own."""

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            value = part.get("value")
            if isinstance(value, str):
                head, colon, number = value.rpartition(":")
                if number == str(own):
                    part["value"] = f"{head}{colon}{foreign}"
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(message.blocks)


async def ids_by_member(house: House, table: type[Contact] | type[Interview]) -> Any:
    """Give the ids of Ada's and Ben's only row of a table, in that order."""
    async with house.memory.unscoped() as session:
        rows = await session.execute(select(table.id).order_by(table.member_id))
        return rows.scalars().all()


async def test_two_members_never_see_each_others_contacts(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ben.command("/contact list")
    assert "Nobody here yet" in house.ben.answer.text
    await house.ben.command("/contact find Grace")
    assert "Nobody found" in house.ben.answer.text
    await house.ben.command("/interview")
    assert await house.ben.modal.type_ahead("With whom?", "Grace") == []


async def test_a_forged_contact_is_refused_in_every_button_of_a_card(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await add_contact(house.ben, "Tom Reed")
    adas, bens = await ids_by_member(house, Contact)
    for act in ("Log a talk", "Write a touch", "Edit", "Archive"):
        await house.ben.command("/contact list")
        card = house.ben.answer
        forge(card, bens, adas)
        await card.press(act)
        assert not house.ben.has_modal
        assert REFUSED in house.ben.answer.text
    await house.ada.command("/contact list")
    assert "Grace Hill · Acme · to ask" in house.ada.answer.text


@pytest.mark.parametrize("act", ["Prepare", "Add to calendar", "Move it"])
async def test_a_forged_talk_is_refused(house: House, act: str) -> None:
    for member, name in ((house.ada, "Grace Hill"), (house.ben, "Tom Reed")):
        await add_contact(member, name)
        await plan_talk(member, name, "tuesday 3pm")
    adas, bens = await ids_by_member(house, Interview)
    answer = house.ben.answer
    forge(answer, bens, adas)
    await answer.press(act)
    assert not house.ben.has_modal
    assert len(house.ben.dms) == 0
    assert REFUSED in house.ben.answer.text


async def test_a_forged_nudge_settles_nothing(house: House) -> None:
    for member, name in ((house.ada, "Grace Hill"), (house.ben, "Tom Reed")):
        await add_contact(member, name)
        await plan_talk(member, name, "today 15:00")
    # Ada's talk is over in the afternoon, Ben's in the evening, by London's clock.
    for hours in (7, 6):
        await house.later(hours=hours)
    async with house.memory.unscoped() as session:
        questions = select(Nudge.id).where(Nudge.kind == NudgeKind.DID_IT_TAKE_PLACE)
        adas, bens = await session.scalars(questions.order_by(Nudge.member_id))
    question = house.ben.dms.last
    forge(question, bens, adas)
    await question.press("They didn't show")
    assert "How did it go?" in house.ada.dms.last.text
    await house.ada.open_home()
    assert "Grace Hill — you talked (Today at 3:00 PM); no notes yet." in house.ada.home.text
