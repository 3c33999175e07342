"""Members: known from the first time they are seen, each in their own zone."""

import asyncio

import pytest
from sqlalchemy import func, select

from storage import members
from storage.engine import create_engine
from storage.errors import Gone, OutOfScope
from storage.models import Member, Workspace
from storage.sessions import Sessions
from tests.storage.people import ALMA, BRUNO, CLEO, NOW, later


async def test_a_new_member_has_the_practices_hours(sessions: Sessions) -> None:
    async with sessions.reading(ALMA) as session:
        member = await members.current(session)
    assert member.slack_user_id == "U1"
    assert (member.zone, member.active, member.created_at.tzinfo is not None) == (None, True, True)
    rhythm = member.rhythm()
    assert (rhythm.zone, rhythm.digest_hour) == ("UTC", 9)
    assert (rhythm.quiet_from, rhythm.quiet_until) == (20, 8)
    assert rhythm.working_days == {1, 2, 3, 4, 5}


async def test_the_same_user_id_in_two_workspaces_is_two_members(sessions: Sessions) -> None:
    seen = set()
    for who in (ALMA, BRUNO, CLEO, ALMA):
        async with sessions.member(who) as session:
            seen.add((await members.current(session)).id)
    assert len(seen) == 3


async def test_a_member_seen_by_many_requests_at_once_is_one(database_url: str) -> None:
    processes = [Sessions(create_engine(database_url)) for _ in range(2)]

    async def see(sessions: Sessions) -> int:
        async with sessions.member(ALMA) as session:
            return (await members.current(session)).id

    seen = await asyncio.gather(*(see(sessions) for sessions in processes * 4))
    async with processes[0].unscoped() as session:
        counts = [
            (await session.scalars(select(func.count(table.id)))).one()
            for table in (Member, Workspace)
        ]
    for sessions in processes:
        await sessions.close()
    assert (len(set(seen)), counts) == (1, [1, 1])


async def test_asking_whether_a_member_is_known_does_not_add_them(sessions: Sessions) -> None:
    assert not await sessions.knows(ALMA)
    assert not await sessions.knows(ALMA)
    async with sessions.member(ALMA):
        pass
    assert await sessions.knows(ALMA)
    assert not await sessions.knows(CLEO)


async def test_a_zone_is_kept_by_its_name(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await members.set_zone(session, "Asia/Kathmandu")
    async with sessions.reading(ALMA) as session:
        assert (await members.current(session)).rhythm().zone == "Asia/Kathmandu"


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Europe", "x" * 300])
async def test_a_zone_that_is_none_is_refused(sessions: Sessions, zone: str) -> None:
    async with sessions.member(ALMA) as session:
        with pytest.raises(ValueError, match="time zone"):
            await members.set_zone(session, zone)


async def test_a_member_is_welcomed_once(sessions: Sessions) -> None:
    welcomed = []
    for moment in (NOW, later(days=1)):
        async with sessions.member(ALMA) as session:
            welcomed.append(await members.mark_welcomed(session, moment))
    assert welcomed == [True, False]


async def test_the_dm_channel_and_whether_a_member_can_be_reached_are_kept(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        await members.set_dm_channel(session, "D1")
        await members.set_active(session, False)
        member_id = (await members.current(session)).id
    async with sessions.member_by_id(member_id) as session:
        member = await members.current(session)
    assert (member.dm_channel_id, member.active) == ("D1", False)


async def test_a_member_who_is_not_there_is_gone(sessions: Sessions) -> None:
    with pytest.raises(Gone):
        async with sessions.member_by_id(999):
            pass


async def test_a_member_deleted_meanwhile_begins_anew(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await members.set_dm_channel(session, "D1")
    async with sessions.unscoped() as session:
        await session.delete((await session.scalars(select(Member))).one())
    with pytest.raises(Gone):
        async with sessions.member(ALMA):
            pass
    async with sessions.member(ALMA) as session:
        assert (await members.current(session)).dm_channel_id is None


async def test_an_unscoped_session_has_no_current_member(sessions: Sessions) -> None:
    async with sessions.unscoped() as session:
        with pytest.raises(OutOfScope):
            await members.current(session)
