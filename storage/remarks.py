"""What is said in a line about contacts: when each kind of touch last was, what a talk taught."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import TouchKind
from storage.models import Debrief, Interview, InterviewGuest, Touch
from storage.rows import possible

# What is in the place of a touch's kind where a line is what a talk taught.
_LEARNED = "learned"


@dataclass(frozen=True)
class Remarks:
    """By contact: when each kind of touch last was, and the takeaway of the last talk with one."""

    last: Mapping[int, Mapping[TouchKind, datetime]]
    learned: Mapping[int, str]


async def about(
    session: AsyncSession, touched: Collection[int], silent: Collection[int] = ()
) -> Remarks:
    """Give the last touches of those who were `touched`, what was learned from the `silent`.

    One question for both; none where nobody is asked about.
    """
    last: dict[int, dict[TouchKind, datetime]] = defaultdict(dict)
    learned: dict[int, tuple[datetime, int, str]] = {}
    whom = {"touched": possible(touched), "silent": possible(silent)}
    rows = await session.execute(_remarks(), whom) if any(whom.values()) else ()
    for contact_id, kind, at, talk_id, takeaway in rows:
        if kind == _LEARNED:
            latest = at, talk_id, takeaway
            learned[contact_id] = max(learned.get(contact_id, latest), latest)
        else:
            last[contact_id][TouchKind(kind)] = at
    return Remarks(last, {contact_id: said for contact_id, (_, _, said) in learned.items()})


@cache
def _remarks() -> CompoundSelect[int, str, datetime, int, str]:
    kind: ColumnElement[str] = cast(Touch.kind, String)
    at: ColumnElement[datetime] = func.max(Touch.at)
    touches = (
        select(Touch.contact_id, kind, at, literal(0, Integer), literal("", String))
        .where(Touch.contact_id.in_(_these("touched")))
        .group_by(Touch.contact_id, Touch.kind)
    )
    learned = (literal(_LEARNED, String), Interview.starts_at, Interview.id, Debrief.takeaway)
    said = Debrief.interview_id == Interview.id, Debrief.takeaway != ""
    with_them = select(Interview.contact_id, *learned).where(*said)
    as_guests = (
        select(InterviewGuest.contact_id, *learned)
        .join(Interview, Interview.id == InterviewGuest.interview_id)
        .where(*said, InterviewGuest.contact_id.in_(_these("silent")))
    )
    with_silent = with_them.where(Interview.contact_id.in_(_these("silent")))
    return union_all(touches, with_silent, as_guests)


def _these(name: str) -> BindParameter[int]:
    return bindparam(name, expanding=True)
