"""The list to start from: many people at once, and how many the member wants on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import key_of
from domain.name_lines import NamedPerson
from domain.vocabulary import Stage
from storage import alike, contacts, members, nudges, paths
from storage.contacts import ContactFields
from storage.models import Contact
from storage.types import storable


async def known(session: AsyncSession, people: Sequence[NamedPerson]) -> set[NamedPerson]:
    """Give those of the people who are contacts already: the same company, or none said by either.

    Whoever was archived counts, too.
    """
    keys = {key_of(storable(person.name)) for person in people}
    query = select(Contact.name_key, Contact.company_key).where(Contact.name_key.in_(keys))
    there: dict[str, set[str]] = {}
    for name, company in await session.execute(query):
        there.setdefault(name, set()).add(company)
    return {person for person in people if _is_among(person, there)}


async def like(session: AsyncSession, people: Sequence[NamedPerson]) -> dict[NamedPerson, str]:
    """Name for some of the people a contact who may be them: a slip apart, or by their address."""
    fields = [
        ContactFields(
            name=person.name,
            company=person.company,
            email=person.email,
            profile_url=person.profile_url,
        )
        for person in people
    ]
    found = await alike.alike_each(session, fields)
    return {person: name for person, name in zip(people, found, strict=True) if name}


async def add_all(
    session: AsyncSession, people: Sequence[NamedPerson], path: str, now: datetime
) -> list[Contact]:
    """Add all of the people who are no contacts yet; the same list sent again adds nobody.

    `path` is the name of the path that they are for, empty for none.
    """
    there = await known(session, people)
    chosen = await paths.called(session, path)
    added = [
        Contact(
            name=person.name,
            company=person.company,
            title=person.title,
            how_found=person.how_found,
            email=person.email,
            profile_url=person.profile_url,
            note=person.how,
            tags=person.tags,
            path_id=chosen.id if chosen else None,
            stage=Stage.IDENTIFIED,
            created_at=now,
            updated_at=now,
        )
        for person in people
        if person not in there
    ]
    is_first = not await contacts.count(session)
    session.add_all(added)
    await session.flush()
    await nudges.added(session, now, is_first=is_first)
    return added


async def add_met(
    session: AsyncSession, person: NamedPerson, now: datetime, form_id: str | None
) -> tuple[Contact, bool]:
    """Add somebody of whom a message tells; give who is meant, and whether that message added them.

    The same message sent again, by its `form_id`, gives whom it added before.
    """
    if form_id is not None:
        before = await session.scalar(select(Contact).where(Contact.form_id == form_id))
        if before is not None:
            return before, True
    added = await add_all(session, [person], "", now)
    if added:
        added[0].form_id = form_id
        return added[0], True
    contact = await contacts.same_person(session, person.name, person.company)
    assert contact is not None, "whoever was not added is known"
    return contact, False


async def wanted(session: AsyncSession) -> int:
    """Give how many names the member wants on the list to start from."""
    return (await members.current(session)).starting_names


async def want(session: AsyncSession, number: int) -> None:
    """Keep how many names the member wants on the list to start from."""
    (await members.current(session)).starting_names = number
    await session.flush()


def _is_among(person: NamedPerson, there: dict[str, set[str]]) -> bool:
    companies = there.get(key_of(storable(person.name)), set())
    company = key_of(storable(person.company))
    return bool(companies) and (not company or bool(companies & {company, ""}))
