"""A member names one dream talk, and one only."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from storage import contacts, dreams, glance
from storage.errors import Gone
from storage.models import Contact
from storage.sessions import Sessions
from tests.storage.people import ALMA, BRUNO, NOW, a_contact, later


async def test_naming_another_moves_it(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        first, second = await a_contact(session, "First"), await a_contact(session, "Second")
        assert await dreams.name(session, first.id, NOW) == (first, None)
        assert await dreams.name(session, second.id, later(hours=1)) == (second, first)
        assert await dreams.name(session, second.id, later(hours=2)) == (second, None)
        assert second.updated_at == later(hours=1)
    async with sessions.reading(ALMA) as session:
        named = await glance.people(session, [])
        assert named is not None and named.name == "Second"
        assert not (await contacts.get(session, first.id)).is_dream


async def test_each_member_has_their_own(sessions: Sessions) -> None:
    for who in (ALMA, BRUNO):
        async with sessions.member(who) as session:
            theirs = await a_contact(session)
            assert (await dreams.name(session, theirs.id, NOW))[1] is None
    async with sessions.member(ALMA) as session:
        with pytest.raises(Gone):
            await dreams.name(session, theirs.id, NOW)
        with pytest.raises(Gone):
            await dreams.take_back(session, theirs.id)


async def test_the_database_takes_no_second_one(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_contact(session, "First")
        await a_contact(session, "Second")
    with pytest.raises(IntegrityError):
        async with sessions.member(ALMA) as session:
            await session.execute(update(Contact).values(is_dream=True))


async def test_who_is_archived_is_nobodys_dream_until_they_are_back(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await dreams.name(session, contact.id, NOW)
        await contacts.archive(session, contact.id, NOW)
        assert await glance.people(session, []) is None
        await contacts.bring_back(session, contact.id, NOW)
        assert await glance.people(session, []) is contact
        await dreams.take_back(session, contact.id)
        assert await glance.people(session, []) is None
