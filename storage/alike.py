"""Noticing that somebody is on the list already, under the same or nearly the same name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import are_alike, key_of
from storage import contacts
from storage.contacts import ContactFields
from storage.models import Contact
from storage.rows import own_row
from storage.types import storable

# A large company may have many of one's contacts; more than these are not compared.
_MOST_COMPARED = 500


async def alike(
    session: AsyncSession, fields: ContactFields, *, form_id: str | None = None, limit: int = 3
) -> list[Contact]:
    """Give who may be the same person, the most recently updated first.

    The same e-mail address or profile link; or the same name, and name and company alike. Whoever
    came of the same form is not meant. Who is like somebody that was joined into another may
    be that other one.
    """
    said = _said(fields)
    rows = await session.scalars(_candidates(tuple(said)), said)
    others = [c for c in rows if form_id is None or c.form_id != form_id]
    found: dict[int, Contact] = {}
    for other in [other for other in others if _may_be(other, fields)][:limit]:
        is_joined = other.merged_into_id is not None
        kept = await own_row(session, Contact, other.id) if is_joined else other
        if kept.archived_at is None:
            found.setdefault(kept.id, kept)
    return list(found.values())


async def alike_each(session: AsyncSession, people: Sequence[ContactFields]) -> list[str]:
    """Name for each of the people who on the list may be them, or nobody: in one question."""
    said = [(column, word) for person in people for column, word in _said(person).items()]
    if not said:
        return []
    wanted = or_(*(getattr(Contact, column) == word for column, word in said))
    query = select(Contact).where(Contact.archived_at.is_(None), wanted)
    there = list(await session.scalars(query.order_by(Contact.id.desc()).limit(_MOST_COMPARED)))
    return [next((c.name for c in there if _may_be(c, person)), "") for person in people]


async def complete(
    session: AsyncSession, contact_id: int, fields: ContactFields, now: datetime
) -> Contact:
    """Add to a contact what was not known of them; what was is kept. Raises Gone."""
    known = await contacts.get(session, contact_id)
    path = known.path.name if known.path else ""
    notes = [known.note, fields.note if fields.note != known.note else ""]
    completed = replace(
        fields,
        name=known.name,
        company=known.company or fields.company,
        title=known.title or fields.title,
        vantage=known.vantage or fields.vantage,
        how_found=known.how_found or fields.how_found,
        introduced_by_id=known.introduced_by_id or fields.introduced_by_id,
        email=known.email or fields.email,
        profile_url=known.profile_url or fields.profile_url,
        path=path or fields.path,
        note="\n".join(note for note in notes if note),
        tags=f"{known.tags},{fields.tags}",
    )
    return await contacts.change(session, known.id, completed, now)


def _said(fields: ContactFields) -> dict[str, str]:
    """Give what was said of those columns in which one person would say the same."""
    name, company = key_of(storable(fields.name)), key_of(storable(fields.company))
    more = {"company_key": company, "email": fields.email, "profile_url": fields.profile_url}
    return {"name_key": name} | {column: said for column, said in more.items() if said}


@cache
def _candidates(columns: tuple[str, ...]) -> Select[Contact]:
    """Who has in one of these columns what was said; the question is built once for each."""
    is_said = (getattr(Contact, column) == bindparam(column) for column in columns)
    return (
        select(Contact)
        .where(or_(Contact.archived_at.is_(None), Contact.merged_into_id.is_not(None)))
        .where(or_(*is_said))
        .order_by(Contact.updated_at.desc(), Contact.id.desc())
        .limit(_MOST_COMPARED)
    )


def _may_be(other: Contact, fields: ContactFields) -> bool:
    if fields.email and other.email == fields.email:
        return True
    if fields.profile_url and other.profile_url == fields.profile_url:
        return True
    company = key_of(storable(fields.company))
    if other.name_key == key_of(storable(fields.name)):
        return not company or other.company_key in ("", company)
    return bool(company) and other.company_key == company and are_alike(other.name, fields.name)
