"""Delivery has a nudge in hand while something changes: whom it is about, or what is wanted."""

from dataclasses import replace

import pytest

from bot.digest import record, sort_out
from domain.vocabulary import Digest, NudgeKind, Stage, TouchKind
from storage import contacts, merging, nudges, touches, wishes
from storage.nudges import SentMessage
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, later, wants_only
from tests.storage.posts import everything_claimed, stored

# A Thursday, at the hour of the digest.
DUE = later(days=15, hours=-1)


@pytest.fixture
async def pair(sessions: Sessions) -> tuple[int, int]:
    """One who is new, and one who was asked."""
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.FOLLOW_UP)
        kept, other = await a_contact(session, "Kept"), await a_contact(session, "Other")
        await touches.log(session, other.id, TouchKind.ASKED, NOW, now=NOW)
    return kept.id, other.id


async def test_what_is_claimed_is_sent_about_who_stays(
    sessions: Sessions, pair: tuple[int, int]
) -> None:
    [claim] = await everything_claimed(sessions, DUE)
    async with sessions.member(ALMA) as session:
        await merging.merge(session, *pair, DUE)
    async with sessions.member_by_id(claim.member_id) as session:
        sorted_out = await sort_out(session, [claim], DUE)
    assert sorted_out.drop == []
    [sent] = sorted_out.send
    assert (sent.id, sent.contact_id) == (claim.id, pair[0])


async def test_what_was_said_on_the_way_is_noted_with_who_stays(
    sessions: Sessions, pair: tuple[int, int]
) -> None:
    """That a thread rests is so once it is said, whoever it was about by then."""
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.RESTS)
        await nudges.reconcile_all(session, NOW)
    rests = [n for n in await stored(sessions, ALMA) if n.kind == NudgeKind.RESTS]
    moment = rests[0].due_at
    [claim] = await everything_claimed(sessions, moment)
    async with sessions.member(ALMA) as session:
        await merging.merge(session, *pair, moment)
    message = SentMessage("D1", str(moment.timestamp()))
    async with sessions.member_by_id(claim.member_id) as session:
        assert len(await record(session, [claim], message, owner="me", now=moment)) == 1
    async with sessions.reading(ALMA) as session:
        told = await touches.of_contact(session, pair[0])
        assert [touch.kind for touch in told] == [TouchKind.RESTED, TouchKind.ASKED]
        assert (await contacts.get(session, pair[0])).stage == Stage.NO_REPLY


async def test_whoever_wants_no_digest_by_now_is_sent_none(
    sessions: Sessions, pair: tuple[int, int]
) -> None:
    [claim] = await everything_claimed(sessions, DUE)
    async with sessions.member(ALMA) as session:
        wanted = replace(await wishes.current(session), digest=Digest.NONE)
        await wishes.change(session, wanted, DUE)
    async with sessions.member_by_id(claim.member_id) as session:
        sorted_out = await sort_out(session, [claim], DUE)
    assert (sorted_out.send, sorted_out.drop) == ([], [])
    assert [claims for claims in sorted_out.later.values()] == [[claim]]


async def test_what_only_waits_for_the_next_digest_is_no_more_that_found_no_room(
    sessions: Sessions, pair: tuple[int, int]
) -> None:
    """It became due in hindsight; today's digest had room for it."""
    [claim] = await everything_claimed(sessions, DUE)
    news = replace(claim, id=claim.id + 1, created_at=claim.due_at)
    async with sessions.member_by_id(claim.member_id) as session:
        sorted_out = await sort_out(session, [claim, news], DUE)
    assert (sorted_out.send, sorted_out.more) == ([claim], 0)
    assert list(sorted_out.later.values()) == [[news]]
