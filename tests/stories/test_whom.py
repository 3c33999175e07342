"""Who is meant: nobody is mixed up with a namesake, and nobody is on the list twice."""

from datetime import UTC, datetime

import pytest

from tests.stories.conftest import House
from tests.stories.steps import add_contact, log_past_talk

TUESDAY_3PM = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


async def contacts_counted(house: House) -> str:
    """The heading of Ada's list, such as "2 contacts"."""
    await house.ada.command("/contact list")
    return house.ada.answer.text.split(",")[0]


async def test_a_namesake_at_another_company_is_somebody_new(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ada.command("/interview Grace Hill at Beta tuesday 3pm")
    assert house.ada.modal.values["With whom?"] == []
    assert house.ada.modal.values["Or someone new"] == "Grace Hill at Beta"
    await house.ada.modal.close()
    await house.ada.command("/interview Grace Hill at Acme tuesday 3pm")
    assert house.ada.modal.values["With whom?"] == ["Grace Hill · Acme"]


@pytest.mark.parametrize("words", ["tmrw 3pm", "half past 3 tomorrow", "mon 9"])
async def test_words_that_may_be_a_time_are_asked_about_and_the_contact_is_kept(
    house: House, words: str
) -> None:
    await add_contact(house.ada, "Grace Hill")
    await house.ada.command(f"/interview Grace Hill {words}")
    modal = house.ada.modal
    assert modal.values["With whom?"] == ["Grace Hill"]
    assert not modal.values["Or someone new"]
    assert modal.values["When?"] is not None or f"“{words}”" in modal.text


async def test_who_was_archived_comes_back_with_a_new_talk(house: House) -> None:
    await add_contact(house.ada, "Grace Hill at Acme")
    await house.ada.command("/contact list")
    await house.ada.answer.choose("Archive")
    await house.ada.command("/interview")
    house.ada.modal.fill({"Or someone new": "Grace Hill", "When?": TUESDAY_3PM})
    await house.ada.modal.submit()
    assert await contacts_counted(house) == "1 contact"


async def test_a_referral_who_is_on_the_list_already_is_not_added_again(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await add_contact(ada, "Tom Reed, Analyst at Acme")
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": house.now.replace(day=20)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    named = "Tom Reed\nGrace Hill\nUma Singh, CTO at Acme\nUma Singh"
    ada.modal.fill({"Who else should I talk to?": named})
    await ada.modal.submit()
    assert await contacts_counted(house) == "3 contacts"
    await ada.command("/contact find Tom")
    await ada.answer.choose("Edit")
    assert ada.modal.values["Name"] == "Tom Reed"


async def test_angle_brackets_in_a_form_stay_as_typed(house: House) -> None:
    await house.ada.command("/interview")
    house.ada.modal.fill({"Or someone new": "Ann <https://x.org|y> Lee", "When?": TUESDAY_3PM})
    await house.ada.modal.submit()
    await house.ada.command("/contact list")
    assert "Ann <https://x.org|y> Lee" in house.ada.answer.text


async def test_a_link_in_a_message_is_kept_as_its_words(house: House) -> None:
    message = await house.ben.post(
        "#general", "Read https://example.org/a?b=1&c=2 and ask @Devi Rao"
    )
    await house.ada.message_shortcut("Save as contact", message)
    way_back, note = house.ada.modal.values["Note"].splitlines()
    assert way_back.startswith("https://rapport-sandbox.slack.com/archives/")
    assert note == "Read https://example.org/a?b=1&c=2 and ask Devi Rao"


async def test_a_thank_you_that_was_ticked_by_mistake_can_be_taken_back(house: House) -> None:
    ada = house.ada
    await log_past_talk(ada, "Grace Hill", house.now.replace(day=20), "Ask early")
    for ticked, stage in ((True, "thanked"), (False, "talked")):
        await ada.answer.press("Change my notes")
        await ada.modal.submit()
        ada.modal.fill({"Thank-you": ["I have thanked them"] if ticked else []})
        await ada.modal.submit()
        assert f"1 {stage}" in ada.home.text


@pytest.mark.parametrize("typed", ["search acme", "show", "delete Grace", "help"])
async def test_what_members_try_instead_of_the_right_word_is_understood(
    house: House, typed: str
) -> None:
    await house.ada.command(f"/contact {typed}")
    assert not house.ada.has_modal
    assert "/contact find" in house.ada.answer.text or "Did you mean" in house.ada.answer.text


async def test_a_search_without_words_gives_the_latest_contacts(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    await house.ada.command("/contact find")
    assert "Grace Hill" in house.ada.answer.text
