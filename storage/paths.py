"""The kinds of job that a member explores, and how many talks there were on each."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import key_of
from domain.mix import Mix
from domain.vocabulary import TouchKind, Vantage
from storage.models import Contact, Path, Touch
from storage.types import storable


@dataclass(frozen=True)
class Explored:
    """A path by its name, with the talks that took place on it."""

    name: str
    talks: int


async def names(session: AsyncSession) -> list[str]:
    """Give the names of the kinds of job that the member explores, in order of the alphabet."""
    names = await session.scalars(select(Path.name))
    return sorted(names, key=str.casefold)


async def called(session: AsyncSession, name: str) -> Path | None:
    """Give the path of that name, made when it is new; capital letters make no new one."""
    wanted = storable(name).strip()
    if not wanted:
        return None
    for path in await session.scalars(select(Path)):
        if key_of(path.name) == key_of(wanted):
            return path
    path = Path(name=wanted)
    session.add(path)
    await session.flush()
    return path


async def explored(session: AsyncSession, limit: int = 5) -> list[Explored]:
    """Give the paths on which there is anybody, with most talks first, then by the alphabet.

    Whoever was archived counts with the talks that they gave.
    """
    found = await session.execute(_explored(), {"limit": limit})
    return [Explored(name, number) for name, number in found]


async def mixes(session: AsyncSession) -> list[Mix]:
    """Count the people on each path, and those on none, by what they are to the member."""
    counts: dict[str, dict[Vantage | None, int]] = {}
    for name, vantage, number in await session.execute(_placed()):
        counts.setdefault(name or "", {})[vantage] = number
    return [
        Mix(name, {kind: by[kind] for kind in Vantage if kind in by}, by.get(None, 0))
        for name, by in counts.items()
    ]


@cache
def _placed() -> Select[str | None, Vantage | None, int]:
    return (
        select(Path.name, Contact.vantage, func.count(Contact.id))
        .select_from(Contact)
        .outerjoin(Path, Path.id == Contact.path_id)
        .where(Contact.archived_at.is_(None))
        .group_by(Path.id, Path.name, Contact.vantage)
    )


@cache
def _explored() -> Select[str, int]:
    # Each person in a talk has a touch of it: with several people it is one talk all the same.
    held = (Touch.contact_id == Contact.id) & (Touch.kind == TouchKind.TALK)
    talks = func.count(Touch.interview_id.distinct())
    return (
        select(Path.name, talks)
        .join(Contact, (Contact.path_id == Path.id) & Contact.merged_into_id.is_(None))
        .outerjoin(Touch, held)
        .group_by(Path.id, Path.name)
        .order_by(talks.desc(), Path.name)
        .limit(bindparam("limit", type_=Integer))
    )
