"""Who is in a talk beside the contact whom it is with."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from storage.errors import Gone
from storage.models import Contact, Interview, InterviewGuest
from storage.rows import own_row, possible

# A table of ten: more is an event, and no talk.
MOST_GUESTS = 9
# What a question about talks asks for besides, so that `Interview.people` is known.
WITH_PEOPLE = (joinedload(Interview.contact), selectinload(Interview.guests))


async def be_there(
    session: AsyncSession, interview: Interview, contact_ids: Collection[int]
) -> None:
    """Have these contacts be in a talk, and of those who were so far nobody else.

    Its contact and guests must be loaded. Raises Gone for whom the member does not have.
    """
    wanted = [i for i in dict.fromkeys(contact_ids) if i != interview.contact_id][:MOST_GUESTS]
    query = select(Contact).where(Contact.id.in_(possible(wanted)))
    found = {contact.id: contact for contact in await session.scalars(query)} if wanted else {}
    if len(found) < len(wanted):
        raise Gone("somebody in that talk is no contact of this member")
    people: dict[int, Contact] = {}
    for contact in (found[contact_id] for contact_id in wanted):
        if contact.merged_into_id is not None:
            # They turned out to be somebody else on the list while the form was open.
            contact = await own_row(session, Contact, contact.id)
        if contact.id != interview.contact_id:
            people[contact.id] = contact
    before = {row.contact_id: row for row in await session.scalars(_places(interview))}
    for contact_id, row in before.items():
        if contact_id not in people:
            await session.delete(row)
    added = [contact_id for contact_id in people if contact_id not in before]
    session.add_all(InterviewGuest(interview_id=interview.id, contact_id=i) for i in added)
    await session.flush()
    kept = [contact_id for contact_id in before if contact_id in people]
    set_committed_value(interview, "guests", [people[i] for i in (*kept, *added)])


async def are_there(session: AsyncSession, interview_id: int) -> set[int]:
    """Give the ids of all contacts whom a talk is with; raises Gone."""
    interview = await own_row(session, Interview, interview_id)
    places = _places(interview).with_only_columns(InterviewGuest.contact_id)
    return {interview.contact_id, *await session.scalars(places)}


async def talks_of(session: AsyncSession, contact_id: int, limit: int = 50) -> list[Interview]:
    """Give the talks with a contact, the latest first, with all people; raises Gone.

    The contact may be one of several in them.
    """
    contact = await own_row(session, Contact, contact_id)
    is_in = select(InterviewGuest.interview_id).where(InterviewGuest.contact_id == contact.id)
    query = (
        select(Interview)
        .where((Interview.contact_id == contact.id) | Interview.id.in_(is_in))
        .order_by(Interview.starts_at.desc(), Interview.id.desc())
        .options(*WITH_PEOPLE)
    )
    return list(await session.scalars(query.limit(limit)))


def _places(interview: Interview) -> Select[InterviewGuest]:
    # Whoever was joined into another keeps their place until that is undone, and is not there.
    return (
        select(InterviewGuest)
        .join(Contact, Contact.id == InterviewGuest.contact_id)
        .where(InterviewGuest.interview_id == interview.id, Contact.merged_into_id.is_(None))
    )
