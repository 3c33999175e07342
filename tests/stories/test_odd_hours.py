"""What was held back comes with a digest at the digest's hour, whatever ended the silence."""

from datetime import date, datetime, timedelta

import pytest

from tests.stories.conftest import House
from tests.stories.steps import ask, at, said

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
MONDAY = date(2026, 11, 30)
GRACE = "Grace Hill · Acme — you asked"
WEEKLY = "Weekly, on the review day"


async def settings(house: House, **values: str) -> None:
    """Change the digest, its hour, or both."""
    labels = {"digest": "Digest", "hour": "At what time?"}
    await house.ada.command("/rapport settings")
    house.ada.modal.fill({labels[name]: value for name, value in values.items()})
    await house.ada.modal.submit()


async def comes_at(house: House, words: str, moment: datetime) -> None:
    """Say that a matter comes at that moment, and not before."""
    await house.later(minutes=1)
    assert said(house.ada, words) == 0
    await house.until(moment.replace(hour=moment.hour - 1, minute=59))
    assert said(house.ada, words) == 0
    await house.until(moment)
    assert said(house.ada, words) == 1


async def eleven_due_on_thursday(house: House) -> None:
    """Have eleven requests be due on Thursday: ten find room in its digest, the last one waits."""
    for number in range(11):
        await ask(house.ada, f"Person {'ABCDEFGHIJK'[number]} at Company {number}")
    await house.until(at(THURSDAY, 9))
    assert said(house.ada, "Person K") == 0
    assert said(house.ada, "Ten for today") == 1


@pytest.mark.parametrize("by", ["Slack", "an act"])
async def test_who_comes_back_is_written_to_at_their_hour(house: House, by: str) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await house.sandbox.deactivate("Ada Brook")
    await house.until(at(THURSDAY, 14))
    if by == "Slack":
        await house.sandbox.reactivate(house.ada.id)
        await house.settle()
    else:
        house.sandbox.workspace.users[house.ada.id].deleted = False
        await house.ada.command("/followups")
    await comes_at(house, GRACE, at(FRIDAY, 9))


@pytest.mark.parametrize("before", ["None: I look at the Home tab", WEEKLY])
async def test_who_wants_a_daily_digest_again_gets_the_first_at_its_hour(
    house: House, before: str
) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await house.until(at(TUESDAY, 14))
    await settings(house, digest=before)
    await house.until(at(THURSDAY, 14))
    await settings(house, digest="Daily")
    await comes_at(house, GRACE, at(FRIDAY, 9))


async def test_what_a_weekly_digest_had_no_room_for_does_not_wait_a_week_for_a_daily_one(
    house: House,
) -> None:
    await eleven_due_on_thursday(house)
    await settings(house, digest=WEEKLY)
    await house.until(at(FRIDAY, 8))
    await settings(house, digest="Daily")
    await comes_at(house, "Person K", at(FRIDAY, 9))


async def test_going_on_after_a_pause_begins_at_the_next_hour(house: House) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await house.ada.command("/followups pause until 2026-12-18")
    await house.until(at(THURSDAY, 14))
    await house.ada.command("/followups resume")
    await comes_at(house, GRACE, at(FRIDAY, 9))


async def test_what_had_no_room_before_a_pause_comes_when_it_is_ended(house: House) -> None:
    await eleven_due_on_thursday(house)
    await house.ada.command("/followups pause until 2026-12-18")
    await house.until(at(THURSDAY, 14))
    await house.ada.command("/followups resume")
    await comes_at(house, "Person K", at(FRIDAY, 9))


async def test_a_pause_that_ends_by_itself_ends_with_a_digest(house: House) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await house.ada.command("/followups pause until friday")
    await house.until(at(FRIDAY, 0))
    await comes_at(house, GRACE, at(FRIDAY, 9))


@pytest.mark.parametrize(
    ("zone", "nine"),
    [("Asia/Tokyo", at(FRIDAY, 0)), ("America/Chicago", at(FRIDAY, 15))],
)
async def test_what_was_put_off_comes_at_the_hour_of_the_new_zone(
    house: House, zone: str, nine: datetime
) -> None:
    await eleven_due_on_thursday(house)
    await house.until(at(THURSDAY, 20))
    await house.sandbox.change_zone("Ada Brook", zone)
    await house.settle()
    await house.until(at(THURSDAY, 23))
    assert said(house.ada, "Person K") == 0
    await house.until(nine)
    assert said(house.ada, "Person K") == 1
    assert house.now == nine


async def test_what_was_held_back_when_the_member_travels_waits_for_the_new_hour(
    house: House,
) -> None:
    await ask(house.ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 8))
    await house.sandbox.change_zone("Ada Brook", "Asia/Tokyo")
    await house.settle()
    await house.until(at(THURSDAY, 23))
    assert said(house.ada, GRACE) == 0
    await house.until(at(FRIDAY, 0))
    assert said(house.ada, GRACE) == 1


async def test_no_digest_before_a_newly_chosen_hour_also_of_what_was_put_off_before(
    house: House,
) -> None:
    await eleven_due_on_thursday(house)
    await settings(house, hour="11:00")
    await comes_at(house, "Person K", at(FRIDAY, 11))


async def test_no_second_digest_while_the_fate_of_one_is_in_doubt(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    house.sandbox.faults.next("chat.postMessage", lose_answer=True)
    house.sandbox.faults.next("conversations.history", status=500, times=1000)
    await house.until(at(THURSDAY, 9))
    assert len(ada.dms) == 1
    # A digest's hour still to come today, and something for it.
    await ada.command("/interview Uma Singh 2026-11-25 15:00")
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill(
        {"I promised": "My notes", "By when?": THURSDAY, "Thank-you": ["I have thanked them"]}
    )
    await ada.modal.submit()
    await settings(house, hour="11:00")
    for _ in range(6):
        await house.later(minutes=30)
    assert (len(ada.dms), said(ada, "You promised Uma Singh")) == (1, 0)
    house.sandbox.faults.clear()
    for _ in range(4):
        await house.later(hours=1)
    assert (len(ada.dms), said(ada, GRACE)) == (1, 1)
    await comes_at(house, "You promised Uma Singh", at(FRIDAY, 11))


@pytest.mark.parametrize(
    ("zone", "asked", "due"),
    [
        # Summer time ends between the request and the third business day after it: by an hour in
        # London, by half an hour on Lord Howe Island, which is half an hour off anyway.
        ("Europe/London", at(date(2027, 10, 28), 8), at(date(2027, 11, 2), 9)),
        ("Australia/Lord_Howe", at(date(2027, 3, 31), 23), at(date(2027, 4, 5), 22, 30)),
        # And it begins, in a zone three quarters of an hour off.
        ("Pacific/Chatham", at(date(2027, 9, 22), 21), at(date(2027, 9, 27), 19, 15)),
    ],
)
async def test_nine_is_nine_by_the_members_clock_after_the_clocks_changed(
    house: House, zone: str, asked: datetime, due: datetime
) -> None:
    await house.sandbox.change_zone("Ada Brook", zone)
    await house.until(asked)
    await ask(house.ada, "Grace Hill at Acme")
    await house.until(due - timedelta(minutes=1))
    assert said(house.ada, GRACE) == 0
    await house.until(due)
    assert said(house.ada, GRACE) == 1
