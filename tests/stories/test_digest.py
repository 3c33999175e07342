"""The digest: one a day, most pressing first, at most ten, never empty, at the member's hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sandbox.driver import Member
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk, said

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY = date(2026, 11, 30)
COHORT = (
    "Amal",
    "Boris",
    "Cleo",
    "Dmitri",
    "Esther",
    "Farouk",
    "Hui",
    "Ines",
    "Jonas",
    "Kwame",
    "Lucy",
)


async def promise(member: Member, name: str, when: datetime, due: date) -> None:
    """Log a past talk that was thanked for, with a promise of the member's own for a day."""
    await member.command(f"/interview {name}")
    member.modal.fill({"When?": when})
    await member.modal.submit()
    member.modal.fill({"The one thing I learned": "Ask early"})
    await member.modal.submit()
    member.modal.fill(
        {"I promised": "My notes", "By when?": due, "Thank-you": ["I have thanked them"]}
    )
    await member.modal.submit()


async def test_ten_at_most_the_most_pressing_first_and_the_others_next_day(house: House) -> None:
    ada = house.ada
    for name in COHORT:
        await ask(ada, f"{name} at {name[::-1]}")
    await house.until(at(date(2026, 11, 25), 14))
    await log_past_talk(ada, "Grace Hill", at(date(2026, 11, 25), 12), "Ask early")
    await house.until(at(THURSDAY, 9))
    assert len(ada.dms) == 1
    digest = ada.dms.last
    lines = digest.text.splitlines()
    assert lines[0].startswith("Ten for today: ") and lines[0].endswith(", and seven more.")
    assert lines[1] == "Thanks and promises"
    assert "Grace Hill — you talked" in lines[2]
    assert digest.text.count("no answer yet") == 9
    assert "… and 2 more, which wait in the Home tab." in digest.text
    await ada.open_home()
    assert "more.\nShow all" in ada.home.text
    # Nothing more on the same day, whatever is done with it.
    await digest.press("Skip", index=0)
    # What found no room is still told of, as long as it waits.
    assert digest.text.splitlines()[0].startswith("Nine for today: ")
    assert "… and 2 more, which wait in the Home tab." in digest.text
    await ada.command("/contact find Lucy")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "They answered"})
    await ada.modal.submit()
    await digest.press("Skip", index=0)
    assert "… and 1 more, which wait in the Home tab." in digest.text
    await house.until(at(THURSDAY, 19))
    assert len(ada.dms) == 1
    await house.until(at(FRIDAY, 9))
    assert len(ada.dms) == 2
    assert ada.dms.last.text.count("no answer yet") == 1
    await digest.press("Skip", index=0)
    assert "which wait in the Home tab" not in digest.text


async def test_what_is_overdue_when_it_is_told_comes_with_the_next_digest(house: House) -> None:
    ada = house.ada
    await house.until(at(date(2026, 11, 23), 14))
    await promise(ada, "Grace Hill", at(date(2026, 11, 19), 14), date(2026, 11, 20))
    assert len(ada.dms) == 0
    await house.until(at(date(2026, 11, 24), 8, 59))
    assert len(ada.dms) == 0
    await house.until(at(date(2026, 11, 24), 9))
    assert "You promised Grace Hill: My notes" in ada.dms.last.text
    # A day on which nothing is due has no digest.
    await ada.dms.last.press("It's kept")
    await house.until(at(date(2026, 11, 25), 9))
    await ada.dms.last.press("I told them")
    count = len(ada.dms)
    await house.until(at(THURSDAY, 9))
    assert len(ada.dms) == count


async def test_down_for_days_means_one_digest_of_what_still_makes_sense(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await plan_talk(ada, "Tom Reed", "2026-11-27 15:00")
    await house.later(hours=21)
    await ask(ada, "Uma Singh at Cask")
    await house.go_down()
    house.sandbox.clock.move_to(at(MONDAY, 11))
    async with open_house(house.sandbox, house.database_url):
        # What was missed, and the talk's question.
        assert len(ada.dms) == 1 + said(ada, "How did it go?")
        digest = next(m for m in ada.dms.messages if "for today" in m.text)
        assert "Grace Hill · Acme — you asked" in digest.text
        assert "Uma Singh · Cask — you asked" in digest.text
        assert "Your next talk" not in digest.text and "Soon you talk" not in digest.text
        assert said(ada, "Soon you talk") == said(ada, "Your next talk") == 0


async def test_on_a_public_holiday_and_at_the_weekend_nothing_comes(house: House) -> None:
    """Christmas 2026 is a Friday, and Monday the 28th is free in its place."""
    ada = house.ada
    await house.until(at(date(2026, 12, 21), 10))
    await promise(ada, "Grace Hill", at(date(2026, 12, 18), 14), date(2026, 12, 25))
    for day in (24, 25, 26, 27, 28):
        await house.until(at(date(2026, 12, day), 20))
    assert said(ada, "You promised") == 0
    await house.until(at(date(2026, 12, 29), 9))
    assert said(ada, "You promised Grace Hill") == 1


@pytest.mark.parametrize(
    ("name", "day", "utc_hour"),
    [
        ("Ada", date(2027, 3, 25), 9),
        ("Ada", date(2027, 3, 30), 8),
        ("Ben", date(2027, 3, 12), 14),
        ("Ben", date(2027, 3, 15), 13),
    ],
    ids=["London before", "London after", "New York before", "New York after"],
)
async def test_nine_is_nine_on_both_sides_of_a_clock_change(
    house: House, name: str, day: date, utc_hour: int
) -> None:
    member = house.sandbox.member(name)
    await house.until(datetime(2027, 3, 10, 15, tzinfo=UTC))
    await promise(member, "Grace Hill", datetime(2027, 3, 9, 15, tzinfo=UTC), day)
    nine = datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    # The day before, too: whatever else is left from then comes on its own day.
    await house.until(nine - timedelta(hours=20))
    await house.until(nine - timedelta(minutes=1))
    assert said(member, "You promised") == 0
    await house.until(nine)
    assert said(member, "You promised Grace Hill") == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_bots_on_one_database_send_one_digest(house: House) -> None:
    members = [house.ada, house.ben, house.sandbox.member("Chiara")]
    for member in members:
        for name in ("Grace Hill at Acme", "Tom Reed at Bolt"):
            await ask(member, name)
    async with open_house(house.sandbox, house.database_url) as other:
        # Thursday is Thanksgiving in New York.
        for moment in (at(THURSDAY, 8), at(THURSDAY, 9), at(FRIDAY, 14)):
            house.sandbox.clock.move_to(moment)
            for _ in range(2):
                await house.settle()
                await other.settle()
    for member in members:
        assert said(member, "Two for today") + said(member, "Three for today") == 1
        assert said(member, "Grace Hill") == 1
        assert said(member, "Tom Reed") == 1
    # The first bot is alone again.
    house.sandbox.settle = house.settle


async def test_a_review_that_the_bot_missed_keeps_the_next_one_from_nothing(house: House) -> None:
    """With a weekly digest there is no other one in the three days in which it makes sense."""
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/rapport settings")
    ada.modal.fill({"Digest": "Weekly, on the review day"})
    await ada.modal.submit()
    await house.go_down()
    house.sandbox.clock.move_to(at(date(2026, 11, 28), 11))
    async with open_house(house.sandbox, house.database_url) as back:
        assert said(ada, "Your week") == 0
        await back.until(at(date(2026, 12, 4), 9))
        assert said(ada, "Your week") == 1
