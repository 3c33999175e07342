"""No verb ever gives, changes or deletes another member's row, also when handed another's id."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import CompoundSelect, Text, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import class_mapper

from domain.vocabulary import DebriefQuestion, ResearchItem, TouchKind
from storage import (
    assumptions,
    debriefs,
    dialogue_replies,
    dialogues,
    guests,
    interviews,
    merging,
    questions,
    research,
    touches,
)
from storage.base import Base, OwnedByMember
from storage.debriefs import FirstPage, SecondPage
from storage.dialogue_replies import Reply
from storage.errors import Gone
from storage.models import (
    Assumption,
    Contact,
    Dialogue,
    Interview,
    Member,
    Merge,
    Nudge,
    PickedQuestion,
    Promise,
    Touch,
)
from storage.nudges import Claimed
from storage.questions import Pick
from storage.sessions import MemberKey, Sessions
from tests.storage.people import ALMA, BRUNO, CLEO, NOW, a_contact, a_talk, later
from tests.storage.posts import everything_claimed
from tests.storage.verbs import MODULES, VERBS, Ids

EVERYBODY = (ALMA, BRUNO, CLEO)
# The tables whose ids requests carry, in the order of `Ids`.
TABLES: tuple[Any, ...] = (
    Contact,
    Interview,
    Promise,
    Nudge,
    Assumption,
    PickedQuestion,
    Dialogue,
    Merge,
    Touch,
)
ALL_IDS = union_all(
    *(select(literal(number), table.id) for number, table in enumerate(TABLES))
).order_by("id")
Rows = dict[int, set[tuple[str, str]]]

a_request = st.tuples(
    st.sampled_from(EVERYBODY),
    st.sampled_from(sorted(VERBS)),
    st.tuples(*[st.integers(0, 50)] * len(TABLES)),
)


@pytest.fixture
async def crowd(sessions: Sessions) -> Sessions:
    """Three members in two workspaces, each with rows in every table, nudges in every state."""
    for who in EVERYBODY:
        async with sessions.member(who) as session:
            ben = await a_contact(session, "Same Name", path=f"Path of {who}")
            other = await a_contact(session, "Contact", introduced_by_id=ben.id)
            await a_talk(session, later(hours=-8), "Contact of an open talk")
            talk = await a_talk(session, later(hours=-5), "Contact of a talk")
            await guests.be_there(session, talk, [ben.id])
            await debriefs.save_first(session, talk.id, FirstPage(f"Takeaway of {who}"), NOW)
            page = SecondPage(("SQL",), ("Contact named",), f"Promise of {who}")
            await debriefs.save_second(session, talk.id, page, NOW)
            await research.save(session, ben.id, {ResearchItem.WORK: f"Found by {who}"}, NOW)
            await assumptions.write(session, ben.id, {}, [f"Belief of {who}"], NOW)
            await dialogues.begin(session, talk.id, NOW)
            await dialogues.posted(session, talk.id, DebriefQuestion.PICTURE, "D1", "1.0")
            said = f"Yes\nlikes: Liked by {who}"
            await dialogue_replies.take(session, Reply("2.0", said, "UTC"), NOW)
            picks = [Pick("bad_week"), Pick(own_words=f"Question of {who}")]
            await questions.pick(session, talk.id, picks, NOW)
            twice = await a_contact(session, f"Twice of {who}")
            await merging.merge(session, other.id, twice.id, NOW)
            await touches.log(session, ben.id, TouchKind.ASKED, NOW, note=f"By {who}", now=NOW)
            mistake = await touches.log(session, ben.id, TouchKind.NOTE, NOW, now=NOW)
            await touches.remove(session, mistake.id, NOW)
    await everything_claimed(sessions, NOW, owner="it")
    async with sessions.member(ALMA) as session:
        await interviews.took_place(session, 1, NOW)
    return sessions


def test_every_verb_is_tried() -> None:
    there = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, verb in vars(module).items()
        if inspect.iscoroutinefunction(verb) and not name.startswith("_") and _own(module, verb)
    }
    assert there == VERBS.keys()


async def test_a_verb_that_is_handed_anothers_ids_finds_nothing(crowd: Sessions) -> None:
    rows = await _rows(crowd)
    for name in VERBS:
        for who, other in ((ALMA, BRUNO), (BRUNO, CLEO), (CLEO, ALMA)):
            for position in range(2):
                ids = await _ids_of(crowd, other, position)
                rows = await _try(crowd, who, name, ids, rows)


@given(requests=st.lists(a_request, min_size=1, max_size=6))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_whatever_members_do_they_reach_their_own_rows_only(
    crowd: Sessions, requests: list[tuple[MemberKey, str, tuple[int, ...]]]
) -> None:
    rows = await _rows(crowd)
    for who, name, picks in requests:
        pools = await _all_ids(crowd)
        chosen = [pool[pick % len(pool)] for pool, pick in zip(pools, picks, strict=True)]
        rows = await _try(crowd, who, name, Ids(*chosen), rows)


async def _try(crowd: Sessions, who: MemberKey, name: str, ids: Ids, before: Rows) -> Rows:
    """Use a verb, and give all rows as they are afterwards."""
    async with crowd.reading(who) as session:
        me: int = session.info["member_id"]
    result = None
    with suppress(Gone):
        async with crowd.member(who) as session:
            result = await VERBS[name](session, ids)
    after = await _rows(crowd)
    assert {m: rows for m, rows in after.items() if m != me} == {
        m: rows for m, rows in before.items() if m != me
    }, f"{name} changed somebody else's rows"
    for row in _found(result):
        owner = row.id if isinstance(row, Member) else row.member_id
        assert owner == me, f"{name} gave somebody else's {type(row).__name__}"
    for other in EVERYBODY:
        assert other == who or str(other) not in repr(result)
    return after


async def _rows(crowd: Sessions) -> Rows:
    """Give every row of every table, by the member to whom it belongs: one question for all."""
    rows: Rows = {}
    async with crowd.unscoped() as session:
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        for owner, table, row in await session.execute(_everything(is_sqlite)):
            rows.setdefault(owner, set()).add((table, row))
    return rows


@cache
def _everything(is_sqlite: bool) -> CompoundSelect[Any]:
    # Each row as the database's own text: nobody here needs the values.
    parts = []
    for table in Base.metadata.sorted_tables:
        owner = table.c.get("member_id", table.c.id if table.name == "members" else None)
        if owner is not None:
            columns = [cast(column, Text) for column in table.c]
            text = func.json_array(*columns) if is_sqlite else func.json_build_array(*columns)
            parts.append(select(owner, literal(table.name), cast(text, Text)))
    return union_all(*parts)


async def _all_ids(crowd: Sessions) -> list[list[int]]:
    """Give the ids that stand in each of TABLES, in order: one question for all."""
    async with crowd.unscoped() as session:
        return await _pools(session)


async def _ids_of(crowd: Sessions, who: MemberKey, position: int) -> Ids:
    """Give ids of one member's rows."""
    async with crowd.reading(who) as session:
        pools = await _pools(session)
    return Ids(*(pool[position % len(pool)] for pool in pools))


async def _pools(session: AsyncSession) -> list[list[int]]:
    pools: list[list[int]] = [[] for _ in TABLES]
    for number, row_id in await session.execute(ALL_IDS):
        pools[number].append(row_id)
    return pools


def _found(result: Any, seen: frozenset[int] = frozenset()) -> Iterator[Any]:
    """Give all rows in what a verb gave, with those that hang on them."""
    if isinstance(result, OwnedByMember | Member):
        yield result
        if id(result) in seen:
            # Two contacts may have introduced each other.
            return
        for name in class_mapper(type(result)).relationships.keys() & vars(result).keys():
            yield from _found(getattr(result, name), seen | {id(result)})
    elif isinstance(result, Claimed):
        yield result
    elif isinstance(result, list | tuple | set):
        for item in result:
            yield from _found(item, seen)


def _own(module: Any, verb: Any) -> bool:
    """Tell a module's verbs, also those it passes on under its name, from what it imports."""
    exported = getattr(module, "__all__", None)
    return verb.__module__ == module.__name__ or (
        exported is not None and verb.__name__ in exported
    )
