"""Three digests without any answer: the bot asks once whether to go on, and then is silent."""

from datetime import date

import pytest

from tests.stories.conftest import House
from tests.stories.steps import ask, at, said

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)
NEXT_THURSDAY, NEXT_FRIDAY = date(2026, 12, 3), date(2026, 12, 4)
SHALL_I = "I have written several times without a word from you. Shall I go on?"


async def three_digests_unanswered(house: House) -> None:
    """Have three mornings with a digest go by without a word from Ada."""
    for name in ("Grace Hill at Acme", "Tom Reed at Bolt", "Uma Singh at Cask"):
        await ask(house.ada, name)
        await house.later(hours=21)
    assert len(house.ada.dms) == 0
    for day in (THURSDAY, FRIDAY, MONDAY):
        await house.until(at(day, 9))
    assert len(house.ada.dms) == 3


@pytest.mark.parametrize(
    ("answer", "next_day"), [("Daily", NEXT_THURSDAY), ("Weekly", NEXT_FRIDAY), ("Stop", None)]
)
async def test_the_bot_asks_once_and_hears(
    house: House, answer: str, next_day: date | None
) -> None:
    ada = house.ada
    await three_digests_unanswered(house)
    await house.until(at(WEDNESDAY, 9))
    question = ada.dms.last
    assert question.text.startswith(SHALL_I)
    assert question.buttons == ["Daily", "Weekly", "Stop"]
    assert said(ada, "no answer so far") == 0
    await question.press(answer)
    assert question.text == "Noted."
    assert len(ada.dms) == 4
    if next_day is None:
        for _ in range(8):
            await house.later(days=1)
        assert len(ada.dms) == 4
        return
    await house.until(at(next_day, 8, 59))
    assert len(ada.dms) == 4
    await house.until(at(next_day, 9))
    assert len(ada.dms) == 5
    assert "Grace Hill · Acme — you wrote on Nov 23, 2026; no answer so far." in ada.dms.last.text


async def test_without_an_answer_there_is_silence_and_any_act_ends_it(house: House) -> None:
    ada = house.ada
    await three_digests_unanswered(house)
    await house.until(at(WEDNESDAY, 9))
    for _ in range(10):
        await house.later(days=1)
    assert (len(ada.dms), said(ada, SHALL_I)) == (4, 1)
    await ask(ada, "Vera Lind at Dome")
    await house.until(at(date(2026, 12, 14), 9))
    assert len(ada.dms) == 5
    assert "Grace Hill" in ada.dms.last.text


async def test_whatever_the_member_does_in_between_counts_as_an_answer(house: House) -> None:
    ada = house.ada
    await three_digests_unanswered(house)
    await ada.dms.last.press("Skip")
    await house.until(at(WEDNESDAY, 9))
    assert said(ada, SHALL_I) == 0
    assert "Grace Hill · Acme — you wrote on Nov 23, 2026; no answer so far." in ada.dms.last.text


async def test_who_did_anything_since_is_not_asked_in_home_any_more(house: House) -> None:
    ada = house.ada
    await three_digests_unanswered(house)
    await house.until(at(WEDNESDAY, 9))
    await ask(ada, "Vera Kole at Delta")
    await ada.open_home()
    assert "Shall I go on?" not in ada.home.text
