"""Invented members and contacts, and moments, for the tests of the memory."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind
from storage import contacts, interviews, members
from storage.contacts import ContactFields
from storage.interviews import InterviewFields
from storage.models import Contact, Interview
from storage.sessions import MemberKey

ALMA = MemberKey("T1", "U1")
BRUNO = MemberKey("T1", "U2")
# The same user id in another workspace is another person.
CLEO = MemberKey("T2", "U1")

# A Wednesday.
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)


def later(**delta: float) -> datetime:
    """Give the moment that comes so much after NOW; negative amounts come before."""
    return NOW + timedelta(**delta)


def fields(name: str = "Ada Brook", **more: object) -> ContactFields:
    """Give what a member says about a contact."""
    return ContactFields(name=name, **more)  # type: ignore[arg-type]  # each test's own fields


async def a_contact(session: AsyncSession, name: str = "Ada Brook", **more: object) -> Contact:
    """Add a contact."""
    return await contacts.add(session, fields(name, **more), NOW)


async def a_talk(
    session: AsyncSession, starts_at: datetime | None = None, name: str = "Ada Brook"
) -> Interview:
    """Add a contact and a talk with them, tomorrow unless said otherwise."""
    contact = await a_contact(session, name)
    when = later(days=1) if starts_at is None else starts_at
    return await interviews.schedule(session, contact.id, InterviewFields(starts_at=when), NOW)


async def wants_only(session: AsyncSession, kind: NudgeKind) -> None:
    """Have the member want nudges of one kind, so that a talk brings a single one."""
    member = await members.current(session)
    member.kinds_off = ",".join(each for each in NudgeKind if each != kind)
    await session.flush()


async def a_question(
    session: AsyncSession, starts_at: datetime | None = None, name: str = "Ada Brook"
) -> Interview:
    """Add a contact and a talk with them, of which one nudge comes: did it take place?"""
    await wants_only(session, NudgeKind.DID_IT_TAKE_PLACE)
    return await a_talk(session, starts_at, name)
