"""Drafts: filled from what is known, copied or opened in mail, noted when they went out."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from domain.vocabulary import TouchKind
from sandbox.driver import Member
from storage.models import Touch
from tests.outages import database_away
from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk, write_touch
from tests.stories.test_after_talks import MONDAY, TUESDAY, debriefed
from tests.stories.test_hostile_text import HOSTILE

WHAT, MESSAGE, BEFORE = "What is it?", "Your message", "What you had written"
NEXT_WEDNESDAY = date(2026, 12, 2)
ASK = "Hi Grace, we both studied at Leeds. Could we talk for 20 minutes on Tuesday? Thank you, Ada"


async def open_draft(member: Member, name: str) -> None:
    """Press "Draft it" on a contact's card."""
    await member.command(f"/contact find {name}")
    await member.answer.press("Draft it")


async def touches(house: House) -> list[TouchKind]:
    """What is logged, in order."""
    async with house.memory.unscoped() as session:
        return list(await session.scalars(select(Touch.kind).order_by(Touch.id)))


def links(member: Member) -> list[str]:
    """The links in the modal on top."""

    def inside(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["url"]] if part.get("type") == "link" else []
            return own + [url for inner in part.values() for url in inside(inner)]
        return [url for inner in part for url in inside(inner)] if isinstance(part, list) else []

    return inside(member.modal.blocks)


def to_copy(member: Member) -> str:
    """The text in the block to copy."""
    found = [
        part["elements"][0]["text"]
        for block in member.modal.blocks
        for part in block.get("elements", [])
        if part["type"] == "rich_text_preformatted"
    ]
    (text,) = found
    return str(text)


async def test_a_first_ask_is_filled_from_what_is_known(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill, Head of Data at Acme")
    ada.modal.fill({"Path": "Product analysis"})
    await ada.modal.choose("How did you find them?", "Met at an event")
    await ada.modal.submit()
    await ada.answer.press("Draft it")
    modal = ada.modal
    assert modal.values[WHAT] == "First ask: met at an event"
    text = modal.values[MESSAGE]
    assert text.startswith("Hi Grace,\n\nWe met at ⟨the event⟩")
    assert "your work as Head of Data at Acme" in text
    assert "I am exploring Product analysis" in text
    assert text.endswith("Ada Brook")
    assert to_copy(ada) == text
    assert "One thing to look at" in modal.text
    assert "A blank is left to fill" in modal.text
    assert "words; aim for 75" in modal.text
    assert links(ada) == []


async def test_who_was_introduced_hears_by_whom(house: House) -> None:
    ada = house.ada
    await debriefed(house, {"Who else should I talk to?": "Tom Reed, Analyst at Acme"})
    await open_draft(ada, "Tom")
    assert ada.modal.values[WHAT] == "First ask: somebody introduced us"
    assert "Grace Hill suggested that I write to you" in ada.modal.values[MESSAGE]


async def test_what_is_filled_in_is_checked_and_renews_what_there_is_to_copy(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await open_draft(ada, "Grace")
    ada.modal.fill({MESSAGE: f"{ASK}\n\nI have attached my CV."})
    await ada.modal.press("Check it")
    assert ada.modal.values[MESSAGE] == f"{ASK}\n\nI have attached my CV."
    assert to_copy(ada) == f"{ASK}\n\nI have attached my CV."
    assert "It attaches something · line 3" in ada.modal.text
    ada.modal.fill({MESSAGE: ASK})
    await ada.modal.press("Check it")
    assert "Nothing to change." in ada.modal.text
    assert to_copy(ada) == ASK
    assert await touches(house) == []


async def test_with_an_address_it_opens_in_the_mail_program(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"E-mail": "grace@acme.example"})
    await ada.modal.submit()
    await ada.answer.press("Draft it")
    ada.modal.fill({MESSAGE: "Hi Grace & Co,\n100% yours?"})
    await ada.modal.press("Check it")
    (link,) = links(ada)
    assert link.startswith("mailto:grace@acme.example?subject=A%20question%20about%20your%20work")
    assert link.endswith("&body=Hi%20Grace%20%26%20Co%2C%0D%0A100%25%20yours%3F")


async def test_a_text_too_long_for_a_link_is_to_be_pasted(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"E-mail": "grace@acme.example"})
    await ada.modal.submit()
    await ada.answer.press("Draft it")
    ada.modal.fill({MESSAGE: "張偉 " * 500})
    await ada.modal.press("Check it")
    (link,) = links(ada)
    assert unquote(link) == "mailto:grace@acme.example?subject=A question about your work at Acme"
    assert "and paste the text" in ada.modal.text


async def test_it_went_out_logs_the_ask_and_stage_and_nudges_follow(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await open_draft(ada, "Grace")
    await ada.modal.submit()
    assert not ada.has_modal
    assert await touches(house) == [TouchKind.ASKED]
    assert "Grace Hill is up to date." in ada.answer.text
    await ada.command("/contact list")
    assert "Grace Hill · Acme · asked" in ada.answer.text
    await ada.command("/followups")
    assert "one polite follow-up" in ada.answer.text


async def test_not_yet_logs_nothing(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await open_draft(house.ada, "Grace")
    await house.ada.modal.close()
    assert await touches(house) == []


async def test_the_one_follow_up_is_drafted_and_no_second_one(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await open_draft(ada, "Grace")
    assert ada.modal.values[WHAT] == "The one follow-up"
    assert not [label for label in ada.modal.options(WHAT) if "ask" in label.lower()]
    await ada.modal.submit()
    assert await touches(house) == [TouchKind.ASKED, TouchKind.FOLLOW_UP]
    await open_draft(ada, "Grace")
    assert not ada.has_modal
    assert "Grace Hill has had your follow-up." in ada.answer.text


@pytest.mark.parametrize("said", ["They said no", "They said: not now"])
async def test_who_said_no_is_left_in_peace(house: House, said: str) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    card = ada.answer
    await write_touch(ada, "Grace", said)
    assert "Draft it" not in ada.answer.buttons
    await card.press("Draft it")
    assert not ada.has_modal
    assert "Grace Hill is left in peace for now" in ada.answer.text


async def test_times_are_offered_to_who_answered_and_nobody_is_followed_up_for_it(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await write_touch(ada, "Grace", "They answered")
    await open_draft(ada, "Grace")
    assert ada.modal.values[WHAT] == "Offering times"
    assert ada.modal.values[MESSAGE].count("day and time⟩") == 3
    await ada.modal.submit()
    assert "Grace Hill is up to date." in ada.answer.text
    assert (await touches(house))[-1] == TouchKind.NOTE
    await ada.command("/contact list")
    assert "Grace Hill · Acme · answered" in ada.answer.text
    await ada.command("/followups")
    assert "follow-up" not in ada.answer.text


async def test_a_thank_you_nudge_brings_its_draft_with_what_was_learned(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    nudge = ada.dms.last
    assert nudge.buttons == ["Draft it", "It's sent", "Later", "Settings", "Pause a week"]
    assert "Skip" in nudge.menu_options
    await nudge.press("Draft it")
    assert ada.modal.values[WHAT] == "Thank-you after a talk"
    assert "What stays with me: Ask early." in ada.modal.values[MESSAGE]
    answers = len(ada.answers)
    await ada.modal.submit()
    assert nudge.text == "You thanked Grace Hill.\nUndo"
    assert len(ada.answers) == answers
    assert (await touches(house))[-1] == TouchKind.THANK_YOU
    for _ in range(4):
        await house.later(days=1)
    assert not [text for text in ada.dms.texts if "still welcome" in text]


async def test_skip_in_the_menu_leaves_it_alone(house: House) -> None:
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    await house.ada.dms.last.press("Skip")
    assert house.ada.dms.last.text == "Left alone: Grace Hill.\nUndo"


async def test_a_draft_in_an_answer_brings_the_answer_up_to_date(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    await ada.command("/followups")
    answers = len(ada.answers)
    await ada.answer.press("Draft it")
    await ada.modal.submit()
    assert len(ada.answers) == answers
    assert ada.answer.text.startswith("You thanked Grace Hill.")
    assert "Draft it" not in ada.home.buttons


async def test_a_follow_up_nudge_is_settled_by_its_draft(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(NEXT_WEDNESDAY, 9))
    await ada.dms.last.press("Draft it")
    assert ada.modal.values[WHAT] == "The one follow-up"
    await ada.modal.submit()
    assert "Done: Grace Hill." in ada.dms.last.text
    assert await touches(house) == [TouchKind.ASKED, TouchKind.FOLLOW_UP]


async def test_the_introducer_is_thanked_by_the_name_of_whom_they_led_to(house: House) -> None:
    ada = house.ada
    await debriefed(
        house,
        {"Who else should I talk to?": "Tom Reed", "Thank-you": ["I have thanked them"]},
    )
    await plan_talk(ada, "Tom Reed", "tuesday 11:00")
    await house.until(at(TUESDAY, 12))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill({"Thank-you": ["I have thanked them"]})
    await ada.modal.submit()
    await house.later(days=1)
    told = next(message for message in ada.dms if "tell them how it went" in message.text)
    await told.press("Draft it")
    assert ada.modal.values[WHAT] == "Thanks for an introduction"
    assert "Thank you for introducing me to Tom Reed." in ada.modal.values[MESSAGE]
    await ada.modal.submit()
    assert "Done: Grace Hill." in told.text
    assert (await touches(house))[-1] == TouchKind.UPDATE


async def test_another_situation_brings_another_draft(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await open_draft(ada, "Grace")
    await ada.modal.choose(WHAT, "First ask: friend or family")
    assert "We know each other from" in ada.modal.values[MESSAGE]
    assert BEFORE not in ada.modal.labels
    await ada.modal.choose(WHAT, "What came of their advice")
    assert "What came of it" in ada.modal.values[MESSAGE]
    await ada.modal.submit()
    assert await touches(house) == [TouchKind.UPDATE]


async def test_own_words_are_kept_when_another_situation_is_chosen(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await open_draft(ada, "Grace")
    ada.modal.fill({MESSAGE: "My own words."})
    await ada.modal.choose(WHAT, "First ask: met at an event")
    assert ada.modal.values[MESSAGE].startswith("Hi Grace,\n\nWe met")
    assert ada.modal.values[BEFORE] == "My own words."
    await ada.modal.press("Check it")
    assert ada.modal.values[BEFORE] == "My own words."
    ada.modal.fill({MESSAGE: "More words."})
    await ada.modal.choose(WHAT, "First ask: friend or family")
    assert ada.modal.values[BEFORE] == "My own words.\n\nMore words."
    full = "W" * 3000
    ada.modal.fill({MESSAGE: full})
    await ada.modal.choose(WHAT, "First ask: found them myself")
    assert ada.modal.values[MESSAGE] == full
    assert ada.modal.values[BEFORE] == "My own words.\n\nMore words."


async def test_what_was_noted_meanwhile_is_not_noted_twice(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    nudge = ada.dms.last
    await nudge.press("Draft it")
    form = ada.modal
    await nudge.press("It's sent")
    await form.submit()
    assert not ada.has_modal
    assert (await touches(house)).count(TouchKind.THANK_YOU) == 1
    assert "was noted already" in ada.dms.last.text


async def test_a_nudge_that_is_settled_opens_no_draft(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    await ada.command("/followups")
    answer = ada.answer
    await ada.dms.last.press("It's sent")
    await answer.press("Draft it")
    assert not ada.has_modal
    assert "Draft it" not in ada.answer.buttons


async def test_another_situation_than_the_nudges_leaves_the_nudge_open(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    await ada.dms.last.press("Draft it")
    await ada.modal.choose(WHAT, "What came of their advice")
    await ada.modal.submit()
    assert (await touches(house))[-1] == TouchKind.UPDATE
    assert "no thank-you yet" in ada.dms.last.text


async def test_a_draft_stays_open_while_the_database_is_away(house: House) -> None:
    """With every word in it; what went out is noted once, however often it is sent."""
    ada = house.ada
    await log_past_talk(ada, "Grace Hill", at(MONDAY, 8), "Ask early")
    before = await touches(house)
    await open_draft(ada, "Grace")
    ada.modal.fill({MESSAGE: "My own words."})
    with database_away(house.database_url):
        await ada.modal.submit()
        assert "not saved yet" in ada.modal.errors[WHAT]
        assert ada.modal.values[MESSAGE] == "My own words."
    await ada.modal.submit()
    assert not ada.has_modal
    assert await touches(house) == [*before, TouchKind.THANK_YOU]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_names_and_words_stay_as_typed_and_ping_nobody(
    house: House, text: str
) -> None:
    ada = house.ada
    await ada.command("/contact")
    ada.modal.fill({"Name": text, "Company": text, "Title": text, "Path": text})
    await ada.modal.submit()
    await ada.answer.press("Draft it")
    shown = " ".join(text.split())
    assert f"your work as {shown} at {shown}" in ada.modal.values[MESSAGE]
    ada.modal.fill({MESSAGE: text})
    await ada.modal.press("Check it")
    assert ada.modal.values[MESSAGE] == text
    assert to_copy(ada) == text
    await ada.modal.submit()
    assert all(not message.notifies for message in [*ada.answers, *ada.dms])


async def test_nobody_drafts_to_somebody_elses_contact(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ben.command("/contact find Grace")
    assert "Draft it" not in house.ben.answer.buttons
