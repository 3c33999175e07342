"""What changes while a message is on its way, or after it came, counts from that moment on."""

from datetime import date, datetime, timedelta

import pytest

from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, plan_talk, said
from tests.stories.test_correcting import choose_entry
from tests.stories.test_going_quiet import SHALL_I, three_digests_unanswered
from tests.stories.test_settings import NUMBERS, change

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
WEDNESDAY, NEXT_FRIDAY = date(2026, 12, 2), date(2026, 12, 4)
SOMEBODY_ELSE = "Who else works there"


async def in_doubt(house: House) -> None:
    """Have Thursday's digest about Grace lost on its way: nobody knows whether it arrived."""
    await ask(house.ada, "Grace Hill at Acme")
    house.sandbox.faults.next("chat.postMessage", drop=True)
    await house.until(at(THURSDAY, 9))
    assert len(house.ada.dms) == 0


async def test_what_is_due_on_another_day_by_now_comes_on_that_day_only(house: House) -> None:
    await in_doubt(house)
    await house.ada.command("/rapport settings")
    await house.ada.modal.press(NUMBERS)
    house.ada.modal.fill({"No answer: suggest someone else there after": "5"})
    await house.ada.modal.submit()
    for _ in range(6):
        await house.later(minutes=10)
    assert len(house.ada.dms) == 0, "five business days are not over"
    await house.until(at(MONDAY, 8, 59))
    assert len(house.ada.dms) == 0
    await house.until(at(MONDAY, 9))
    assert said(house.ada, SOMEBODY_ELSE) == 1


async def test_what_is_due_later_by_now_may_be_due_sooner_again(house: House) -> None:
    """That it was claimed once does not keep it from following the plan."""
    await in_doubt(house)
    await change(house, {"Digest": "Weekly, on the review day", "Review of the week": "Tuesday"})
    await house.later(minutes=10)
    assert len(house.ada.dms) == 0
    await change(house, {"Digest": "Daily"})
    await house.until(at(FRIDAY, 9))
    assert said(house.ada, SOMEBODY_ELSE) == 1


@pytest.mark.parametrize(
    ("digest", "comes"), [("None: I look at the Home tab", None), ("Weekly, on the review day", 1)]
)
async def test_whoever_wants_no_digest_today_any_more_gets_none(
    house: House, digest: str, comes: int | None
) -> None:
    await in_doubt(house)
    await change(house, {"Digest": digest})
    for _ in range(6):
        await house.later(minutes=10)
    assert len(house.ada.dms) == 0
    await house.until(at(FRIDAY, 9))
    await house.until(at(TUESDAY, 9))
    assert said(house.ada, SOMEBODY_ELSE) == (comes or 0)
    await house.ada.open_home()
    assert "Grace Hill" in house.ada.home.text


async def test_a_promise_that_is_put_on_another_date_is_reminded_of_on_that_one(
    house: House,
) -> None:
    ada, promised = house.ada, "You promised Grace Hill"
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": house.now.replace(hour=8)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    thanked = {"Thank-you": ["I have thanked them"]}
    ada.modal.fill({"I promised": "Send the report", "By when?": THURSDAY, **thanked})
    await ada.modal.submit()
    await house.until(at(THURSDAY, 9))
    assert said(ada, promised) == 1
    reminder = ada.dms.last
    await choose_entry(ada, "Grace", "I promised: Send the report")
    await ada.answer.press("Correct")
    ada.modal.fill({"By when?": WEDNESDAY})
    await ada.modal.submit()
    await house.settle()
    assert "Yes, sent" not in reminder.buttons, "it is not due any more"
    await house.until(at(TUESDAY, 18))
    assert len(ada.dms) == 1 + said(ada, "look back")
    await house.until(at(WEDNESDAY, 9))
    assert promised in ada.dms.last.text
    await house.until(at(NEXT_FRIDAY, 18))
    assert sum(promised in message.text for message in ada.dms.messages[1:]) == 1


async def test_a_talk_that_moves_to_another_day_may_be_prepared_for_once_more(
    house: House,
) -> None:
    ada, unprepared = house.ada, "nothing is prepared"
    await add_contact(ada, "Grace Hill")
    await plan_talk(ada, "Grace Hill", "friday 15:00")
    await house.until(at(date(2026, 11, 25), 9))
    assert said(ada, unprepared) == 1
    await choose_entry(ada, "Grace", "27 November 2026 · Talk planned with Grace Hill")
    await ada.answer.press("Correct")
    ada.modal.fill({"When?": at(date(2026, 12, 10), 15)})
    await ada.modal.submit()
    await house.settle()
    assert said(ada, unprepared) == 0, "the old message says that it is out of date"
    await house.until(at(date(2026, 12, 7), 18))
    assert said(ada, unprepared) == 0
    await house.until(at(date(2026, 12, 8), 9))
    assert said(ada, unprepared) == 1


async def test_a_brief_after_days_without_the_bot_says_all_that_there_is_to_say(
    house: House,
) -> None:
    """It was down when it should have said that nothing is prepared."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "friday 15:00")
    await house.go_down()
    house.sandbox.clock.move_to(at(THURSDAY, 9))
    async with open_house(house.sandbox, house.database_url) as again:
        [digest] = again.ada.dms.texts
        assert digest.count("Grace Hill") == 1
        assert "none picked yet; three carry half an hour" in digest


@pytest.mark.parametrize(
    ("back", "asked"),
    [
        (at(WEDNESDAY, 15, 37), at(date(2026, 12, 3), 9)),
        (at(date(2026, 12, 5), 10), at(date(2026, 12, 7), 9)),
    ],
)
async def test_whether_to_go_on_is_asked_at_the_hour_of_a_digest(
    house: House, back: datetime, asked: datetime
) -> None:
    """It was planned for a working day at nine, and could not be sent then."""
    await three_digests_unanswered(house)
    house.sandbox.faults.next("chat.postMessage", error="service_unavailable", times=1)
    await house.until(at(WEDNESDAY, 9))
    assert said(house.ada, SHALL_I) == 0
    await house.go_down()
    house.sandbox.clock.move_to(back)
    async with open_house(house.sandbox, house.database_url) as again:
        assert said(again.ada, SHALL_I) == 0
        await again.until(asked - timedelta(minutes=1))
        assert said(again.ada, SHALL_I) == 0
        await again.until(asked)
        assert said(again.ada, SHALL_I) == 1
        await again.later(days=3)
        assert said(again.ada, SHALL_I) == 1
