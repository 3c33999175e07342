"""Delivery's claims: nobody sends what somebody else is sending, and nothing is lost."""

import asyncio
from datetime import datetime

import pytest

from domain.vocabulary import Digest, NudgeKind, NudgeStatus
from storage import glance, manners, members, nudges, trouble
from storage.claims import ON_ITS_WAY
from storage.engine import create_engine
from storage.sessions import MemberKey, Sessions
from tests.storage.people import (
    ALMA,
    BRUNO,
    CLEO,
    NOW,
    a_question,
    a_talk,
    later,
    wants_only,
)
from tests.storage.plans import plans_about_nudges
from tests.storage.posts import LEASE, claimed, everything_claimed, message_at, sent, stored

DUE = later(days=1, hours=1)


async def test_what_is_due_is_claimed_the_earliest_first(sessions: Sessions) -> None:
    for hours, who in ((3, ALMA), (1, BRUNO), (2, CLEO)):
        async with sessions.member(who) as session:
            await a_question(session, later(days=1, hours=hours))
    found = await everything_claimed(sessions, later(days=1, hours=3))
    assert [claim.due_at for claim in found] == [
        later(days=1, hours=2),
        later(days=1, hours=3),
    ]
    assert [(claim.attempts, claim.uncertain) for claim in found] == [(1, False)] * 2
    assert await everything_claimed(sessions, later(days=1, hours=3)) == []


async def test_a_claim_takes_all_that_is_due_for_so_many_members(sessions: Sessions) -> None:
    """What is due goes into one message: no other process may hold a part of it."""
    for who in (ALMA, BRUNO):
        async with sessions.member(who) as session:
            for name in ("Ada Brook", "Ben Hill", "Cleo Marsh"):
                await a_question(session, name=name)
    found = await everything_claimed(sessions, DUE, limit=1)
    assert (len(found), len({claim.member_id for claim in found})) == (3, 1)
    rest = await everything_claimed(sessions, DUE, limit=1)
    assert (len(rest), {c.member_id for c in rest} & {c.member_id for c in found}) == (3, set())


async def test_who_is_asked_at_a_talks_hour_waits_behind_no_digest(sessions: Sessions) -> None:
    """Then it goes by how long somebody has been waiting, and not by who came first."""
    digests = {}
    for who, days in ((ALMA, 3), (BRUNO, 1), (CLEO, 5)):
        async with sessions.member(who) as session:
            await wants_only(session, NudgeKind.BRIEF)
            await a_talk(session, later(days=days + 1))
            digests[who] = (await members.current(session)).id
    async with sessions.member(CLEO) as session:
        await a_question(session, later(days=6), "Ben Hill")
    order = [
        (await everything_claimed(sessions, later(days=8), limit=1))[0].member_id for _ in digests
    ]
    assert order == [digests[who] for who in (CLEO, BRUNO, ALMA)]


async def test_who_waits_for_several_counts_once(sessions: Sessions) -> None:
    for who in (ALMA, BRUNO, CLEO):
        async with sessions.member(who) as session:
            for name in ("Ada Brook", "Ben Hill", "Cleo Marsh"):
                await a_question(session, name=name)
    found = await everything_claimed(sessions, DUE, limit=2)
    assert (len(found), len({claim.member_id for claim in found})) == (6, 2)


async def test_who_wants_no_digest_gets_what_comes_on_its_own(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_talk(session)
        (await members.current(session)).digest = Digest.NONE
    found = await everything_claimed(sessions, later(days=30))
    assert {claim.kind for claim in found} == {NudgeKind.TALK_SOON, NudgeKind.DID_IT_TAKE_PLACE}
    assert all(claim.alone for claim in found)
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) == later(days=30) + LEASE


async def test_who_was_asked_whether_to_go_on_is_left_in_silence(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_talk(session)
        await manners.asked_to_go_on(session, NOW)
    assert await everything_claimed(sessions, later(days=30)) == []
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) is None
    async with sessions.member(ALMA) as session:
        await manners.heard_from(session, NOW)
    assert await everything_claimed(sessions, later(days=30)) != []


async def test_the_question_whether_to_go_on_is_planned_once(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        for _ in range(3):
            manners.digest_sent(await members.current(session), NOW)
        await manners.plan_to_ask(session, NOW)
    for days in (1, 30):
        async with sessions.member(ALMA) as session:
            await manners.plan_to_ask(session, later(days=days))
    [question] = await everything_claimed(sessions, later(days=30))
    assert (question.kind, question.alone) == (NudgeKind.GO_ON, True)
    async with sessions.unscoped() as session:
        await nudges.record_dropped(session, question.id, owner="me", now=later(days=30))
    async with sessions.member(ALMA) as session:
        await manners.plan_to_ask(session, later(days=31))
    [again] = await everything_claimed(sessions, later(days=31))
    assert (again.id, again.makes_sense_until > later(days=31)) == (question.id, True)


async def test_the_claim_says_what_it_is_about(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
        member_id = (await members.current(session)).id
    [claim] = await everything_claimed(sessions, DUE)
    [nudge] = await stored(sessions, ALMA)
    assert (claim.id, claim.member_id) == (nudge.id, member_id)
    assert (claim.kind, claim.key, claim.round_) == (nudge.kind, nudge.key, nudge.round_)
    assert claim.contact_id == nudge.contact_id == talk.contact_id
    assert (claim.alone, claim.created_at) == (True, NOW)
    assert (claim.due_at, claim.makes_sense_until) == (nudge.due_at, nudge.makes_sense_until)
    assert (nudge.status, nudge.lease_by) == (NudgeStatus.SENDING, "me")
    assert nudge.lease_until == DUE + LEASE


async def test_nothing_is_claimed_before_it_is_due(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    assert await everything_claimed(sessions, later(days=1, minutes=59)) == []


async def test_who_is_paused_or_cannot_be_reached_is_left_alone(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
        await members.set_active(session, False)
    async with sessions.member(BRUNO) as session:
        await a_question(session)
        (await members.current(session)).paused_until = later(days=5)
    assert await everything_claimed(sessions, later(days=4)) == []
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) == later(days=5)
    assert len(await everything_claimed(sessions, later(days=5))) == 1


async def test_nothing_is_claimed_in_a_workspace_that_is_closed(sessions: Sessions) -> None:
    for who in (ALMA, BRUNO, CLEO):
        async with sessions.member(who) as session:
            await a_question(session)
    async with sessions.reading(CLEO) as session:
        cleo = await members.current(session)
    async with sessions.reading(ALMA) as session:
        closed = {(await members.current(session)).workspace_id}
    [claim] = await everything_claimed(sessions, DUE, closed=closed)
    assert (claim.member_id, claim.workspace_id) == (cleo.id, cleo.workspace_id)
    assert await everything_claimed(sessions, DUE, closed={*closed, cleo.workspace_id}) == []
    rest = await everything_claimed(sessions, DUE)
    assert [claim.workspace_id for claim in rest] == [*closed, *closed]


async def test_where_no_dm_can_be_opened_only_known_ones_are_written_to(
    sessions: Sessions,
) -> None:
    for who in (ALMA, BRUNO, CLEO):
        async with sessions.member(who) as session:
            await a_question(session)
    async with sessions.member(ALMA) as session:
        await members.set_dm_channel(session, "D1")
        alma = await members.current(session)
    async with sessions.reading(CLEO) as session:
        cleo = await members.current(session)
    found = await everything_claimed(sessions, DUE, no_new_dms={alma.workspace_id})
    assert {claim.member_id for claim in found} == {alma.id, cleo.id}


async def test_what_waits_for_a_workspace_hides_nothing_that_comes_later(
    sessions: Sessions,
) -> None:
    for who, days in ((ALMA, 1), (BRUNO, 2)):
        async with sessions.member(who) as session:
            await a_question(session, later(days=days))
            # Over for long, and no reason to beat.
            (await members.current(session)).paused_until = DUE
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) == DUE
        assert (await nudges.ahead(session, after=DUE)).next == later(days=2, hours=1)
        assert (await nudges.ahead(session, after=later(days=9))).next is None


async def test_what_nobody_tried_counts_as_never_claimed(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    for _ in range(3):
        nudge_id = await claimed(sessions, DUE)
        async with sessions.unscoped() as session:
            assert await nudges.release(session, [nudge_id], owner="me", tried=False) == 1
    await claimed(sessions, DUE)
    [nudge] = await stored(sessions, ALMA)
    assert nudge.attempts == 1
    async with sessions.unscoped() as session:
        until = later(days=2)
        assert await nudges.leave_in_doubt(
            session, [nudge.id], owner="me", until=until, tried=False
        )
    [nudge] = await stored(sessions, ALMA)
    assert (nudge.status, nudge.attempts) == (NudgeStatus.SENDING, 0)


async def test_two_processes_never_share_a_nudge(database_url: str) -> None:
    processes = [Sessions(create_engine(database_url)) for _ in range(2)]
    for number in range(20):
        async with processes[0].member(MemberKey("T1", f"U{number}")) as session:
            await a_question(session, later(hours=number / 10))

    async def claim_all(sessions: Sessions, owner: str) -> list[int]:
        mine: list[int] = []
        while found := await everything_claimed(sessions, owner=owner, limit=3):
            mine += [claim.id for claim in found]
        return mine

    shares = await asyncio.gather(
        *(claim_all(sessions, f"{n}") for n, sessions in enumerate(processes * 2))
    )
    for sessions in processes:
        await sessions.close()
    ids = [nudge_id for share in shares for nudge_id in share]
    assert (len(ids), len(set(ids))) == (20, 20)


# SQLite has one writer at a time: there the other claimer waits instead.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_claimer_passes_over_what_another_holds_just_now(database_url: str) -> None:
    one, other = [Sessions(create_engine(database_url)) for _ in range(2)]
    for who in (ALMA, BRUNO):
        async with one.member(who) as session:
            await a_question(session)
    async with one.unscoped() as session:
        [first] = await nudges.claim(session, DUE, owner="one", lease=LEASE, limit=1)
        [second] = await everything_claimed(other, DUE)
    assert first.id != second.id
    await one.close()
    await other.close()


async def test_a_lease_that_ran_out_is_claimed_as_uncertain(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await claimed(sessions, DUE)

    async def left(now: datetime) -> list[nudges.Claimed]:
        async with sessions.unscoped() as session:
            return await nudges.claim_expired(session, now, owner="you", lease=LEASE, limit=9)

    assert await left(DUE) == []
    # First it is only taken from its holder, whose message may be on its way.
    assert await left(DUE + LEASE) == []
    async with sessions.unscoped() as session:
        assert await nudges.renew(session, [nudge_id], "me", later(days=9)) == set()
        assert await nudges.next_due(session) == DUE + LEASE + ON_ITS_WAY
    [claim] = await left(DUE + LEASE + ON_ITS_WAY)
    assert (claim.id, claim.uncertain, claim.attempts) == (nudge_id, True, 2)
    assert await left(DUE + LEASE + ON_ITS_WAY) == []
    async with sessions.unscoped() as session:
        message = message_at(DUE)
        assert await nudges.record_sent(session, {nudge_id: message}, owner="me") == set()
        assert await nudges.renew(session, [nudge_id], "me", later(days=9)) == set()
        assert await nudges.renew(session, [nudge_id], "you", later(days=9)) == {nudge_id}
    assert await left(later(days=8)) == []
    async with sessions.unscoped() as session:
        nobodys = later(days=8)
        assert await nudges.leave_in_doubt(session, [nudge_id], owner="me", until=nobodys) == 0
        assert await nudges.leave_in_doubt(session, [nudge_id], owner="you", until=nobodys) == 1
    [claim] = await left(later(days=8))
    assert (claim.id, claim.uncertain) == (nudge_id, True)


async def test_what_is_in_doubt_is_looked_for_in_the_dm_it_was_to_go_into(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await claimed(sessions, DUE)
    async with sessions.member(ALMA) as session:
        await members.set_dm_channel(session, "D1")
        assert await nudges.renew(session, [nudge_id], "me", DUE) == {nudge_id}
        assert await nudges.leave_in_doubt(session, [nudge_id], owner="me", until=DUE) == 1
        await members.set_dm_channel(session, None)
    async with sessions.unscoped() as session:
        [claim] = await nudges.claim_expired(session, DUE, owner="me", lease=LEASE, limit=9)
        assert claim.channel_id == "D1"
        # It was not there, and goes wherever the member's DM is by then.
        assert await nudges.release(session, [nudge_id], owner="me") == 1
    [claim] = await everything_claimed(sessions, DUE)
    assert claim.channel_id is None


async def test_what_was_surely_not_sent_is_given_back(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await claimed(sessions, DUE)
    async with sessions.unscoped() as session:
        assert await nudges.release(session, [nudge_id], owner="you") == 0
        assert await nudges.release(session, [nudge_id], owner="me") == 1
    nudge_id = await claimed(sessions, DUE)
    async with sessions.unscoped() as session:
        await nudges.release(session, [nudge_id], owner="me", due_at=later(days=2))
        assert await nudges.next_due(session) == later(days=2)
    assert await everything_claimed(sessions, DUE) == []


async def test_what_was_only_put_off_has_all_its_tries_left(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    for _ in range(9):
        [claim] = await everything_claimed(sessions, DUE)
        async with sessions.unscoped() as session:
            await nudges.release(session, [claim.id], owner="me", due_at=DUE, anew=True)
    assert claim.attempts == 2


async def test_a_nudge_that_was_sent_is_not_sent_again(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    await sent(sessions, DUE)
    [nudge] = await stored(sessions, ALMA)
    assert (nudge.status, nudge.sent_at) == (NudgeStatus.SENT, DUE)
    message = message_at(DUE)
    assert (nudge.channel_id, nudge.message_ts) == (message.channel_id, message.ts)
    assert (nudge.lease_by, nudge.lease_until) == (None, None)
    assert await everything_claimed(sessions) == []


async def test_what_makes_no_sense_or_cannot_be_sent_is_settled(sessions: Sessions) -> None:
    for name in ("Ada Brook", "Ben Hill"):
        async with sessions.member(ALMA) as session:
            await a_question(session, name=name)
    dropped, failed = [claim.id for claim in await everything_claimed(sessions, DUE)]
    async with sessions.unscoped() as session:
        assert await nudges.record_dropped(session, dropped, owner="me", now=DUE)
        failure = "account_inactive" + "x" * 1000
        assert await nudges.record_failed(session, failed, owner="me", failure=failure, now=DUE)
        assert (await trouble.failed(session)).count == 1
        assert await nudges.next_due(session) is None
    async with sessions.reading(BRUNO) as session:
        assert (await glance.numbers(session, DUE)).failed == 0
    one, other = await stored(sessions, ALMA)
    assert (one.status, other.status) == (NudgeStatus.DROPPED, NudgeStatus.FAILED)
    assert other.failure is not None and other.failure.startswith("account_inactive")
    assert await everything_claimed(sessions) == []


async def test_the_next_moment_is_the_earliest_due_or_the_end_of_a_lease(
    sessions: Sessions,
) -> None:
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) is None
    for who, days in ((ALMA, 1), (BRUNO, 2)):
        async with sessions.member(who) as session:
            await a_question(session, later(days=days))
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) == DUE
    await claimed(sessions, DUE)
    async with sessions.unscoped() as session:
        assert await nudges.next_due(session) == DUE + LEASE


@pytest.mark.parametrize("closed", [(), (7,)], ids=["open", "closed"])
async def test_delivery_reads_from_its_own_indexes(database_url: str, closed: list[int]) -> None:
    """The cost of a beat does not grow with what was settled long ago, nor with what waits."""

    async def beat(sessions: Sessions) -> None:
        async with sessions.member(CLEO):
            pass  # a workspace that is open
        await everything_claimed(sessions, NOW, closed=closed, no_new_dms=closed)
        async with sessions.unscoped() as session:
            await nudges.claim_expired(session, NOW, owner="me", lease=LEASE, limit=10)
            await nudges.ahead(session, after=NOW if closed else None)

    alone, digests, doubt, claim_expired, ahead = await plans_about_nudges(database_url, beat)
    # Whom a claim is for is read in the order of what is pending, settled nudges are passed over.
    assert "ix_nudges_alone" in alone and "ix_nudges_pending" in digests
    # At nine much is due at one moment: it is not sorted, so that the first ones are enough.
    assert not any(word in alone + digests for word in ("Sort", "TEMP B-TREE")), digests
    assert "ix_nudges_pending" in ahead and "ix_nudges_sending" in ahead
    # Of all members only those with a pause are looked at, and only what is due before its end.
    assert "ix_members_paused" in ahead and "ix_nudges_waiting" in ahead, ahead
    # Where something waits, the index is read from the moment on that was asked about.
    assert not closed or "due_at>" in ahead.replace(" ", "")
    assert "ix_nudges_sending" in doubt and "ix_nudges_sending" in claim_expired
