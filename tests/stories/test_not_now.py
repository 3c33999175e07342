""" "Not now": whoever says so is left in peace until a date, and then comes back."""

from datetime import date

from tests.stories.conftest import House
from tests.stories.steps import ask, at, said, write_touch

THURSDAY, NEXT_FRIDAY = date(2026, 11, 26), date(2026, 12, 4)
DAY_BEFORE, THE_DAY = date(2026, 12, 14), date(2026, 12, 15)
ASK_AGAIN = "it was not the time; you noted 15 December 2026. Ask again?"
UNTIL = "When may I ask again?"


async def not_now(house: House, until: date | None) -> None:
    """Log that Grace said: not now."""
    ada = house.ada
    await ada.command("/contact find Grace")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "They said: not now", UNTIL: until})
    await ada.modal.submit()


async def test_who_says_not_now_is_left_in_peace_and_comes_back_on_the_date(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 9))
    waiting = ada.dms.last
    assert "no answer yet" in waiting.text
    await not_now(house, THE_DAY)
    assert "Grace Hill is up to date. Not now; I come back to it on 15 December 2026." in (
        ada.answer.text
    )
    assert waiting.text == "Nothing to do here any more: Grace Hill."
    await ada.command("/contact list")
    assert "Grace Hill · Acme · not now, until 15 December 2026" in ada.answer.text
    await ada.open_home()
    assert "1 not now" in ada.home.text
    for day in (NEXT_FRIDAY, date(2026, 12, 11), DAY_BEFORE):
        await house.until(at(day, 12))
        await ada.command("/followups")
    assert said(ada, "Grace Hill · Acme") == 0
    assert "then you may ask again" in ada.answer.text
    await house.until(at(THE_DAY, 8, 59))
    assert said(ada, ASK_AGAIN) == 0
    await house.until(at(THE_DAY, 9))
    assert said(ada, ASK_AGAIN) == 1
    await ada.dms.last.press("I asked again")
    await ada.command("/contact find Grace")
    assert "Grace Hill · Acme · asked" in ada.answer.text


async def test_asking_again_earlier_takes_the_date_back(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await not_now(house, THE_DAY)
    await house.until(at(NEXT_FRIDAY, 14))
    await write_touch(ada, "Grace", "I asked for a talk")
    assert "Not now" not in ada.answer.text
    await ada.command("/followups")
    assert "ask again" not in ada.answer.text
    assert "one polite follow-up" in ada.answer.text
    for _ in range(10):
        await house.later(days=1)
    assert said(ada, ASK_AGAIN) == 0


async def test_without_a_date_it_comes_back_in_sixty_days(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await not_now(house, None)
    assert "I come back to it on 22 January 2027." in ada.answer.text
    await write_touch(ada, "Grace", "I sent news")
    assert "I come back to it on 22 January 2027." in ada.answer.text


async def test_a_date_that_has_passed_or_goes_with_nothing_is_refused_kindly(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await not_now(house, date(2026, 11, 23))
    assert ada.modal.errors == {UNTIL: "Pick a day that is still to come, or leave it open"}
    ada.modal.fill({"What happened?": "They answered", UNTIL: THE_DAY})
    await ada.modal.submit()
    assert ada.modal.errors == {
        UNTIL: "A date goes with “They said: not now”: choose that above, or clear the date"
    }
    ada.modal.fill({UNTIL: None})
    await ada.modal.submit()
    assert not ada.has_modal
    assert "Grace Hill is up to date." in ada.answer.text


async def test_today_is_the_members_own_day(house: House) -> None:
    """At nine in the evening in New York it is tomorrow already in London."""
    ben = house.ben
    await house.until(at(date(2026, 11, 25), 2))
    await ask(ben, "Grace Hill at Acme")
    await ben.command("/contact find Grace")
    await ben.answer.press("Write a touch")
    ben.modal.fill({"What happened?": "They said: not now", UNTIL: date(2026, 11, 25)})
    await ben.modal.submit()
    assert not ben.has_modal
