"""Nudges of an unknown fate: nobody guesses whether a message arrived."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import delivery_failures
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, plan_talk, said

FOUR_PM = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
async def planned(house: House) -> House:
    """A house in which Ada's talk with Grace ends at half past three, a minute before that."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(FOUR_PM.replace(hour=15, minute=29))
    return house


def questions(house: House) -> int:
    """How often Ada was asked."""
    return sum("How did it go?" in text for text in house.ada.dms.texts)


@pytest.mark.parametrize(
    "fault",
    [
        {"error": "service_unavailable"},
        {"error": "token_revoked"},
        {"error": "invalid_cursor"},
        {"error": "channel_not_found"},
        {"status": 500},
        {"retry_after": 0},
        {"drop": True},
    ],
    ids=str,
)
async def test_a_history_that_cannot_be_read_is_no_reason_to_send_again(
    planned: House, fault: dict[str, object]
) -> None:
    planned.sandbox.faults.next("chat.postMessage", lose_answer=True)
    planned.sandbox.faults.next("conversations.history", **fault, times=4)  # type: ignore[arg-type]  # a table of keyword arguments
    await planned.until(FOUR_PM)
    for _ in range(9):
        await planned.later(minutes=20)
    assert planned.sandbox.faults.waiting("conversations.history") == 0
    assert questions(planned) == 1
    await planned.ada.dms.last.press("They didn't show")
    assert "Grace Hill didn't show" in planned.ada.dms.last.text


async def test_a_jump_of_the_clock_lets_no_other_bot_send_what_is_on_its_way(
    planned: House,
) -> None:
    async with open_house(planned.sandbox, planned.database_url) as other:
        planned.sandbox.faults.next("chat.postMessage", late=0.5)
        planned.sandbox.clock.move_to(FOUR_PM)
        await planned.sandbox.until(lambda: not planned.sandbox.faults.waiting("chat.postMessage"))
        # Whose claim it was has lost it now, and the message is not in the DM yet.
        planned.sandbox.clock.advance(seconds=61)
        assert questions(planned) == 0
        for _ in range(5):
            await planned.settle()
            await other.settle()
            planned.sandbox.clock.advance(seconds=61)
        await planned.settle()
        await other.settle()
        assert questions(planned) == 1


async def test_a_dm_that_cannot_be_found_any_more_holds_nothing_up_for_good(
    planned: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody will ever know whether the first question is in it: it is not asked again."""
    monkeypatch.setattr(delivery_failures, "LAST_TRY", 2)
    planned.sandbox.faults.next("chat.postMessage", lose_answer=True)
    planned.sandbox.faults.next("conversations.history", error="channel_not_found", times=20)
    await planned.until(FOUR_PM)
    for _ in range(5):
        await planned.later(minutes=2)
    await planned.ada.open_home()
    assert "1 message could not reach you" in planned.ada.home.text
    await plan_talk(planned.ada, "Grace Hill", "today 17:00")
    await planned.until(FOUR_PM.replace(hour=18))
    assert questions(planned) == 2, "one about each talk"


async def test_a_history_that_may_not_be_read_holds_digests_up_for_a_day_and_no_longer(
    house: House,
) -> None:
    """Who runs the bot has a day to allow it; then the member sees what became of the message."""
    await ask(house.ada, "Tom Reed at Acme")
    house.sandbox.faults.next("chat.postMessage", lose_answer=True)
    house.sandbox.faults.next("conversations.history", error="missing_scope", times=1000)
    thursday, friday = at(date(2026, 11, 26), 9), at(date(2026, 11, 27), 9)
    await house.until(thursday)
    for hours in range(1, 24):
        await house.until(thursday.replace(minute=30) + timedelta(hours=hours - 1))
    await house.ada.open_home()
    assert "could not reach you" not in house.ada.home.text
    await house.until(friday)
    for _ in range(3):
        await house.later(minutes=6)
    await house.ada.open_home()
    assert "1 message could not reach you" in house.ada.home.text
    assert said(house.ada, "Tom Reed") == 1, "whether it came nobody knows: it is not sent again"
    assert len(house.ada.dms) == 2, "the review of the week came all the same"


async def test_days_without_the_bot_take_nothing_of_the_day_to_allow_a_look(house: House) -> None:
    await ask(house.ada, "Tom Reed at Acme")
    house.sandbox.faults.next("chat.postMessage", lose_answer=True)
    thursday = at(date(2026, 11, 26), 9)
    await house.until(thursday)
    await house.go_down()
    house.sandbox.clock.move_to(thursday + timedelta(days=3))
    house.sandbox.faults.next("conversations.history", error="missing_scope", times=2)
    async with open_house(house.sandbox, house.database_url) as again:
        for _ in range(5):
            await again.later(minutes=6)
        assert house.sandbox.faults.waiting("conversations.history") == 0
        await again.ada.open_home()
        assert "could not reach you" not in again.ada.home.text
        assert said(again.ada, "Tom Reed") == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("They didn't show", "Grace Hill didn't show"),
        ("Skip", "Left alone: Grace Hill"),
    ],
)
async def test_what_was_settled_in_home_before_a_message_was_found_stands_in_it(
    planned: House, answer: str, says: str
) -> None:
    planned.sandbox.faults.next("chat.postMessage", lose_answer=True)
    await planned.until(FOUR_PM)
    await planned.ada.open_home()
    await planned.ada.home.press(answer)
    question = planned.ada.dms.messages[0]
    assert "Tell me about it" in question.buttons, "nobody knows of it yet"
    await planned.later(minutes=5)
    assert says in question.text
    assert "Tell me about it" not in question.buttons


async def test_a_message_that_never_arrived_is_sent_again(planned: House) -> None:
    planned.sandbox.faults.next("chat.postMessage", drop=True, times=4)
    await planned.until(FOUR_PM)
    assert questions(planned) == 0
    for _ in range(9):
        await planned.later(minutes=20)
    assert questions(planned) == 1


async def test_a_digest_that_never_arrived_is_sent_again_whole(house: House) -> None:
    for number, name in enumerate(("Grace Hill", "Tom Reed", "Uma Singh", "Wes Bell")):
        await ask(house.ada, f"{name} at Company {number}")
    await house.until(at(date(2026, 11, 26), 8, 59))
    house.sandbox.faults.next("chat.postMessage", drop=True, times=3)
    await house.until(at(date(2026, 11, 26), 9))
    for _ in range(180):
        await house.later(seconds=1)
    [digest] = house.ada.dms.texts
    assert digest.count("no answer yet") == 4
