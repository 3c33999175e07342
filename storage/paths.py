"""The kinds of job that a member explores, and how many talks there were on each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import key_of
from domain.mix import Mix
from domain.vocabulary import Stage, TouchKind, Vantage
from storage.models import Contact, Path, Touch
from storage.types import storable

# Written so that the databases see that an index is for it.
_HELD = Touch.kind == literal_column(f"'{TouchKind.TALK}'")


# Asked for with each form that opens, it is built once.
_NAMES = select(Path.name)


@dataclass(frozen=True)
class Explored:
    """A path by its name, with the talks that took place on it."""

    name: str
    talks: int


@dataclass(frozen=True)
class Overview:
    """Whom a member knows, counted: by stage, by path and what they are, and how far each path is.

    Whoever was archived counts only with the talks that they gave.
    """

    stages: Mapping[Stage, int]
    mixes: Sequence[Mix]
    explored: Sequence[Explored]


async def names(session: AsyncSession) -> list[str]:
    """Give the names of the kinds of job that the member explores, in order of the alphabet."""
    return sorted(await session.scalars(_NAMES), key=str.casefold)


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


async def overview(session: AsyncSession, limit: int = 5) -> Overview:
    """Count a member's people in one question.

    `limit` is how many paths are named: those on which there is anybody, with most talks first,
    then by the alphabet.
    """
    stages: Counter[Stage] = Counter()
    placed: dict[str, Counter[Vantage | None]] = {}
    explored: dict[str, int] = {}
    for vantage, stage, kept, path, talks in await session.execute(_counted()):
        if path is not None:
            explored[path] = talks or 0
        if kept:
            stages[stage] += kept
            placed.setdefault(path or "", Counter())[vantage] += kept
    most_talks_first = sorted(explored.items(), key=lambda it: (-it[1], it[0]))
    return Overview(
        {stage: stages[stage] for stage in Stage if stage in stages},
        [
            Mix(name, {kind: by[kind] for kind in Vantage if kind in by}, by[None])
            for name, by in placed.items()
        ],
        [Explored(name, talks) for name, talks in most_talks_first[:limit]],
    )


@cache
def _counted() -> Select[Vantage | None, Stage, int, str | None, int | None]:
    # Of two who are one the other one's row is kept, and counts no more.
    is_one = Contact.merged_into_id.is_(None)
    kept = (func.count() - func.count(Contact.archived_at)).label("kept")
    # In the order of an index, from which all of it is counted.
    by = Contact.path_id, Contact.vantage, Contact.stage
    people = select(*by, kept).where(is_one).group_by(*by).subquery()
    # Each person in a talk has a touch of it: with several people it is one talk all the same.
    talks = (
        select(Contact.path_id, func.count(Touch.interview_id.distinct()).label("number"))
        .join(Touch, (Touch.contact_id == Contact.id) & _HELD)
        .where(is_one)
        .group_by(Contact.path_id)
        .subquery()
    )
    columns = people.c.vantage, people.c.stage, people.c.kept
    return (
        select(*columns, Path.name, talks.c.number)
        .outerjoin(Path, Path.id == people.c.path_id)
        .outerjoin(talks, talks.c.path_id == people.c.path_id)
    )
