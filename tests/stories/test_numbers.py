"""Each number of the practice is the member's own, within its limits."""

from datetime import date

from handlers.views.numbers_form import NUMBERS
from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk, said
from tests.stories.test_going_quiet import SHALL_I
from tests.stories.test_settings import NUMBERS as SECOND_PAGE

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)
NO_THANKS = "no thank-you yet"


async def choose(house: House, **numbers: int) -> None:
    """Change numbers on the second page of the settings."""
    await house.ada.command("/rapport settings")
    await house.ada.modal.press(SECOND_PAGE)
    house.ada.modal.fill({NUMBERS[name][0]: str(number) for name, number in numbers.items()})
    await house.ada.modal.submit()
    await house.ada.modal.close()


async def test_a_word_before_a_talk_and_the_question_after_it(house: House) -> None:
    await choose(house, talk_soon_minutes=120, debrief_minutes=0)
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(at(MONDAY, 12, 59))
    assert len(house.ada.dms) == 0
    await house.until(at(MONDAY, 13))
    assert said(house.ada, "Soon you talk with Grace Hill") == 1
    await house.until(at(MONDAY, 15, 29))
    assert said(house.ada, "How did it go?") == 0
    await house.until(at(MONDAY, 15, 30))
    assert said(house.ada, "How did it go?") == 1


async def test_a_thank_you_has_more_time_and_the_second_word_as_well(house: House) -> None:
    """Within two days Tuesday's digest brings it; the other one, after three, Thursday's."""
    await choose(house, thank_you_hours=48, thank_you_again_hours=72)
    await log_past_talk(house.ada, "Grace Hill", at(MONDAY, 8), "Ask early")
    await house.until(at(MONDAY, 19))
    assert said(house.ada, NO_THANKS) == 0
    await house.until(at(TUESDAY, 9))
    assert said(house.ada, NO_THANKS) == 1
    await house.until(at(WEDNESDAY, 12))
    assert said(house.ada, NO_THANKS) == 1
    await house.until(at(THURSDAY, 9))
    assert "thank-you" in house.ada.dms.last.text
    assert len(house.ada.dms) == 2


async def test_a_digest_has_as_many_reminders_as_the_member_wants(house: House) -> None:
    await choose(house, digest_items=3)
    for name in (
        "Grace Hill at Acme",
        "Tom Reed at Bolt",
        "Uma Singh at Cask",
        "Vera Lind at Dome",
    ):
        await ask(house.ada, name)
    await house.until(at(THURSDAY, 9))
    [digest] = house.ada.dms.texts
    assert sum(name in digest for name in ("Grace", "Tom", "Uma", "Vera")) == 3
    assert "1 more" in digest
    await house.until(at(FRIDAY, 9))
    assert "Vera Lind" in house.ada.dms.last.text


async def test_the_bot_asks_sooner_whether_to_go_on(house: House) -> None:
    await choose(house, ask_after_digests=2)
    for name in ("Grace Hill at Acme", "Tom Reed at Bolt"):
        await ask(house.ada, name)
        await house.later(hours=21)
    await house.until(at(THURSDAY, 9))
    await house.until(at(FRIDAY, 9))
    assert (len(house.ada.dms), said(house.ada, SHALL_I)) == (2, 0)
    await house.until(at(date(2026, 12, 2), 9))
    assert said(house.ada, SHALL_I) == 1


async def test_what_has_no_other_day_comes_before_what_can_wait(house: House) -> None:
    """The review is of this week; of briefs that of the earliest talk is needed first."""
    ada = house.ada
    await choose(house, digest_items=3)
    await house.until(at(TUESDAY, 9, 30))
    for name in ("Grace Hill at Acme", "Tom Reed at Bolt", "Uma Singh at Cask"):
        await ask(ada, name)
    await house.until(at(FRIDAY, 9))
    assert said(ada, "Your week") == 1
    assert "1 more" in ada.dms.last.text
    await house.until(at(date(2026, 11, 30), 9))
    assert "Uma Singh" in ada.dms.last.text


async def test_the_brief_of_the_earliest_talk_has_room(house: House) -> None:
    await choose(house, digest_items=3)
    await house.until(at(MONDAY, 10))
    talks = {"Grace Hill": "15:00", "Tom Reed": "16:00", "Uma Singh": "17:00", "Vera Lind": "8:30"}
    for name, time in talks.items():
        await add_contact(house.ada, name)
        await plan_talk(house.ada, name, f"wednesday {time}")
    await house.until(at(TUESDAY, 9))
    assert "Vera Lind" in house.ada.dms.last.text
    assert "1 more" in house.ada.dms.last.text
    await house.until(at(WEDNESDAY, 9))
    assert "Uma Singh" in house.ada.dms.last.text


async def test_a_thank_you_keeps_to_few_hours_however_late_the_question_comes(
    house: House,
) -> None:
    await choose(house, thank_you_hours=4, debrief_minutes=240)
    await log_past_talk(house.ada, "Grace Hill", at(MONDAY, 8), "Ask early")
    await house.until(at(MONDAY, 12, 30))
    assert said(house.ada, NO_THANKS) == 1


async def test_a_talk_planned_at_short_notice_has_its_word_all_the_same(house: House) -> None:
    await choose(house, talk_soon_minutes=240)
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 12:30")
    await house.until(at(MONDAY, 11, 29))
    assert said(house.ada, "Soon you talk") == 0
    await house.until(at(MONDAY, 11, 30))
    assert said(house.ada, "Soon you talk with Grace Hill") == 1
