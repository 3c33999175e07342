"""Every entry of a contact's story can be corrected or deleted, and deleting can be undone."""

from datetime import UTC, date, datetime

from sandbox.driver import Member
from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk, said, write_touch

TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
MENU = "Correct an entry …"
MONDAY = "23 November 2026"


async def choose_entry(member: Member, name: str, entry: str) -> None:
    """Open a contact's story and choose one of its entries."""
    await member.command(f"/contact find {name}")
    await member.answer.choose(entry, menu=MENU)


async def test_an_entry_is_corrected_and_the_stage_follows(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await choose_entry(ada, "Grace", f"{MONDAY} · I asked for a talk")
    assert "Grace Hill · Acme · asked" in ada.answer.text
    assert ada.answer.buttons == ["Correct", "Delete"]
    await ada.answer.press("Correct")
    assert ada.modal.values["What happened?"] == "I asked for a talk"
    ada.modal.fill({"What happened?": "They answered", "Note": "On Friday"})
    await ada.modal.submit()
    assert f"Corrected. {MONDAY} · They answered: On Friday" in ada.answer.text
    assert "Grace Hill · Acme · answered" in ada.answer.text
    await ada.command("/contact list asked")
    assert "Nobody there" in ada.answer.text


async def test_a_past_date_moves_what_follows_from_it(house: House) -> None:
    """Whoever joined in the middle of a search says when it was: the follow-up is due today."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await choose_entry(ada, "Grace", f"{MONDAY} · I asked for a talk")
    await ada.answer.press("Correct")
    ada.modal.fill({"When?": datetime(2026, 11, 12, 9, 0, tzinfo=UTC)})
    await ada.modal.submit()
    assert "12 November 2026 · I asked for a talk" in ada.answer.text
    await house.until(at(TUESDAY, 9))
    assert said(ada, "One polite follow-up is fine now.") == 1


async def test_what_is_still_to_come_is_refused_and_nothing_typed_is_lost(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await choose_entry(ada, "Grace", f"{MONDAY} · I asked for a talk")
    await ada.answer.press("Correct")
    ada.modal.fill({"When?": datetime(2026, 11, 30, 9, 0, tzinfo=UTC), "Note": "Wrote twice"})
    await ada.modal.submit()
    assert list(ada.modal.errors) == ["When?"]
    assert ada.modal.values["Note"] == "Wrote twice"


async def test_a_deleted_entry_is_gone_from_everything_until_undo(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await write_touch(ada, "Grace", "They answered")
    await choose_entry(ada, "Grace", f"{MONDAY} · They answered")
    await ada.answer.press("Delete")
    assert f"Deleted: {MONDAY} · They answered." in ada.answer.text
    assert "Grace Hill · Acme · asked" in ada.answer.text
    deleted = ada.answer
    await ada.command("/contact find Grace")
    assert "They answered" not in ada.answer.text
    await ada.open_home()
    assert "1 asked" in ada.home.text
    await deleted.press("Undo")
    assert f"It is back. {MONDAY} · They answered" in deleted.text
    assert "Grace Hill · Acme · answered" in deleted.text
    await ada.open_home()
    assert "1 answered" in ada.home.text


async def test_what_a_deleted_answer_had_cancelled_comes_back_once(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 9))
    nudge = ada.dms.last
    assert "no answer yet" in nudge.text
    await write_touch(ada, "Grace", "They answered")
    assert nudge.text == "Nothing to do here any more: Grace Hill."
    await choose_entry(ada, "Grace", "26 November 2026 · They answered")
    await ada.answer.press("Delete")
    assert "no answer yet" in nudge.text
    assert "I asked someone" in nudge.buttons
    for _ in range(3):
        await house.later(days=1)
    assert said(ada, "no answer yet") == 1


async def test_a_stale_menu_offers_the_way_back_of_what_is_deleted(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    entry = f"{MONDAY} · I asked for a talk"
    await ada.command("/contact find Grace")
    story = ada.answer
    await story.choose(entry, menu=MENU)
    await ada.answer.press("Delete")
    await story.choose(entry, menu=MENU)
    assert ada.answer.buttons == ["Undo"]
    await ada.answer.press("Undo")
    assert "Grace Hill · Acme · asked" in ada.answer.text


async def test_a_talk_logged_by_mistake_goes_with_all_of_it_and_comes_back(house: House) -> None:
    ada = house.ada
    await log_past_talk(ada, "Grace Hill", house.now.replace(hour=8), "Ask early")
    await choose_entry(ada, "Grace", f"{MONDAY} · Talk with Grace Hill")
    await ada.answer.press("Delete")
    assert f"Deleted: {MONDAY} · Talk with Grace Hill." in ada.answer.text
    assert "Grace Hill · to ask" in ada.answer.text
    deleted = ada.answer
    await house.until(at(TUESDAY, 9))
    assert said(ada, "no thank-you yet") == 0
    await ada.command("/contact find Grace")
    assert "We talked" not in ada.answer.text
    await deleted.press("Undo")
    assert "Grace Hill · talked" in deleted.text
    await ada.command("/contact find Grace")
    assert "We talked" in ada.answer.text
    await choose_entry(ada, "Grace", f"{MONDAY} · Talk with Grace Hill")
    await ada.answer.press("Correct")
    ada.modal.fill({"When?": datetime(2026, 11, 20, 9, 0, tzinfo=UTC)})
    await ada.modal.submit()
    assert ada.modal.values["The one thing I learned"] == "Ask early"


async def test_the_question_about_a_deleted_talk_is_not_asked(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await choose_entry(ada, "Grace", f"{MONDAY} · Talk planned with Grace Hill")
    await ada.answer.press("Delete")
    await house.until(at(TUESDAY, 12))
    assert said(ada, "How did it go?") == 0


async def test_a_promise_is_corrected_deleted_and_brought_back(house: House) -> None:
    ada = house.ada
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": house.now.replace(hour=8)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill({"I promised": "Send the report", "By when?": THURSDAY})
    await ada.modal.submit()
    await choose_entry(ada, "Grace", "I promised: Send the report")
    await ada.answer.press("Correct")
    ada.modal.fill({"You promised": "Send both reports"})
    await ada.modal.submit()
    assert "Corrected. I promised: Send both reports" in ada.answer.text
    await ada.answer.press("Delete")
    await ada.answer.press("Undo")
    assert "It is back. I promised: Send both reports" in ada.answer.text
    await house.until(at(THURSDAY, 9))
    assert said(ada, "You promised Grace Hill: Send both reports") == 1
