"""Delivery: once as far as anyone can see, whatever happens on the way."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot import delivery, doubt
from domain.vocabulary import NudgeKind, NudgeStatus
from sandbox.workspace import TEAM_ID
from storage import members
from storage.engine import create_engine
from storage.models import Nudge
from storage.sessions import MemberKey, Sessions
from tests.outages import database_away
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, plan_talk

TUESDAY_9AM = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FOUR_PM = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
async def planned(house: House) -> House:
    """A house in which Ada's talk with Grace ends at half past three."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    return house


def questions(house: House) -> int:
    """How often Ada was asked."""
    return sum("How did it go?" in text for text in house.ada.dms.texts)


async def test_an_answer_that_was_lost_after_acceptance_posts_nothing_twice(
    planned: House,
) -> None:
    planned.sandbox.faults.next("chat.postMessage", lose_answer=True)
    await planned.until(FOUR_PM)
    assert questions(planned) == 1
    await planned.later(minutes=5)
    await planned.later(hours=1)
    assert questions(planned) == 1
    await planned.ada.dms.last.press("They didn't show")
    assert "Grace Hill didn't show" in planned.ada.dms.last.text


@pytest.mark.parametrize(
    "fault",
    [
        {"error": "internal_error"},
        {"status": 503},
        {"retry_after": 7},
        {"drop": True},
        {"error": "service_unavailable"},
    ],
    ids=lambda fault: next(iter(fault)),
)
async def test_a_failed_post_is_tried_again_and_arrives_once(
    planned: House, fault: dict[str, object]
) -> None:
    planned.sandbox.faults.next("chat.postMessage", **fault, times=2)  # type: ignore[arg-type]  # a table of keyword arguments
    await planned.until(FOUR_PM)
    for _ in range(6):
        await planned.later(minutes=2)
    assert questions(planned) == 1
    planned.sandbox.refusals.clear()


async def test_what_was_answered_in_home_while_it_was_on_its_way_says_so(planned: House) -> None:
    planned.sandbox.faults.next("chat.postMessage", error="service_unavailable")
    await planned.until(FOUR_PM)
    await planned.ada.open_home()
    planned.sandbox.faults.next("chat.postMessage", delay=0.5)
    planned.sandbox.clock.advance(minutes=2)
    await planned.sandbox.until(lambda: questions(planned) == 1)
    await planned.ada.home.press("Skip")
    [question] = planned.ada.dms
    assert question.text == "Left alone: Grace Hill.\nUndo"
    assert "Tell me about it" not in question.buttons


async def test_what_came_due_while_the_bot_was_down_comes_after_the_restart(
    planned: House,
) -> None:
    await planned.go_down()
    planned.sandbox.clock.move_to(FOUR_PM.replace(hour=18))
    assert questions(planned) == 0
    async with open_house(planned.sandbox, planned.database_url):
        assert questions(planned) == 1


async def test_a_question_is_dropped_when_it_is_old_news(planned: House) -> None:
    await planned.go_down()
    planned.sandbox.clock.advance(days=9)
    async with open_house(planned.sandbox, planned.database_url):
        assert questions(planned) == 0


async def test_a_bot_that_died_while_sending_neither_loses_nor_doubles(planned: House) -> None:
    """The post arrives, then the database is away: nothing was recorded, as after a crash."""
    planned.sandbox.faults.next("chat.postMessage", delay=0.2)
    planned.sandbox.clock.move_to(FOUR_PM)
    await planned.sandbox.until(lambda: questions(planned) == 1)
    with database_away(planned.database_url):
        await planned.settle()
    await planned.later(minutes=2)
    await planned.later(minutes=30)
    assert questions(planned) == 1


async def test_a_nudge_that_slack_refuses_for_good_is_failed_and_seen_in_home(
    planned: House,
) -> None:
    planned.sandbox.faults.next("chat.postMessage", error="msg_too_long")
    await planned.until(FOUR_PM)
    planned.sandbox.refusals.clear()
    await planned.ada.open_home()
    assert "1 message could not reach you" in planned.ada.home.text
    assert "You can answer here; if it goes on, tell whoever runs Rapport." in planned.ada.home.text
    assert "How did it go?" in planned.ada.home.text
    await planned.later(hours=2)
    assert questions(planned) == 0


async def test_one_item_that_slack_refuses_fails_alone_and_the_digest_goes_out(
    house: House,
) -> None:
    for typed in ("Grace Hill at Acme", "Tom Reed at Cask", "Uma Singh at Dune"):
        await ask(house.ada, typed)
    # Refused as a whole, and then in its first half, which is one of the three.
    house.sandbox.faults.next("chat.postMessage", error="invalid_blocks", times=2)
    await house.until(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    house.sandbox.refusals.clear()
    [digest] = house.ada.dms
    assert digest.text.startswith("Two for today")
    assert [who for who in ("Grace", "Tom", "Uma") if who in digest.text] == ["Tom", "Uma"]
    await house.ada.open_home()
    assert "1 message could not reach you" in house.ada.home.text
    assert "Grace Hill · Acme — you asked" in house.ada.home.text


async def test_a_digest_that_came_in_two_parts_waits_for_one_answer(house: House) -> None:
    for typed in ("Grace Hill at Acme", "Tom Reed at Cask", "Uma Singh at Dune"):
        await ask(house.ada, typed)
    house.sandbox.faults.next("chat.postMessage", error="invalid_blocks")
    await house.until(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    house.sandbox.refusals.clear()
    assert len(house.ada.dms) == 2
    async with house.memory.reading(MemberKey(TEAM_ID, house.ada.id)) as session:
        assert (await members.current(session)).unanswered_digests == 1


async def test_a_bug_that_stays_is_met_ever_more_seldom_and_at_last_given_up(
    planned: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[datetime] = []

    async def fail(*_: object, **__: object) -> None:
        met.append(planned.now)
        raise RuntimeError("a bug in recording what was found")

    monkeypatch.setattr(doubt, "record", fail)
    planned.sandbox.faults.next("chat.postMessage", lose_answer=True)
    await planned.until(FOUR_PM)
    for _ in range(60):
        await planned.later(minutes=2)
    assert 4 <= len(met) <= 15
    for _ in range(30):
        await planned.later(hours=1)
    last = max(met)
    await planned.later(hours=3)
    assert max(met) == last
    assert questions(planned) == 1


async def test_a_stop_in_the_middle_finishes_what_has_begun_and_gives_the_rest_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [house.sandbox.member(name) for name in ("Ada", "Chiara", "Devi")]
    for member in members:
        await member.command("/interview Grace Hill")
        member.modal.fill({"When?": TUESDAY_9AM})
        await member.modal.submit()
        asked_to_come = len(member.dms)
    await house.go_down()
    monkeypatch.setattr(delivery, "AT_ONCE", 1)
    async with open_house(house.sandbox, house.database_url) as one_by_one:
        house.sandbox.faults.next("chat.postMessage", delay=0.3)
        house.sandbox.clock.move_to(TUESDAY_9AM.replace(hour=10))
        await house.sandbox.until(lambda: any(len(member.dms) for member in members))
        await one_by_one.go_down()
    memory = Sessions(create_engine(house.database_url))
    async with memory.unscoped() as session:
        asked = select(Nudge.status).where(Nudge.kind == NudgeKind.DID_IT_TAKE_PLACE)
        statuses = list(await session.scalars(asked))
    await memory.close()
    assert sorted(statuses) == [NudgeStatus.PENDING, NudgeStatus.PENDING, NudgeStatus.SENT]
    async with open_house(house.sandbox, house.database_url):
        assert [len(member.dms) - asked_to_come for member in members] == [1, 1, 1]
