"""Joining two contacts that are the same person into one, and taking that back.

Nothing is deleted: the other one's row stays, archived and out of everything, and what was theirs
is the kept one's. Whoever asks for the other one by their id is given the kept one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from domain.merging import LONGEST_NOTE, Person, filled, for_the_note, joined, parted
from domain.tags import read_tags, written
from domain.vocabulary import InterviewStatus, TouchKind
from storage import contacts, nudges, talk_touches
from storage.errors import Gone
from storage.guests import WITH_PEOPLE
from storage.merge_rows import Came, bring, came_of, take_back
from storage.models import Contact, Interview, InterviewGuest, Merge, Touch
from storage.rows import own_row
from storage.standing import renew, renew_all

_WITH_BOTH = (joinedload(Merge.kept), joinedload(Merge.other))
_COLUMNS = {"path": "path_id", "introduced_by": "introduced_by_id"}
# These say something, too, though no form asks for them.
_UNASKED = ("overruled_stage", "nudges_stopped")
# What stands in a column that is open, where that is not None.
_OPEN = dict.fromkeys(("company", "title", "profile_url", "email"), "") | {"nudges_stopped": False}


@dataclass(frozen=True)
class Joining:
    """What a merge would make of two contacts: the fields it fills, what goes to the note.

    `touches` counts what passed with the other one, `talks` their talks.
    """

    kept: Contact
    other: Contact
    filled: tuple[str, ...]
    note: str
    touches: int
    talks: int


@dataclass(frozen=True)
class Undone:
    """What became of undoing a merge; `first` is a later one that has to be undone before it."""

    merge: Merge
    done: bool
    first: Merge | None = None


async def foresee(session: AsyncSession, kept_id: int, other_id: int) -> Joining:
    """Say what a merge would make of two contacts; raises Gone, also where they are one already."""
    kept, other = await contacts.get(session, kept_id), await contacts.get(session, other_id)
    if kept.id == other.id:
        raise Gone("they are one already")
    one, two = _person(kept, other), _person(other, kept)
    touches = select(func.count(Touch.id)).where(Touch.contact_id == other.id)
    talks = select(func.count(Interview.id)).where(_is_in(other))
    return Joining(
        kept,
        other,
        filled(one, two),
        for_the_note(one, two),
        touches=(await session.scalars(touches)).one(),
        talks=(await session.scalars(talks)).one(),
    )


async def merge(session: AsyncSession, kept_id: int, other_id: int, now: datetime) -> Merge:
    """Join the other contact into the kept one; if they are one already, give that merge.

    Stage and nudges follow. Raises Gone.
    """
    before = await _joined_already(session, kept_id, other_id)
    if before is not None:
        return before
    joining = await foresee(session, kept_id, other_id)
    kept, other = joining.kept, joining.other
    came = Came(by_the_other=kept.introduced_by_id == other.id, note=joining.note)
    came.kept_archived_at = _iso(kept.archived_at)
    came.other_archived_at = _iso(other.archived_at)
    not_now = kept.not_now_until
    await bring(session, kept, other, came)
    await _fill(session, joining, came, now)
    other.archived_at, other.merged_into_id = now, kept.id
    await session.flush()
    await renew(session, kept, now)
    came.not_now_until = (_iso(not_now), _iso(kept.not_now_until))
    row = Merge(kept_id=kept.id, other_id=other.id, came=came.as_json(), at=now)
    session.add(row)
    await session.flush()
    # Others at the same company, or who led to one of them, may be concerned.
    await nudges.reconcile_all(session, now)
    return await own_row(session, Merge, row.id, *_WITH_BOTH)


async def undo(session: AsyncSession, merge_id: int, now: datetime) -> Undone:
    """Part two contacts that were joined; what was logged since stays with the kept one.

    But what is about a talk that was the other one's goes with that talk. Raises Gone.
    """
    row = await own_row(session, Merge, merge_id, *_WITH_BOTH)
    if row.undone_at is not None:
        return Undone(row, done=False)
    kept, other = row.kept, row.other
    if kept.merged_into_id is not None:
        return Undone(row, done=False, first=await _open_merge(session, kept.id))
    came = came_of(row)
    other.merged_into_id, row.undone_at = None, now
    other.archived_at = _moment(came.other_archived_at)
    kept.archived_at = kept.archived_at or _moment(came.kept_archived_at)
    await session.flush()
    await take_back(session, kept, other, came)
    await _empty(session, kept, other, came)
    await session.flush()
    await _told_of_talks(session, other, now)
    await renew_all(session, [kept, other], now)
    await nudges.reconcile_all(session, now)
    return Undone(row, done=True)


async def _joined_already(session: AsyncSession, *contact_ids: int) -> Merge | None:
    kept, other = [(await own_row(session, Contact, i)).id for i in contact_ids]
    if kept != other:
        return None
    joined_last = [await _open_merge(session, contact_id) for contact_id in contact_ids]
    return next((merge for merge in joined_last if merge is not None), None)


async def _open_merge(session: AsyncSession, other_id: int) -> Merge | None:
    query = select(Merge).where(Merge.other_id == other_id, Merge.undone_at.is_(None))
    return await session.scalar(query.options(*_WITH_BOTH))


def _person(contact: Contact, other: Contact) -> Person:
    # Of two who are one, neither introduced the other.
    by = contact.introduced_by if contact.introduced_by_id != other.id else None
    return Person(
        name=contact.name,
        company=contact.company,
        title=contact.title,
        path=contact.path.name if contact.path else "",
        vantage=contact.vantage,
        how_found=contact.how_found,
        introduced_by=by.name if by else "",
        profile_url=contact.profile_url,
        email=contact.email,
        note=contact.note,
    )


async def _fill(session: AsyncSession, joining: Joining, came: Came, now: datetime) -> None:
    kept, other = joining.kept, joining.other
    if came.by_the_other:
        kept.introduced_by_id = None
    unasked = [f for f in _UNASKED if not getattr(kept, f) and getattr(other, f)]
    came.filled = [*(_COLUMNS.get(f, f) for f in joining.filled), *unasked]
    for column in came.filled:
        setattr(kept, column, getattr(other, column))
    if other.not_now_until is not None:
        kept.not_now_until = max(kept.not_now_until or date.min, other.not_now_until)
    kept.archived_at = None
    came.tags = kept.tags, written(read_tags(f"{kept.tags},{other.tags}"))
    kept.tags = came.tags[1]
    came.dream = other.is_dream
    if came.dream:
        await _hand_over_dream(session, other, kept)
    if len(joined(kept.note, came.note)) <= LONGEST_NOTE:
        kept.note = joined(kept.note, came.note)
        return
    note = Touch(contact_id=kept.id, kind=TouchKind.NOTE, at=now, note=came.note, created_at=now)
    session.add(note)
    await session.flush()
    came.note, came.note_touch = "", note.id


async def _empty(session: AsyncSession, kept: Contact, other: Contact, came: Came) -> None:
    """Take out of the kept one what came from the other, unless it was changed since."""
    for column in came.filled:
        if getattr(kept, column) == getattr(other, column):
            setattr(kept, column, _OPEN.get(column))
    if came.by_the_other and kept.introduced_by_id is None:
        kept.introduced_by_id = other.id
    kept.note = parted(kept.note, came.note)
    before, after = came.not_now_until
    if _iso(kept.not_now_until) == after:
        kept.not_now_until = date.fromisoformat(before) if before else None
    if kept.tags == came.tags[1]:
        kept.tags = came.tags[0]
    if came.dream and kept.is_dream:
        await _hand_over_dream(session, kept, other)
    if came.note_touch is not None:
        note = await session.get(Touch, came.note_touch)
        if note is not None:
            await session.delete(note)


async def _hand_over_dream(session: AsyncSession, before: Contact, after: Contact) -> None:
    """Make the dream talk another one's; at no moment are there two."""
    before.is_dream = False
    await session.flush()
    after.is_dream = True


async def _told_of_talks(session: AsyncSession, other: Contact, now: datetime) -> None:
    """A talk with both that was held meanwhile was held with each of them."""
    held = select(Interview).where(_is_in(other), Interview.status == InterviewStatus.TOOK_PLACE)
    for talk in await session.scalars(held.options(*WITH_PEOPLE)):
        await talk_touches.complete(session, talk, now)


def _is_in(contact: Contact) -> ColumnElement[bool]:
    as_guest = select(InterviewGuest.interview_id).where(InterviewGuest.contact_id == contact.id)
    return (Interview.contact_id == contact.id) | Interview.id.in_(as_guest)


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
