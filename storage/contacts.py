"""The people whom a member knows, may ask, or has talked to."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from domain.finding import key_of, without_hashes
from domain.tags import most_used, read_tags, written
from domain.vocabulary import HowFound, Stage, Vantage
from storage import nearly, nudges, paths
from storage.errors import Gone
from storage.models import Contact
from storage.rows import own_row
from storage.standing import renew
from storage.texts import stands_in
from storage.types import storable

_MOST_TAGGED = 1000
_COMPANY = (joinedload(Contact.path), joinedload(Contact.introduced_by))


@dataclass(frozen=True, kw_only=True)
class ContactFields:
    """What a member says about a contact; `path` is a name, `tags` have commas between them."""

    name: str
    company: str = ""
    title: str = ""
    vantage: Vantage | None = None
    how_found: HowFound | None = None
    introduced_by_id: int | None = None
    email: str = ""
    profile_url: str = ""
    path: str = ""
    note: str = ""
    tags: str = ""


async def add(
    session: AsyncSession, fields: ContactFields, now: datetime, form_id: str | None = None
) -> Contact:
    """Add a contact; the same form sent again changes the one it made.

    Raises Gone when the introducer is not one of the member's contacts.
    """
    before = await session.execute(_before(), {"form_id": form_id})
    sent_before, is_first = before.one()
    if sent_before is not None:
        return await change(session, sent_before, fields, now)
    contact = Contact(form_id=form_id, stage=Stage.IDENTIFIED, created_at=now)
    await _fill(session, contact, fields, now)
    session.add(contact)
    await session.flush()
    await nudges.added(session, now, is_first=is_first)
    return contact


@cache
def _before() -> Select[int | None, bool]:
    """Whom a form has made already, and whether nobody is on the list yet."""
    sent_before = select(Contact.id).where(Contact.form_id == bindparam("form_id"))
    anybody = select(Contact.id).where(Contact.archived_at.is_(None))
    return select(sent_before.scalar_subquery(), not_(anybody.exists()))


async def get(session: AsyncSession, contact_id: int) -> Contact:
    """Give a contact with its path and its introducer; raises Gone.

    Of somebody who was joined into another it is that other one.
    """
    return await own_row(session, Contact, contact_id, *_COMPANY)


async def change(
    session: AsyncSession, contact_id: int, fields: ContactFields, now: datetime
) -> Contact:
    """Change what is known of a contact; raises Gone, for the introducer too.

    Also where they have become one with somebody since: what is known of both is not overwritten.
    """
    contact = await get(session, contact_id)
    if contact.id != contact_id:
        raise Gone("that contact has become one with another")
    before = contact.introduced_by_id
    await _fill(session, contact, fields, now)
    await session.flush()
    introducers = {i for i in (before, contact.introduced_by_id) if i is not None}
    await nudges.reconcile(session, now, contact.id, *introducers)
    return contact


async def overrule(
    session: AsyncSession, contact_id: int, stage: Stage | None, now: datetime
) -> Contact:
    """Set a contact's stage by hand, or with None let it follow from what was logged; raises Gone.

    Nudges follow.
    """
    contact = await get(session, contact_id)
    if contact.overruled_stage != stage:
        contact.overruled_stage = stage
        await renew(session, contact, now)
    return contact


async def stop_nudges(session: AsyncSession, contact_id: int, now: datetime) -> Contact:
    """Send no more nudges about this contact; raises Gone."""
    return await _hush(session, contact_id, now, stopped=True)


async def resume_nudges(session: AsyncSession, contact_id: int, now: datetime) -> Contact:
    """Send nudges about this contact again; raises Gone."""
    return await _hush(session, contact_id, now, stopped=False)


async def _hush(session: AsyncSession, contact_id: int, now: datetime, *, stopped: bool) -> Contact:
    contact = await get(session, contact_id)
    contact.nudges_stopped = stopped
    return await _kept_up(session, contact, now)


async def _kept_up(session: AsyncSession, contact: Contact, now: datetime) -> Contact:
    """Write a change down and have the contact's nudges follow it."""
    await session.flush()
    await nudges.reconcile(session, now, contact.id)
    return contact


async def archive(session: AsyncSession, contact_id: int, now: datetime) -> Contact:
    """Put a contact away: out of lists and searches, no more nudges, nothing is lost."""
    contact = await get(session, contact_id)
    contact.archived_at = now
    return await _kept_up(session, contact, now)


async def bring_back(session: AsyncSession, contact_id: int, now: datetime) -> Contact:
    """Bring an archived contact back into lists and searches, with the nudges that still hold."""
    contact = await get(session, contact_id)
    contact.archived_at, contact.updated_at = None, now
    return await _kept_up(session, contact, now)


async def count(session: AsyncSession) -> int:
    """Count the contacts that are not archived."""
    return (await session.scalars(_kept().with_only_columns(func.count(Contact.id)))).one()


async def find(session: AsyncSession, text: str, limit: int = 10) -> list[Contact]:
    """Find contacts by name, company, title, tag or note, forgiving typing errors.

    Names that begin with the text come first; an empty text gives the most recent contacts.
    """
    wanted = key_of(without_hashes(storable(text)))
    if not wanted:
        newest = _kept().order_by(Contact.updated_at.desc(), Contact.id.desc()).limit(limit)
        return list(await session.scalars(newest.options(*_COMPANY)))
    query = (
        _kept()
        .where(stands_in(Contact.search_key, wanted))
        .order_by(
            Contact.name_key.startswith(wanted, autoescape=True).desc(),
            Contact.updated_at.desc(),
            Contact.id.desc(),
        )
    )
    found = list(await session.scalars(query.options(*_COMPANY).limit(limit)))
    if len(found) < limit:
        known = {contact.id for contact in found}
        ids = await nearly.find(session, wanted, limit - len(found), without=known)
        if not ids:
            return found
        rows = await session.scalars(select(Contact).where(Contact.id.in_(ids)).options(*_COMPANY))
        found += sorted(rows, key=lambda contact: ids.index(contact.id))
    return found


async def by_name(session: AsyncSession, name: str) -> list[Contact]:
    """Give the contacts of exactly this name, whatever its capital letters."""
    query = _kept().where(Contact.name_key == key_of(name)).options(*_COMPANY).order_by(Contact.id)
    return list(await session.scalars(query))


async def same_person(session: AsyncSession, name: str, company: str) -> Contact | None:
    """Give who is most likely the person of this name: the same company, or none said by either.

    Whoever was archived counts, too; the most recently updated first. Of somebody who was joined
    into another it is that other one.
    """
    query = select(Contact).where(Contact.name_key == key_of(storable(name)))
    if company:
        query = query.where(Contact.company_key.in_((key_of(storable(company)), "")))
    newest_first = query.order_by(
        Contact.archived_at.is_not(None), Contact.updated_at.desc(), Contact.id.desc()
    )
    found = await session.scalar(newest_first.limit(1))
    if found is None or found.merged_into_id is None:
        return found
    return await own_row(session, Contact, found.id)


async def called(session: AsyncSession, words: str) -> list[Contact]:
    """Give up to ten contacts whose name is these words, or else begins with them.

    The most recently updated first; "Grace" finds Grace Hill, unless somebody is only Grace.
    """
    exactly = await by_name(session, words)
    wanted = key_of(storable(words))
    if exactly or not wanted:
        return exactly
    begins = _kept().where(Contact.name_key.startswith(f"{wanted} ", autoescape=True))
    newest_first = begins.order_by(Contact.updated_at.desc(), Contact.id.desc())
    return list(await session.scalars(newest_first.options(*_COMPANY).limit(10)))


async def by_stage(session: AsyncSession) -> dict[Stage, int]:
    """Count the contacts in each stage where there are any, in the order of the road."""
    counts = {stage: n for stage, n in await session.execute(_stages())}
    return {stage: counts[stage] for stage in Stage if stage in counts}


@cache
def _stages() -> Select[Stage, int]:
    query = _kept().with_only_columns(Contact.stage, func.count(Contact.id))
    return query.group_by(Contact.stage)


async def tags(session: AsyncSession, limit: int = 100) -> list[str]:
    """Give the tags that stand on most of the member's contacts; of the last 1,000 tagged ones."""
    tagged = _kept().where(Contact.tags != "").with_only_columns(Contact.tags)
    newest = tagged.order_by(Contact.updated_at.desc(), Contact.id.desc()).limit(_MOST_TAGGED)
    return most_used(await session.scalars(newest), limit)


async def led_to(session: AsyncSession, contact_id: int, limit: int = 10) -> list[Contact]:
    """Give those whom a contact introduced, the first one first; raises Gone."""
    introducer = await own_row(session, Contact, contact_id)
    query = _kept().where(Contact.introduced_by_id == introducer.id).order_by(Contact.id)
    return list(await session.scalars(query.limit(limit)))


def _kept() -> Select[Contact]:
    return select(Contact).where(Contact.archived_at.is_(None))


async def _fill(
    session: AsyncSession, contact: Contact, fields: ContactFields, now: datetime
) -> None:
    introducer = None
    # Nobody introduces themselves: they would have to be told how the talk with them went.
    if fields.introduced_by_id is not None:
        named = await own_row(session, Contact, fields.introduced_by_id)
        introducer = named if named.id != contact.id else None
    path = await paths.called(session, fields.path)
    contact.name, contact.company, contact.title = fields.name, fields.company, fields.title
    contact.vantage, contact.how_found = fields.vantage, fields.how_found
    contact.email, contact.profile_url = fields.email, fields.profile_url
    contact.note, contact.tags = fields.note, written(read_tags(fields.tags))
    contact.updated_at = now
    contact.introduced_by_id = introducer.id if introducer else None
    contact.path_id = path.id if path else None
    set_committed_value(contact, "introduced_by", introducer)
    set_committed_value(contact, "path", path)
