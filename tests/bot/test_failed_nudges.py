"""Nudges that could not be sent: the doctor counts them, and the operator has them tried again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.doctor import as_json, examine, failed, lines
from bot.doctor_checks import Check
from bot.nudge_commands import retry
from bot.settings import HTTP, SOCKET, read
from domain.vocabulary import NudgeKind, NudgeStatus
from sandbox.clock import VirtualClock
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from storage import trouble
from storage.models import Nudge
from storage.sessions import Sessions
from tests.storage.plans import plans_about_nudges
from tests.stories.conftest import PRIVATE_WORDS, House, house, log
from tests.stories.steps import add_contact, plan_talk, said

__all__ = ["house", "log"]

FOUR_PM = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
QUESTION = "How did it go?"


@pytest.fixture
async def refused(house: House) -> AsyncIterator[House]:
    """A house in which Slack has refused to take the question about Ada's talk with Grace."""
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(FOUR_PM.replace(hour=15))
    house.sandbox.faults.next("chat.postMessage", error="msg_too_long")
    await house.until(FOUR_PM)
    house.sandbox.refusals.clear()
    assert said(house.ada, QUESTION) == 0
    yield house


async def look(house: House) -> Check:
    """What the doctor says about nudges at the house's moment; never a name."""
    environ = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "TRANSPORT": SOCKET if house.sandbox.manifest.socket_mode else HTTP,
        "SLACK_API_URL": house.sandbox.api_url,
        "DATABASE_URL": house.database_url,
    }
    checks = await examine(read(environ, None), VirtualClock(house.now, running=False))
    assert not failed(checks), "a bot with nudges that failed works all the same"
    shown = "\n".join(map(str, lines(checks))) + as_json(checks)
    assert not [word for word in (*PRIVATE_WORDS, house.ada.id) if word in shown]
    return next(check for check in checks if check.name == "nudges")


async def test_where_all_was_sent_nothing_is_to_be_told(house: House) -> None:
    assert await look(house) == Check("nudges", "ok", "none failed, none late")


async def test_what_failed_is_told_with_what_to_do_about_it(refused: House) -> None:
    check = await look(refused)
    assert check.status == "warn"
    assert check.found == "1 failed since 2026-11-23 16:00 UTC, 1 of them worth another try"
    assert "rapport nudges retry-failed" in check.remedy


async def test_what_is_too_late_by_now_asks_nothing_of_the_operator(refused: House) -> None:
    await refused.later(days=60)
    check = await look(refused)
    assert (check.status, check.remedy) == ("ok", "")
    assert "1 failed since 2026-11-23 16:00 UTC, 0 of them worth another try" in check.found


async def test_what_should_have_gone_out_long_ago_is_told(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(FOUR_PM.replace(hour=15))
    await house.go_down()
    house.sandbox.clock.move_to(FOUR_PM + timedelta(minutes=4))
    assert (await look(house)).status == "ok"
    house.sandbox.clock.move_to(FOUR_PM + timedelta(minutes=6))
    check = await look(house)
    assert check.status == "warn"
    assert check.found == "1 due since 2026-11-23 16:00 UTC not sent yet"
    assert "rapport run" in check.remedy


async def test_what_failed_is_sent_once_the_operator_says_so(refused: House) -> None:
    assert await retry(refused.database_url, refused.now) == 1
    await refused.later(seconds=30)
    assert said(refused.ada, QUESTION) == 1
    await refused.later(hours=1)
    assert said(refused.ada, QUESTION) == 1
    assert (await look(refused)).found == "none failed, none late"
    await refused.ada.open_home()
    assert "could not reach you" not in refused.ada.home.text
    assert await retry(refused.database_url, refused.now) == 0


@pytest.mark.parametrize("fault", [{"lose_answer": True}, {"drop": True}], ids=str)
async def test_what_failed_in_doubt_is_looked_for_before_it_is_sent_after_all(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: dict[str, bool]
) -> None:
    """Whether the question had arrived or not: it was asked once at the end."""
    monkeypatch.setattr("bot.delivery_failures.LAST_TRY", 1)
    await add_contact(house.ada, "Grace Hill")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    house.sandbox.faults.next("chat.postMessage", **fault)  # type: ignore[arg-type]  # a table of keyword arguments
    house.sandbox.faults.next("conversations.history", error="invalid_cursor", times=9)
    await house.until(FOUR_PM)
    for _ in range(4):
        await house.later(minutes=1)
    house.sandbox.faults.clear()
    house.sandbox.refusals.clear()
    assert "1 failed" in (await look(house)).found
    assert await retry(house.database_url, house.now) == 1
    for _ in range(3):
        await house.later(minutes=1)
    assert said(house.ada, QUESTION) == 1
    assert (await look(house)).found == "none failed, none late"


async def test_what_the_member_has_settled_in_home_is_not_sent_after_all(refused: House) -> None:
    await refused.ada.open_home()
    await refused.ada.home.press("They didn't show")
    assert QUESTION not in refused.ada.home.text
    assert "could not reach you" not in refused.ada.home.text
    assert await retry(refused.database_url, refused.now) == 0
    await refused.later(minutes=1)
    assert said(refused.ada, QUESTION) == 0


async def test_what_makes_no_sense_any_more_stays_as_it_is(refused: House) -> None:
    await refused.later(days=60)
    assert await retry(refused.database_url, refused.now) == 0
    async with refused.memory.reading_all() as session:
        assert (await trouble.failed(session)).count == 1, "nothing is deleted"


async def test_many_are_tried_again_in_batches(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        await add_contact(house.ada, "Grace Hill")
        await plan_talk(house.ada, "Grace Hill", f"today {10 + number}:00")
    async with house.memory.unscoped() as session:
        wanted = select(Nudge).where(Nudge.kind == NudgeKind.DID_IT_TAKE_PLACE)
        for nudge in await session.scalars(wanted):
            nudge.status, nudge.failure = NudgeStatus.FAILED, "msg_too_long"
    await house.go_down()
    monkeypatch.setattr("bot.nudge_commands.BATCH", 2)
    assert await retry(house.database_url, house.now) == 5


async def test_what_the_operator_asks_grows_with_what_is_open_alone(database_url: str) -> None:
    async def asks(sessions: Sessions) -> None:
        async with sessions.unscoped() as session:
            await trouble.failed(session)
            await trouble.worth_another_try(session, FOUR_PM)
            await trouble.retry_failed(session, FOUR_PM)
            await trouble.overdue(session, FOUR_PM)

    given_up, worth, again, overdue = await plans_about_nudges(database_url, asks)
    # Of empty tables PostgreSQL may as well read the index of what waits for an answer.
    either = ("ix_nudges_failed", "ix_nudges_told")[: 1 if "sqlite" in database_url else 2]
    assert "ix_nudges_failed" in given_up
    for plan in (worth, again):
        assert any(index in plan for index in either), plan
    assert "ix_nudges_pending" in overdue
