"""A session of several members at once, for delivery: theirs is seen and changed, nobody else's."""

import pytest
from sqlalchemy import select, update

from domain.vocabulary import NudgeKind, NudgeStatus, TouchKind
from storage import limits, members, nudges, touches
from storage.errors import OutOfScope
from storage.models import Contact, Member, Nudge
from storage.sessions import MemberKey, Sessions
from tests.storage.counted import asked_of
from tests.storage.people import (
    ALMA,
    BRUNO,
    CLEO,
    NOW,
    a_contact,
    a_talk,
    later,
    wants_only,
)
from tests.storage.posts import everything_claimed, message_at, stored

EVERYBODY = (ALMA, BRUNO, CLEO)


@pytest.fixture
async def ids(sessions: Sessions) -> dict[MemberKey, int]:
    """Three members who asked and met somebody of the same name at the same company."""
    found = {}
    for days, who in enumerate(EVERYBODY, start=7):
        async with sessions.member(who) as session:
            asked = await a_contact(session, "Ada Brook", company="Acorn Lark")
            await touches.log(session, asked.id, TouchKind.ASKED, later(days=-days), now=NOW)
            await a_contact(session, "Cora Dale", company="Acorn Lark")
            await a_talk(session, later(days=2), f"Contact {days}")
            found[who] = (await members.current(session)).id
    return found


async def test_they_are_seen_and_nobody_else(sessions: Sessions, ids: dict[MemberKey, int]) -> None:
    both = [ids[ALMA], ids[CLEO]]
    async with sessions.members_by_ids([*reversed(both), ids[ALMA], 999]) as session:
        assert [*members.several(session)] == both
        for owner in (Contact.member_id, Nudge.member_id):
            assert set(await session.scalars(select(owner))) == {*both}
        assert {member.id for member in await session.scalars(select(Member))} == {*both}
        assert {*await limits.left_behind(session, 9)} <= {*both}


async def test_nobody_elses_row_is_changed(sessions: Sessions, ids: dict[MemberKey, int]) -> None:
    async with sessions.reading(BRUNO) as session:
        [contact, *_] = await session.scalars(select(Contact))
    both = [ids[ALMA], ids[CLEO]]
    with pytest.raises(OutOfScope):
        async with sessions.members_by_ids(both) as session:
            (await session.merge(contact, load=False)).name = "Other"
    with pytest.raises(OutOfScope, match="nobody's own"):
        async with sessions.members_by_ids(both) as session:
            session.add(Contact(name="Nobody's", name_key="nobody's"))
            await session.flush()
    with pytest.raises(OutOfScope):
        async with sessions.members_by_ids(both) as session:
            await session.execute(update(Contact).values(name="Other"))
    with pytest.raises(OutOfScope, match="nobody's own"):
        async with sessions.members_by_ids(both) as session:
            await members.current(session)
    async with sessions.members_by_ids(both) as session:
        every = update(Contact).values(name="Theirs")
        await session.execute(every, execution_options={"synchronize_session": False})
    async with sessions.reading(BRUNO) as session:
        assert "Theirs" not in {row.name for row in await session.scalars(select(Contact))}


async def test_each_ones_plan_is_as_in_a_session_of_their_own(
    sessions: Sessions, ids: dict[MemberKey, int]
) -> None:
    """Also where two know people of the same company, or want other things."""
    async with sessions.member(CLEO) as session:
        await wants_only(session, NudgeKind.THANK_YOU)
    alone, contact_ids = {}, set()
    for who, member_id in ids.items():
        async with sessions.reading(who) as session:
            theirs = set(await session.scalars(select(Contact.id)))
            alone[member_id] = await nudges.planned(session, NOW, theirs)
            contact_ids |= theirs
    assert NudgeKind.FOLLOW_UP in {nudge.kind for plan in alone.values() for nudge in plan.values()}
    async with sessions.members_by_ids(ids.values()) as session:
        here = members.several(session).values()
        assert await nudges.planned_for(session, here, NOW, contact_ids) == alone
        assert await nudges.planned_for(session, here, NOW, []) == {
            member_id: {k: n for k, n in plan.items() if n.kind == NudgeKind.WEEKLY_REVIEW}
            for member_id, plan in alone.items()
        }


async def test_as_many_questions_for_three_as_for_one(
    sessions: Sessions, ids: dict[MemberKey, int]
) -> None:
    asked = []
    for these in ([ids[ALMA]], ids.values()):
        async with sessions.members_by_ids(these) as session:
            here = members.several(session).values()
            contact_ids = list(await session.scalars(select(Contact.id)))
            async with asked_of(session) as questions:
                await nudges.reconcile_for(session, here, NOW, contact_ids)
            asked.append(len(questions))
    assert asked[0] == asked[1]


async def test_what_came_is_noted_for_all_and_leads_on_for_each(
    sessions: Sessions, ids: dict[MemberKey, int]
) -> None:
    now = later(days=5)
    claimed = [n for n in await everything_claimed(sessions, now) if n.kind == NudgeKind.FOLLOW_UP]
    assert {nudge.member_id for nudge in claimed} == {*ids.values()}
    claim_of = {nudge.member_id: nudge for nudge in claimed}
    two = [ids[ALMA], ids[BRUNO]]
    async with sessions.members_by_ids(two) as session:
        here = members.several(session)
        for member in here.values():
            member.dm_channel_id = f"D{member.id}"
        await session.flush()
        held = [nudge.id for nudge in claimed]
        own = await nudges.renew(session, held, "me", later(days=6))
        assert own == {claim_of[member_id].id for member_id in two}
        assert await nudges.renew(session, held, "you", later(days=6)) == set()
        brought = {claim_of[member_id].id: message_at(now) for member_id in two}
        assert await nudges.record_sent(session, brought, owner="me") == own
        about = {claim.contact_id for claim in claim_of.values() if claim.contact_id}
        await nudges.reconcile_for(session, [here[ids[ALMA]]], now, about)
    for who, leads_on in ((ALMA, True), (BRUNO, False), (CLEO, False)):
        rows = await stored(sessions, who)
        rests = [row for row in rows if row.kind == NudgeKind.RESTS]
        assert (rests != []) == leads_on
        [follow_up] = [row for row in rows if row.id == claim_of[ids[who]].id]
        assert (follow_up.status == NudgeStatus.SENT) == (who != CLEO)
        if who != CLEO:
            assert (follow_up.sent_at, follow_up.lease_by) == (now, None)


async def test_a_session_of_nobody_sees_nothing(
    sessions: Sessions, ids: dict[MemberKey, int]
) -> None:
    async with sessions.members_by_ids([]) as session:
        assert members.several(session) == {}
        assert list(await session.scalars(select(Contact))) == []
