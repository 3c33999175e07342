"""What a member puts off until a moment comes then, and with the digest if that was missed."""

from datetime import date, datetime, timedelta

import pytest

from sandbox.driver import Message
from tests.stories.conftest import House, open_house
from tests.stories.steps import ask, at, log_past_talk, plan_talk, said

MONDAY, THURSDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 27)
SATURDAY, NEXT_MONDAY = date(2026, 11, 28), date(2026, 11, 30)
GRACE, TOM = "Grace Hill · Acme — you asked on", "Tom Reed · Cask — you asked on"


async def until(house: House, moment: datetime) -> None:
    """Put the last message's nudge off until a moment."""
    await house.ada.dms.last.choose("Pick a day and time")
    house.ada.modal.fill({"When?": moment})
    await house.ada.modal.submit()


async def grace_is_due(house: House) -> None:
    """Have asked Grace this Monday, so that Thursday's digest speaks of her."""
    await ask(house.ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 9))
    assert said(house.ada, GRACE) == 1


async def again_in_an_hour(house: House) -> Message:
    """Put Thursday's nudge about Grace off by an hour; gives its message."""
    thursday = next(m for m in house.ada.dms.messages if GRACE in m.text)
    await thursday.choose("Remind me in an hour")
    return thursday


async def test_what_a_downtime_swallowed_comes_with_one_digest(house: House) -> None:
    ada = house.ada
    await ask(ada, "Tom Reed at Cask")
    await grace_is_due(house)
    await ada.dms.last.choose("Remind me this afternoon", menu=0)
    await ada.dms.last.choose("Remind me in an hour", menu=0)
    await house.go_down()
    count = len(ada.dms)
    house.sandbox.clock.move_to(at(FRIDAY, 11))
    async with open_house(house.sandbox, house.database_url):
        assert len(ada.dms) == count + 1
        assert GRACE in ada.dms.last.text
        assert TOM in ada.dms.last.text


async def test_what_a_pause_swallowed_comes_with_the_first_digest_after_it(house: House) -> None:
    ada = house.ada
    await grace_is_due(house)
    await until(house, at(FRIDAY, 14))
    await ada.command("/followups pause until monday")
    await house.until(at(NEXT_MONDAY, 8, 59))
    assert said(ada, GRACE) == 0
    await house.until(at(NEXT_MONDAY, 9))
    assert said(ada, GRACE) == 1


async def test_an_hour_later_on_a_free_day_is_an_hour_later(house: House) -> None:
    ada = house.ada
    await grace_is_due(house)
    await house.until(at(SATURDAY, 10))
    await again_in_an_hour(house)
    await house.until(at(SATURDAY, 11))
    assert said(ada, GRACE) == 1


async def test_an_hour_later_at_night_is_the_next_digest(house: House) -> None:
    ada = house.ada
    await grace_is_due(house)
    await house.until(at(FRIDAY, 22))
    thursday = await again_in_an_hour(house)
    assert "I'll come back to Grace Hill: " in thursday.text
    await house.until(at(NEXT_MONDAY, 8, 59))
    assert said(ada, GRACE) == 0
    await house.until(at(NEXT_MONDAY, 9))
    assert said(ada, GRACE) == 1


async def test_what_was_put_off_for_months_after_a_talk_still_comes(house: House) -> None:
    ada = house.ada
    await house.until(at(MONDAY, 12))
    await log_past_talk(ada, "Tom Reed", at(MONDAY, 11), "Ask early")
    await house.until(at(date(2026, 11, 24), 9))
    await until(house, at(date(2027, 3, 2), 14))
    for week in range(14):
        await house.until(at(THURSDAY, 12) + timedelta(weeks=week))
        await ada.command("/followups")
    assert said(ada, "no thank-you yet") == 0
    await house.until(at(date(2027, 3, 2), 14))
    assert said(ada, "no thank-you yet") == 1


async def test_a_question_asked_again_in_an_hour_of_the_night_comes_with_the_digest(
    house: House,
) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "today 18:00")
    await house.until(at(MONDAY, 19))
    question = ada.dms.last
    await house.until(at(MONDAY, 19, 30))
    await question.choose("Ask me later")
    ada.modal.fill({"Or simply": "In an hour"})
    await ada.modal.submit()
    assert "Tomorrow at 9:00 AM" in question.text
    await house.until(at(date(2026, 11, 24), 8, 59))
    assert said(ada, "How did it go?") == 0
    await house.until(at(date(2026, 11, 24), 9))
    assert said(ada, "How did it go?") == 1


async def test_who_wants_no_digest_is_reminded_all_the_same_when_they_asked_for_it(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/rapport settings")
    ada.modal.fill({"Digest": "None: I look at the Home tab"})
    await ada.modal.submit()
    await house.until(at(THURSDAY, 10))
    assert len(ada.dms) == 0
    await ada.open_home()
    await ada.home.press("Later")
    await house.until(at(FRIDAY, 9))
    assert said(ada, GRACE) == 1


async def test_a_thank_you_that_a_downtime_swallowed_comes_with_the_digest(house: House) -> None:
    """On Friday evening it would have come on its own, since Saturday has no digest."""
    ada = house.ada
    await house.until(at(FRIDAY, 14))
    await log_past_talk(ada, "Uma Singh", at(FRIDAY, 12), "Ask early")
    await house.go_down()
    count = len(ada.dms)
    house.sandbox.clock.move_to(at(NEXT_MONDAY, 8, 5))
    async with open_house(house.sandbox, house.database_url) as back:
        assert len(ada.dms) == count
        await back.until(at(NEXT_MONDAY, 9))
        assert len(ada.dms) == count + 1
        assert "Uma Singh" in ada.dms.last.text


async def test_a_moment_in_the_night_is_named_as_the_morning_in_which_it_comes(
    house: House,
) -> None:
    ada = house.ada
    await grace_is_due(house)
    thursday = ada.dms.last
    await until(house, at(FRIDAY, 6))
    assert "Tomorrow at 8:00 AM" in thursday.text
    await house.until(at(FRIDAY, 7, 59))
    assert said(ada, GRACE) == 0
    await house.until(at(FRIDAY, 8))
    assert said(ada, GRACE) == 1


async def test_there_is_no_later_in_the_night_before_a_talk_that_the_night_reaches(
    house: House,
) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "wednesday 7:30am")
    await house.until(at(date(2026, 11, 24), 9))
    brief = ada.dms.last
    assert "Your next talk is with Tom Reed" in brief.text
    await brief.choose("Pick a day and time", menu=0)
    ada.modal.fill({"When?": at(date(2026, 11, 25), 6)})
    await ada.modal.submit()
    assert "I'll come back" not in brief.text


async def test_an_earlier_day_for_what_comes_alone_leaves_it_alone_at_its_moment(
    house: House,
) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "today 18:00")
    await ada.command("/followups")
    await ada.answer.press("On a later day", index=0)
    ada.modal.fill({"When?": at(MONDAY, 12)})
    await ada.modal.submit()
    assert ada.answer.text.startswith("I'll come back to Tom Reed: Today at 7:00 PM.")
    await house.until(at(MONDAY, 19))
    assert "How did it go?" in ada.dms.last.text


async def test_a_reminder_with_a_draft_can_be_put_off_like_any_other(house: House) -> None:
    ada = house.ada
    await house.until(at(MONDAY, 12))
    await log_past_talk(ada, "Tom Reed", at(MONDAY, 11), "Ask early")
    await house.until(at(date(2026, 11, 24), 9))
    first = ada.dms.last
    await first.choose("Remind me this afternoon")
    assert "I'll come back to Tom Reed: Today at 3:00 PM." in first.text
    await house.until(at(date(2026, 11, 24), 15))
    second = ada.dms.last
    await second.choose("Pick a day and time")
    ada.modal.fill({"Or simply": "Next week"})
    await ada.modal.submit()
    assert "I'll come back to Tom Reed: Dec 1, 2026 at 9:00 AM." in second.text


async def test_the_question_how_it_went_can_be_put_off_to_any_moment_or_skipped(
    house: House,
) -> None:
    ada = house.ada
    await plan_talk(ada, "Tom Reed", "today 18:00")
    await house.until(at(MONDAY, 19))
    await ada.dms.last.choose("Ask me later")
    ada.modal.fill({"When?": at(date(2026, 11, 24), 14)})
    await ada.modal.submit()
    await house.until(at(date(2026, 11, 24), 14))
    question = ada.dms.last
    assert "How did it go?" in question.text
    await question.choose("Skip")
    assert question.text == "Left alone: Tom Reed.\nUndo"


@pytest.mark.parametrize(("day", "comes"), [(THURSDAY, FRIDAY), (FRIDAY, SATURDAY)])
async def test_tomorrow_is_the_next_day_whatever_day_that_is(
    house: House, day: date, comes: date
) -> None:
    """With the day's digest; on a free day, which the member has chosen, on its own."""
    ada = house.ada
    await grace_is_due(house)
    await house.until(at(day, 12))
    await ada.dms.messages[0].choose("Pick a day and time")
    ada.modal.fill({"Or simply": "Tomorrow"})
    await ada.modal.submit()
    await house.until(at(comes, 8, 59))
    assert said(ada, GRACE) == 0
    await house.until(at(comes, 9))
    assert said(ada, GRACE) == 1
