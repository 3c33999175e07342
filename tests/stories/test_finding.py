"""Finding people again: lists by stage, company, path and silence, and a contact's whole story."""

from datetime import timedelta

from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, plan_first_talk, prepare, write_touch


async def test_a_list_by_stage_by_the_words_and_by_the_menu(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await add_contact(ada, "Tom Reed at Cask")
    await ada.command("/contact list asked")
    assert "1 contact · asked, latest change first" in ada.answer.text
    assert "Grace Hill" in ada.answer.text and "Tom Reed" not in ada.answer.text
    await ada.answer.choose("To ask (1)")
    assert "Tom Reed" in ada.answer.text and "Grace Hill" not in ada.answer.text
    await ada.answer.choose("Everybody (2)")
    assert "2 contacts, latest change first" in ada.answer.text


async def test_home_leads_to_a_stage(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await add_contact(ada, "Tom Reed at Cask")
    await ada.open_home()
    await ada.home.choose("Show some of them", "Asked (1)")
    assert "1 contact · asked" in ada.dms.last.text and "Grace Hill" in ada.dms.last.text


async def test_homes_search_finds_despite_typing_errors_and_tells_the_story(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill, CTO at Acme")
    await ada.open_home()
    offered = await ada.home.type_ahead("Find someone …", "grcae")
    assert offered == ["Grace Hill · Acme"]
    await ada.home.choose("Find someone …", "Grace Hill · Acme")
    assert "Grace Hill · CTO at Acme · asked" in ada.dms.last.text
    assert "Next step" in ada.dms.last.text


async def test_lists_by_company_by_path_and_by_silence(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/contact Tom Reed at Cask")
    ada.modal.fill({"Path": "Data analyst"})
    await ada.modal.submit()
    for words, name in (("at acme", "Grace Hill"), ("path data analyst", "Tom Reed")):
        await ada.command(f"/contact list {words}")
        assert f"1 contact · {words}" in ada.answer.text and name in ada.answer.text
    await ada.command("/contact list 60 days")
    assert "Nobody there: 60 days." in ada.answer.text
    house.sandbox.clock.move_to(house.now + timedelta(days=61))
    await house.settle()
    await ada.command("/contact list 60 days")
    assert "Grace Hill" in ada.answer.text and "Tom Reed" not in ada.answer.text


async def test_a_word_of_a_note_is_found_despite_a_typing_error(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme")
    ada.modal.fill({"Note": "Works on logistics dashboards in Rotterdam"})
    await ada.modal.submit()
    await add_contact(ada, "Tom Reed at Cask")
    for typed in ("Rotterdam", "roterdam", "dashbords logistics"):
        await ada.command(f"/contact find {typed}")
        assert "Grace Hill" in ada.answer.text and "Tom Reed" not in ada.answer.text
    await ada.command("/contact find rotterdam bakery")
    assert "Nobody found" in ada.answer.text


async def test_a_long_story_is_read_page_by_page(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    for number in range(17):
        await ada.command("/contact find Grace")
        await ada.answer.press("Write a touch")
        ada.modal.fill({"What happened?": "Just a note", "Note": f"Line {number:02}"})
        await ada.modal.submit()
        house.sandbox.clock.advance(minutes=1)
    await ada.command("/contact find Grace")
    assert "Line 16" in ada.answer.text and "Line 01" not in ada.answer.text
    await ada.answer.press("Show older")
    assert "Grace Hill: what passed before that" in ada.answer.text
    assert "Line 01" in ada.answer.text and "Line 02" not in ada.answer.text
    assert "Show older" not in ada.answer.buttons


async def test_the_next_step_says_why_also_where_nothing_is_planned(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    assert "Look them up, then ask: nothing has gone out yet." in ada.answer.text


async def test_a_story_tells_what_was_believed(house: House) -> None:
    ada = house.ada
    await plan_first_talk(ada, "Grace Hill at Acme", "tomorrow 3pm")
    await ada.answer.press("Prepare")
    ada.modal.fill({"I believe that …": "It is all meetings"})
    await prepare(ada)
    await ada.command("/contact find Grace")
    assert "What you believed" in ada.answer.text
    assert "It is all meetings — still open" in ada.answer.text


async def test_a_list_that_is_none_teaches_those_that_are(house: House) -> None:
    await house.ada.command("/contact list frobnicate")
    assert "“frobnicate” is no list that I know. These are:" in house.ada.answer.text
    assert "/contact list at Acme" in house.ada.answer.text


async def test_the_next_page_keeps_to_the_list(house: House) -> None:
    ada = house.ada
    for letter in "ABCDEFGHIJKL":
        await add_contact(ada, f"{letter * 4} Hill at Acme")
    await add_contact(ada, "Tom Reed at Cask")
    await ada.command("/contact list at Acme")
    assert "1 to 10 of 12 contacts · at Acme" in ada.answer.text
    await ada.answer.press("Show more")
    assert "11 to 12 of 12 contacts · at Acme" in ada.answer.text
    assert "Tom Reed" not in ada.answer.text


async def test_a_contacts_whole_story(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill, CTO at Acme")
    await write_touch(ada, "Grace Hill", "They answered")
    await ada.command("/contact Uma Singh at Beta")
    ada.modal.fill({"Note": "Knows the field"})
    await ada.modal.choose("How did you find them?", "Introduced by a contact")
    await ada.modal.pick("Introduced by", "grace", "Grace Hill · Acme")
    await ada.modal.submit()
    await ada.command("/contact find Grace Hill")
    story = ada.answer.text
    assert "Grace Hill · CTO at Acme · answered" in story
    assert "Led to Uma Singh" in story
    assert story.index("They answered") < story.index("I asked for a talk")
    await ada.command("/contact list")
    # The menu of stages comes first; then Uma, whose change is the latest.
    await ada.answer.choose("All that passed", menu=1)
    assert "Introduced by Grace Hill" in ada.answer.text
    assert "Knows the field" in ada.answer.text


async def test_the_story_tells_what_was_learned_and_who_raised_an_opportunity(
    house: House,
) -> None:
    ada = house.ada
    await ada.command("/interview Grace Hill at Acme")
    ada.modal.fill({"When?": house.now.replace(hour=8)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early", "Could I picture myself there?": "Yes"})
    await ada.modal.submit()
    ada.modal.fill({"Did an opportunity come up?": "Yes, they raised it"})
    await ada.modal.submit()
    await ada.command("/contact find Grace")
    assert "What you learned" in ada.answer.text
    assert (
        "Ask early · you could picture yourself there · they raised an opportunity"
        in ada.answer.text
    )
    # All of it can be changed, from here too.
    await ada.answer.choose("23 November 2026 · Talk with Grace Hill", menu="Correct an entry …")
    await ada.answer.press("Open my notes")
    assert ada.modal.values["The one thing I learned"] == "Ask early"
    ada.modal.fill({"The one thing I learned": "Ask small"})
    await ada.modal.submit()
    await ada.modal.submit()
    await ada.command("/contact find Grace")
    assert "Ask small" in ada.answer.text and "Ask early" not in ada.answer.text


async def test_the_story_says_the_next_step_and_why(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    assert "Next step" in ada.answer.text
    assert "no answer yet. Who else works there" in ada.answer.text
