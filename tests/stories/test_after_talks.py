"""After a talk: debrief, thanks and thanks again, promises both ways, who led there, and peace."""

from collections.abc import Mapping
from datetime import date

from tests.stories.conftest import House
from tests.stories.steps import add_contact, at, plan_talk, said

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
FRIDAY, NEXT_TUESDAY = date(2026, 11, 27), date(2026, 12, 1)


async def debriefed(house: House, follows: Mapping[str, object] | None = None) -> None:
    """Have a talk with Grace this Monday afternoon, and tell about it when the bot asks."""
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await house.until(at(MONDAY, 16))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill(follows or {})
    await ada.modal.submit()


async def test_a_thank_you_is_asked_for_twice_and_never_again(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    first = ada.dms.last
    assert "Grace Hill · Acme — you talked" in first.text and "no thank-you yet" in first.text
    assert first.buttons == ["Draft it", "It's sent", "Later", "Settings", "Pause a week"]
    # Forty-eight hours after the talk is Wednesday afternoon.
    await house.until(at(WEDNESDAY, 9))
    assert said(ada, "a thank-you is still welcome") == 0
    await house.until(at(THURSDAY, 9))
    again = ada.dms.last
    assert "a thank-you is still welcome" in again.text
    thanks = said(ada, "no thank-you yet") + said(ada, "still welcome")
    for _ in range(10):
        await house.later(days=1)
    assert said(ada, "no thank-you yet") + said(ada, "still welcome") == thanks
    await again.press("It's sent")
    assert first.text == "You thanked Grace Hill."
    assert again.text == "You thanked Grace Hill.\nUndo"


async def test_promises_both_ways_and_the_news_of_what_came_of_them(house: House) -> None:
    ada = house.ada
    await debriefed(
        house,
        {
            "I promised": "My notes",
            "By when?": THURSDAY,
            "They promised": "An introduction.",
            "Thank-you": ["I have thanked them"],
        },
    )
    await house.until(at(WEDNESDAY, 9))
    assert said(ada, "promised") == 0
    await house.until(at(THURSDAY, 9))
    assert "You promised Grace Hill · Acme: My notes (by 26 November 2026)" in ada.dms.last.text
    await ada.dms.last.press("It's kept")
    assert ada.dms.last.text == "You kept your promise to Grace Hill.\nUndo"
    await house.until(at(FRIDAY, 9))
    update = ada.dms.last
    assert "You kept your word to Grace Hill · Acme on Nov 26, 2026." in update.text
    await update.press("I told them")
    assert "Done: Grace Hill." in update.text
    # Seven days after the talk is Monday afternoon.
    await house.until(at(date(2026, 11, 30), 9))
    assert said(ada, "An introduction.") == 0
    await house.until(at(NEXT_TUESDAY, 9))
    theirs = ada.dms.last
    assert "Grace Hill · Acme promised on Nov 23, 2026: An introduction. A gentle" in theirs.text
    await theirs.press("They kept it")
    assert theirs.text == "Grace Hill kept their promise.\nUndo"


async def test_a_talk_without_notes_is_asked_about_once(house: House) -> None:
    ada = house.ada
    await house.until(at(MONDAY, 17))
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": at(MONDAY, 15)})
    await ada.modal.submit()
    await ada.modal.close()
    await house.until(at(TUESDAY, 9))
    digest = ada.dms.last
    assert "Two for today" in digest.text
    assert "no notes yet. One line is enough." in digest.text
    for day in (WEDNESDAY, THURSDAY, FRIDAY):
        await house.until(at(day, 9))
    assert said(ada, "no notes yet") == 1
    await digest.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    assert said(ada, "no notes yet") == 0


async def test_who_led_there_is_told_how_it_went(house: House) -> None:
    ada = house.ada
    named = {"Who else should I talk to?": "Tom Reed at Bolt", "Thank-you": ["I have thanked them"]}
    await debriefed(house, named)
    await plan_talk(ada, "Tom Reed", "tomorrow 15:00")
    await house.until(at(TUESDAY, 16))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask late"})
    await ada.modal.submit()
    ada.modal.fill({"Thank-you": ["I have thanked them"]})
    await ada.modal.submit()
    await house.until(at(WEDNESDAY, 9))
    tell = ada.dms.last
    assert "Grace Hill · Acme introduced you to Tom Reed. You have talked since" in tell.text
    await tell.press("I told them")
    assert tell.text == "Done: Grace Hill.\nUndo"
    await house.until(at(THURSDAY, 9))
    assert said(ada, "introduced you") == 0


async def test_an_introducer_is_reminded_of_nothing_until_they_heard_how_it_went(
    house: House,
) -> None:
    """Their promise waits for the word to them, however long ago it was given."""
    ada = house.ada
    named = {
        "Who else should I talk to?": "Tom Reed at Bolt",
        "They promised": "An introduction.",
        "Thank-you": ["I have thanked them"],
    }
    await debriefed(house, named)
    await plan_talk(ada, "Tom Reed", "friday 15:00")
    await house.until(at(FRIDAY, 16))
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": "Ask late"})
    await ada.modal.submit()
    ada.modal.fill({"Thank-you": ["I have thanked them"]})
    await ada.modal.submit()
    await house.until(at(date(2026, 12, 3), 9))
    assert said(ada, "An introduction.") == 0
    tell = next(m for m in ada.dms if "tell them how it went" in m.text)
    await tell.press("I told them")
    await house.until(at(date(2026, 12, 4), 9))
    assert said(ada, "Grace Hill · Acme promised on Nov 23, 2026: An introduction.") == 1


async def test_no_more_about_this_person_and_the_way_back(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    nudge = ada.dms.last
    await nudge.choose("No nudges about this person")
    assert nudge.buttons == []
    stopped = ada.dms.last
    assert "No more nudges about Grace Hill. They stay on your list." in stopped.text
    count = said(ada, "thank-you")
    for day in (WEDNESDAY, THURSDAY, FRIDAY):
        await house.until(at(day, 9))
    assert said(ada, "still welcome") == 0
    assert said(ada, "thank-you") == count
    await stopped.press("Undo")
    await house.until(at(date(2026, 11, 30), 9))
    assert said(ada, "thank-you") > count


async def test_a_day_and_a_time_of_ones_own(house: House) -> None:
    ada = house.ada
    await debriefed(house)
    await house.until(at(TUESDAY, 9))
    nudge = ada.dms.last
    await nudge.choose("Pick a day and time")
    ada.modal.fill({"When?": at(TUESDAY, 8)})
    await ada.modal.submit()
    assert ada.modal.errors == {"When?": "Pick a moment that is still to come"}
    ada.modal.fill({"When?": at(THURSDAY, 14, 30)})
    await ada.modal.submit()
    assert nudge.text.startswith("I'll come back to Grace Hill")
    await house.until(at(THURSDAY, 14, 29))
    assert said(ada, "no thank-you yet") == 0
    await house.until(at(THURSDAY, 14, 30))
    assert "no thank-you yet" in ada.dms.last.text
    await ada.dms.last.choose("Remind me in an hour")
    await house.until(at(THURSDAY, 15, 30))
    assert said(ada, "no thank-you yet") == 1
