"""Limits on numbers: a workspace's own, a facilitator's to change, and followed by all plans."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from domain.vocabulary import NudgeKind, NudgeStatus, TouchKind
from storage import limits, members, nudges, touches
from storage.engine import create_engine
from storage.errors import OutOfScope
from storage.models import Member, Nudge, NumberLimit, Workspace
from storage.sessions import MemberKey, Sessions
from tests.storage.people import ALMA, BRUNO, CLEO, NOW, a_contact


async def follow_ups(sessions: Sessions, who: MemberKey) -> tuple[int, int]:
    async with sessions.reading(who) as session:
        return (await limits.in_force(session))["follow_ups"]


async def test_what_a_facilitator_sets_holds_for_their_workspace_only(sessions: Sessions) -> None:
    async with sessions.facilitator(ALMA) as session:
        await limits.change(session, {"follow_ups": (0, 2)})
    assert await follow_ups(sessions, BRUNO) == (0, 2)
    assert await follow_ups(sessions, CLEO) == (0, 1)
    async with sessions.facilitator(CLEO) as session:
        await limits.change(session, {"follow_ups": (0, 3), "unprepared_days": (1, 7)})
    assert await follow_ups(sessions, BRUNO) == (0, 2)
    assert await follow_ups(sessions, CLEO) == (0, 3)
    async with sessions.unscoped() as session:
        kept = [(row.name, row.as_limit()) for row in await session.scalars(select(NumberLimit))]
    assert sorted(kept) == [("follow_ups", (0, 2)), ("follow_ups", (0, 3))]


async def test_what_would_hold_anyhow_is_not_kept_and_follows_the_operator(
    sessions: Sessions, database_url: str
) -> None:
    for wanted in ({"follow_ups": (0, 2)}, {"follow_ups": (0, 1)}):
        async with sessions.facilitator(ALMA) as session:
            await limits.change(session, wanted)
    narrower = Sessions(create_engine(database_url), {"follow_ups": (0, 0)})
    assert await follow_ups(narrower, BRUNO) == (0, 0)
    async with narrower.facilitator(ALMA) as session:
        with pytest.raises(ValueError, match="operator"):
            await limits.change(session, {"follow_ups": (0, 1)})
    await narrower.close()


@pytest.mark.parametrize(
    "statement",
    [
        lambda: update(NumberLimit).values(most=3),
        lambda: delete(NumberLimit),
        lambda: update(Workspace).values(team_id="T9"),
        lambda: delete(Workspace),
    ],
)
async def test_a_members_session_changes_nothing_that_is_everybodys(
    sessions: Sessions, statement: Callable[[], Any]
) -> None:
    async with sessions.member(BRUNO) as session:
        with pytest.raises(OutOfScope):
            await session.execute(statement())


async def test_a_row_of_limits_is_added_by_a_facilitator_of_that_workspace_only(
    sessions: Sessions,
) -> None:
    async with sessions.member(CLEO) as session:
        theirs = (await members.current(session)).workspace_id
    for open_session in (sessions.member, sessions.facilitator):
        with pytest.raises(OutOfScope):
            async with open_session(ALMA) as session:
                session.add(NumberLimit(workspace_id=theirs, name="follow_ups", least=0, most=3))


@pytest.mark.parametrize(
    ("name", "least", "most"), [("follow_ups", 0, 4), ("follow_ups", 2, 1), ("colours", 1, 2)]
)
async def test_the_database_itself_holds_to_the_ceiling(
    sessions: Sessions, name: str, least: int, most: int
) -> None:
    with pytest.raises(IntegrityError):
        async with sessions.facilitator(ALMA) as session:
            workspace_id = (await members.current(session)).workspace_id
            limit = NumberLimit(workspace_id=workspace_id, name=name, least=least, most=most)
            session.add(limit)


async def test_members_planned_within_other_limits_are_found_until_they_are_planned_anew(
    sessions: Sessions, database_url: str
) -> None:
    for who in (ALMA, BRUNO, CLEO):
        async with sessions.member(who) as session:
            await nudges.reconcile_all(session, NOW)
    assert await left_behind(sessions) == set()
    async with sessions.facilitator(ALMA) as session:
        await limits.change(session, {"follow_ups": (0, 2)})
    assert await left_behind(sessions) == {ALMA, BRUNO}
    async with sessions.member(BRUNO) as session:
        await nudges.reconcile_all(session, NOW)
    assert await left_behind(sessions) == {ALMA}
    other_settings = Sessions(create_engine(database_url), {"unprepared_days": (1, 2)})
    assert await left_behind(other_settings) == {ALMA, BRUNO, CLEO}
    async with other_settings.unscoped() as session:
        first, second, third = await limits.left_behind(session, 3)
        assert await limits.left_behind(session, 1, after=first) == [second]
        assert await limits.left_behind(session, 9, after=third) == []
    await other_settings.close()


async def test_a_number_outside_narrowed_limits_counts_as_the_nearest_inside(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        (await members.current(session)).follow_ups = 3
        contact = await a_contact(session)
        for kind in (TouchKind.ASKED, TouchKind.FOLLOW_UP):
            await touches.log(session, contact.id, kind, NOW, now=NOW)
        waiting = select(Nudge.kind).where(Nudge.status == NudgeStatus.PENDING)
        assert NudgeKind.RESTS in set(await session.scalars(waiting))


async def left_behind(sessions: Sessions) -> set[MemberKey]:
    async with sessions.unscoped() as session:
        ids = await limits.left_behind(session, 100)
        query = select(Workspace.team_id, Member.slack_user_id).join(
            Workspace, Workspace.id == Member.workspace_id
        )
        return {MemberKey(*who) for who in await session.execute(query.where(Member.id.in_(ids)))}
