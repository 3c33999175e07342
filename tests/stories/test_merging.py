"""Two entries that are one person: joined from a card, nothing lost, and undone at a press."""

import asyncio
from datetime import UTC, date, datetime

from sandbox.workspace import TEAM_ID
from storage import contacts, merging
from storage.sessions import MemberKey
from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, said, write_touch

WHO = "Who is the same person?"
SAME = "Same as somebody else …"
JOINED = "Tom Reed · Beta and Tomas Reed · Acme are one now. Nothing is lost."


async def about(house: House, name: str) -> str:
    """What the member is told of whom they look for."""
    await house.ada.command(f"/contact find {name}")
    return house.ada.answer.text


async def join(house: House, name: str, other: str) -> None:
    """Say of one on the list that they are the same as another."""
    await house.ada.command(f"/contact find {name}")
    await house.ada.answer.choose(SAME)
    await house.ada.modal.pick(WHO, other)
    await house.ada.modal.submit()


async def two_toms(house: House) -> None:
    """One who was asked, and one with whom there was a talk."""
    ada = house.ada
    await ask(ada, "Tom Reed at Beta")
    await add_contact(ada, "Tomas Reed, CTO at Acme")
    await log_past_talk(ada, "Tomas Reed", datetime(2026, 11, 20, 15, tzinfo=UTC), "Ask early")
    await write_touch(ada, "Acme", "I said thank you")


async def test_two_are_joined_and_parted_again(house: House) -> None:
    ada = house.ada
    await two_toms(house)
    before = [await about(house, company) for company in ("Beta", "Acme")]
    await ada.command("/contact find Acme")
    await ada.answer.choose(SAME)
    assert "Tomas Reed · Acme stays on your list" in ada.modal.text
    # The entry itself is not among those who may be the same.
    assert await ada.modal.type_ahead(WHO, "Reed") == ["Tom Reed · Beta"]
    await ada.modal.pick(WHO, "Reed")
    assert "From Tom Reed · Beta: 1 thing that passed and 0 talks" in ada.modal.text
    assert "Goes into the note: Also: Tom Reed · Beta" in ada.modal.text
    await ada.modal.submit()
    answer = ada.answer
    assert answer.text.startswith(JOINED)
    assert "1 name · " in ada.home.text
    told = await about(house, "Beta")
    assert "Tomas Reed · CTO at Acme · thanked" in told and "Also: Tom Reed · Beta" in told
    assert "I asked for a talk" in told and "We talked" in told

    await answer.press("Undo")
    assert "Tom Reed · Beta and Tomas Reed · Acme are two again, as before." in answer.text
    assert answer.buttons == []
    assert [await about(house, company) for company in ("Beta", "Acme")] == before
    assert "2 names · " in ada.home.text


async def test_an_undo_that_comes_twice_or_too_early_says_so(house: House) -> None:
    ada = house.ada
    await two_toms(house)
    await add_contact(ada, "T. Reed at Gamma")
    await join(house, "Acme", "Beta")
    first = ada.answer
    await join(house, "Gamma", "Tomas")
    await first.press("Undo")
    assert "Tomas Reed · Acme has become one with T. Reed · Gamma since." in ada.answer.text
    await ada.answer.press("Undo that")
    assert "T. Reed · Gamma are two again" in ada.answer.text
    await house.later(days=30)
    await asyncio.gather(first.press("Undo"), first.press("Undo"))
    assert "Tom Reed · Beta and Tomas Reed · Acme are two" in first.text
    assert "3 names · " in ada.home.text
    assert ada.troubles == []


async def test_a_reminder_of_the_other_one_is_answered_for_both(house: House) -> None:
    """The DM that was sent names who stays, and "It's sent" counts for them."""
    ada = house.ada
    await ask(ada, "Tom Reed at Beta")
    await add_contact(ada, "Tomas Reed at Acme")
    await house.until(at(date(2026, 12, 2), 9))
    reminder = next(message for message in ada.dms if "follow-up" in message.text)
    assert "Tom Reed" in reminder.text
    await join(house, "Acme", "Beta")
    assert "Tomas Reed" in reminder.text and said(ada, "Tom Reed") == 0
    await reminder.press("Draft it")
    await ada.modal.submit()
    told = await about(house, "Acme")
    assert told.count("I followed up") == 1
    assert said(ada, "follow-up to Tom Reed") == 0


async def test_an_old_card_of_the_other_one_leads_to_who_stays(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Tom Reed at Beta")
    await ada.command("/contact find Beta")
    card = ada.answer
    await add_contact(ada, "Tomas Reed at Acme")
    await join(house, "Acme", "Beta")
    await card.press("Write a touch")
    assert "Tomas Reed" in ada.modal.text
    ada.modal.fill({"What happened?": "I asked for a talk"})
    await ada.modal.submit()
    assert "Tomas Reed is up to date." in ada.answer.text
    await card.choose("Edit")
    assert ada.modal.values["Name"] == "Tomas Reed"
    ada.modal.fill({"Title": "CTO"})
    await ada.modal.submit()
    assert "Tomas Reed · CTO at Acme · asked" in await about(house, "Acme")


async def test_a_form_of_the_other_one_that_was_open_overwrites_nothing(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Tom Reed at Beta")
    await add_contact(ada, "Tomas Reed at Acme")
    await ada.command("/contact find Beta")
    await ada.answer.choose("Edit")
    open_form = ada.modal
    async with house.memory.member(MemberKey(TEAM_ID, ada.id)) as session:
        [kept], [other] = [await contacts.find(session, name) for name in ("Acme", "Beta")]
        await merging.merge(session, kept.id, other.id, house.now)
    ada.modal.fill({"Title": "CTO"})
    await ada.modal.submit()
    assert "not on your list any more" in str(ada.modal.errors)
    assert open_form.values["Title"] == "CTO"
    await ada.modal.close()
    assert "Tomas Reed · Acme" in await about(house, "Acme")


async def test_a_debrief_that_is_open_in_the_dm_goes_on(house: House) -> None:
    """The question names who stays; what is written back is kept, and stays with an undo."""
    ada = house.ada
    await add_contact(ada, "Tom Reed at Beta")
    await add_contact(ada, "Tomas Reed at Acme")
    await ada.command("/interview Tom Reed 2026-11-23 10:00")
    await ada.modal.submit()
    await house.until(at(date(2026, 11, 23), 11, 5))
    await ada.dms.last.press("Answer here")
    question = ada.dms.last
    assert "Tom Reed" in question.text
    await join(house, "Acme", "Beta")
    answer = ada.answer
    assert "Tomas Reed" in question.text
    await ada.say("Ask early")
    assert "Ask early" in str(ada.dms.texts)
    assert "Tomas Reed · Acme · talked" in await about(house, "Acme")
    await answer.press("Undo")
    assert "Tom Reed · Beta · talked" in await about(house, "Beta")
    assert "Tomas Reed · Acme · to ask" in await about(house, "Acme")
