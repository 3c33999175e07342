"""Which rows go from one contact to another when the two turn out to be one person, and back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.cadence.keys import handed_over, touch_in
from domain.merging import LONGEST_FOUND, joined, parted
from domain.vocabulary import TouchKind
from storage.models import (
    Assumption,
    Contact,
    Interview,
    InterviewGuest,
    Merge,
    Nudge,
    Promise,
    ResearchTick,
    Touch,
)
from storage.scope import WITH_REMOVED
from storage.sent_messages import mark_outdated

# Everything that is about one contact.
OF_A_CONTACT = (Touch, Interview, InterviewGuest, Promise, ResearchTick, Assumption, Nudge)
Table = TypeVar("Table", bound=Any)


@dataclass
class Came:
    """What became whose, as a merge keeps it: plain values, for they are kept as JSON.

    `rows` holds by table the ids of what was the other one's. `stood_in` are the kept one's places
    in talks that were with the other: the other holds them meanwhile. `introduced` are those whom
    the other one introduced; `by_the_other` says that the kept one was, too. `found` is what was
    added to the kept one's research, by the id of the line; `filled` names columns that were open.
    `tags` and `not_now_until` are the kept one's before and after; `dream` says that the other one
    was the member's dream talk.
    """

    rows: dict[str, list[int]] = field(default_factory=dict)
    stood_in: list[int] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)
    by_the_other: bool = False
    found: dict[str, str] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)
    note: str = ""
    note_touch: int | None = None
    not_now_until: tuple[str | None, str | None] = (None, None)
    tags: tuple[str, str] = ("", "")
    dream: bool = False
    kept_archived_at: str | None = None
    other_archived_at: str | None = None

    def of(self, table: type[Any]) -> list[int]:
        """The ids of one table's rows that were the other one's."""
        return self.rows.get(table.__tablename__, [])

    def as_json(self) -> dict[str, Any]:
        """Give it as the column keeps it."""
        return asdict(self)


def came_of(merge: Merge) -> Came:
    """Give what a merge has kept."""
    return Came(**merge.came)


async def bring(session: AsyncSession, kept: Contact, other: Contact, came: Came) -> None:
    """Make what is the other one's the kept one's, where nothing of theirs is in its place."""
    with_kept = set(await session.scalars(_ids(Interview, kept)))
    places = select(InterviewGuest.interview_id).where(InterviewGuest.contact_id == kept.id)
    with_kept |= set(await session.scalars(places))
    came.rows = {
        table.__tablename__: list(await session.scalars(_ids(table, other).where(*which)))
        for table, which in (
            (Touch, (~_told_of_both(kept),)),
            (Interview, ()),
            (InterviewGuest, (InterviewGuest.interview_id.not_in(with_kept),)),
            (Promise, ()),
            (Assumption, ()),
        )
    }
    in_theirs = InterviewGuest.interview_id.in_(came.of(Interview))
    came.stood_in = list(await session.scalars(_ids(InterviewGuest, kept).where(in_theirs)))
    await _hand_over(session, InterviewGuest, came.stood_in, kept, other)
    for table in (Touch, Interview, InterviewGuest, Promise, Assumption):
        await _hand_over(session, table, came.of(table), other, kept)
    await _join_research(session, kept, other, came)
    came.rows[Nudge.__tablename__] = await _hand_over_nudges(
        session, await _nudges(session, other), other, kept
    )
    introduced = select(Contact.id).where(Contact.introduced_by_id == other.id)
    came.introduced = list(await session.scalars(introduced.where(Contact.id != kept.id)))
    await _introduced_by(session, came.introduced, other, kept)


async def take_back(session: AsyncSession, kept: Contact, other: Contact, came: Came) -> None:
    """Give the other one back what was theirs, with what their talks have brought since."""
    for table in (Touch, Interview, InterviewGuest, Promise, Assumption, ResearchTick):
        await _hand_over(session, table, came.of(table), kept, other)
    await _hand_over(session, InterviewGuest, came.stood_in, other, kept)
    for tick in await session.scalars(_rows(ResearchTick, kept)):
        tick.note = parted(tick.note, came.found.get(str(tick.id), ""))
    await session.flush()
    alone = await _talks_without(session, kept, other)
    for table in (Touch, Promise):
        of_these = _ids(table, kept).where(table.interview_id.in_(alone))
        await _hand_over(session, table, list(await session.scalars(of_these)), kept, other)
    touches = set(await session.scalars(_ids(Touch, other)))
    promises = set(await session.scalars(_ids(Promise, other)))
    theirs = [
        nudge
        for nudge in await _nudges(session, kept)
        if nudge.id in came.of(Nudge)
        or nudge.interview_id in alone
        or nudge.promise_id in promises
        or touch_in(nudge.key, nudge.kind) in touches
    ]
    await _hand_over_nudges(session, theirs, kept, other)
    await _introduced_by(session, came.introduced, kept, other)


# What was deleted goes along, too: it may be brought back.
def _rows(table: type[Table], contact: Contact) -> Any:
    query = select(table).where(table.contact_id == contact.id).order_by(table.id)
    return query.execution_options(**WITH_REMOVED)


def _ids(table: type[Table], contact: Contact) -> Any:
    query = select(table.id).where(table.contact_id == contact.id).order_by(table.id)
    return query.execution_options(**WITH_REMOVED)


def _told_of_both(kept: Contact) -> ColumnElement[bool]:
    """Whoever was in one talk with themselves was in it once."""
    told = aliased(Touch)
    same = select(told.id).where(
        told.contact_id == kept.id,
        told.kind == TouchKind.TALK,
        told.interview_id == Touch.interview_id,
    )
    return (Touch.kind == TouchKind.TALK) & same.exists()


async def _talks_without(session: AsyncSession, kept: Contact, other: Contact) -> set[int]:
    """Give the talks that the other one is in, and the kept one is not."""
    places = select(InterviewGuest.interview_id)
    talks: dict[int, set[int]] = {}
    for contact in (kept, other):
        talks[contact.id] = set(await session.scalars(_ids(Interview, contact)))
        as_guest = places.where(InterviewGuest.contact_id == contact.id)
        talks[contact.id] |= set(await session.scalars(as_guest))
    return talks[other.id] - talks[kept.id]


async def _hand_over(
    session: AsyncSession, table: type[Any], ids: Collection[int], before: Contact, after: Contact
) -> None:
    if ids:
        still_theirs = table.id.in_(ids), table.contact_id == before.id
        handed_over = update(table).where(*still_theirs).values(contact_id=after.id)
        await session.execute(handed_over.execution_options(**WITH_REMOVED))


async def _introduced_by(
    session: AsyncSession, ids: Collection[int], before: Contact, after: Contact
) -> None:
    if ids:
        these = Contact.id.in_(ids), Contact.introduced_by_id == before.id
        await session.execute(update(Contact).where(*these).values(introduced_by_id=after.id))


async def _join_research(session: AsyncSession, kept: Contact, other: Contact, came: Came) -> None:
    """Of what was looked up about both, the kept one's line tells both.

    What finds no room there goes with the note.
    """
    known = {tick.item: tick for tick in await session.scalars(_rows(ResearchTick, kept))}
    moved = []
    for tick in await session.scalars(_rows(ResearchTick, other)):
        line = known.get(tick.item)
        if line is None:
            moved.append(tick.id)
        elif tick.note not in line.note:
            if len(joined(line.note, tick.note)) <= LONGEST_FOUND:
                line.note, came.found[str(line.id)] = joined(line.note, tick.note), tick.note
            else:
                came.note = joined(came.note, tick.note)
    came.rows[ResearchTick.__tablename__] = moved
    await session.flush()
    await _hand_over(session, ResearchTick, moved, other, kept)


async def _nudges(session: AsyncSession, contact: Contact) -> list[Nudge]:
    # Locked, for delivery may have some of them in hand.
    query = _rows(Nudge, contact).with_for_update(of=Nudge)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def _hand_over_nudges(
    session: AsyncSession, nudges: Iterable[Nudge], before: Contact, after: Contact
) -> list[int]:
    """Have nudges be about the other of the two, unless there is the same about them already."""
    keys = {nudge: handed_over(nudge.key, nudge.kind, before.id, after.id) for nudge in nudges}
    there = await _there(session, {n: key for n, key in keys.items() if n.key != key})
    moved = []
    for nudge, key in keys.items():
        if (key, nudge.round_) in there:
            continue
        nudge.contact_id, nudge.key = after.id, key
        moved.append(nudge.id)
        if nudge.answer is None:
            # It names the one or the other.
            mark_outdated(session, nudge)
    await session.flush()
    return moved


async def _there(session: AsyncSession, keys: Mapping[Nudge, str]) -> set[tuple[str, int]]:
    if not keys:
        return set()
    query = select(Nudge.key, Nudge.round_).where(Nudge.key.in_(keys.values()))
    return {(key, round_) for key, round_ in await session.execute(query)}
