"""Isolation by construction: a session that was opened for a member reaches nobody else's rows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from domain.vocabulary import TouchKind
from storage import contact_lists, contacts, removal
from storage.errors import OutOfScope
from storage.models import Contact, Interview, Member, Touch, Workspace
from storage.scope import WITH_REMOVED
from storage.sessions import Sessions
from tests.storage.people import ALMA, BRUNO, CLEO, NOW, a_contact, a_talk

Other = aliased(Contact)

QUERIES: dict[str, Callable[[], Any]] = {
    "a class": lambda: select(Contact.name),
    "an alias": lambda: select(Other.name),
    "a whole row": lambda: select(Contact).with_only_columns(Contact.name),
    "a join": lambda: select(Contact.name).join(Interview, Interview.contact_id == Contact.id),
    "a join to it": lambda: select(Contact.name).select_from(Interview).join(Interview.contact),
    "an outer join": lambda: (
        select(Contact.name).select_from(Member).outerjoin(Contact, Contact.member_id == Member.id)
    ),
    "a product": lambda: select(Other.name).where(Contact.id != Other.id - 1000),
    "a subquery": lambda: select(select(Contact.name).subquery()),
    "a common table": lambda: select(select(Contact.name).cte().c.name),
    "a union": lambda: select(Contact.name).union(select(Other.name)),
    "a scalar subquery": lambda: select(
        select(func.max(Contact.name)).select_from(Contact).scalar_subquery()
    ),
    "a lookup": lambda: select(Contact.name).where(Contact.id.in_(select(Other.id))),
    "an aggregate": lambda: select(func.max(Contact.name)),
    "or": lambda: select(Contact.name).where((Contact.id > 0) | (Contact.member_id > 0)),
}


AnotherTalk = aliased(Interview)
REMOVED: dict[str, Callable[[], Any]] = {
    "a class": lambda: select(Interview),
    "a column": lambda: select(Interview.starts_at),
    "an alias": lambda: select(AnotherTalk.id),
    "a join": lambda: select(Contact.id).join(Interview, Interview.contact_id == Contact.id),
    "an outer join": lambda: (
        select(Interview.id)
        .select_from(Contact)
        .outerjoin(Interview, Interview.contact_id == Contact.id)
    ),
    "a subquery": lambda: select(select(Interview.id).subquery()),
    "a lookup": lambda: select(Contact.id).where(Contact.id.in_(select(Interview.contact_id))),
    "an aggregate": lambda: select(func.count(Interview.id)),
    "or": lambda: select(Interview.id).where((Interview.id > 0) | Interview.removed_at.is_(None)),
}


@pytest.fixture
async def everybody(sessions: Sessions) -> Sessions:
    """Three members in two workspaces, each with a contact who bears the member's own name."""
    for who in (ALMA, BRUNO, CLEO):
        async with sessions.member(who) as session:
            await a_talk(session, name=f"Contact of {who.team_id} {who.user_id}")
    return sessions


async def everything(sessions: Sessions) -> list[tuple[Any, ...]]:
    """Give all contacts of all members, as rows."""
    async with sessions.unscoped() as session:
        rows = await session.execute(
            select(Contact.id, Contact.member_id, Contact.name, Contact.note).order_by(Contact.id)
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
async def test_every_kind_of_query_gives_own_rows_only(
    everybody: Sessions, query: Callable[[], Any]
) -> None:
    for who in (ALMA, BRUNO, CLEO):
        async with everybody.reading(who) as session:
            found = set(await session.scalars(query()))
        assert found == {f"Contact of {who.team_id} {who.user_id}"}


async def test_asking_whether_somebody_elses_row_exists_says_no(everybody: Sessions) -> None:
    async with everybody.member(ALMA) as session:
        theirs = exists(Contact.id).where(Contact.name == "Contact of T1 U2")
        assert (await session.scalars(select(Member.id).where(theirs))).all() == []
        assert (await session.scalars(select(func.count(Contact.id)))).one() == 1


async def test_a_member_sees_themselves_and_their_workspace_only(everybody: Sessions) -> None:
    async with everybody.reading(CLEO) as session:
        [member] = await session.scalars(select(Member))
        [workspace] = await session.scalars(select(Workspace))
    assert (workspace.team_id, member.slack_user_id) == ("T2", "U1")


async def test_loading_by_id_and_along_relationships_stays_with_the_member(
    everybody: Sessions,
) -> None:
    ids = [row[0] for row in await everything(everybody)]
    async with everybody.member(BRUNO) as session:
        found = [await session.get(Contact, contact_id) for contact_id in ids]
        assert [contact and contact.name for contact in found] == [None, "Contact of T1 U2", None]
        query = select(Interview).options(joinedload(Interview.contact))
        [talk] = await session.scalars(query)
        assert talk.contact is found[1]


@pytest.mark.parametrize("query", REMOVED.values(), ids=REMOVED.keys())
async def test_no_kind_of_query_gives_what_was_deleted(
    everybody: Sessions, query: Callable[[], Any]
) -> None:
    """Nor does one of delivery; unless the question says that it is about that, too."""
    async with everybody.member(ALMA) as session:
        [talk] = await session.scalars(select(Interview))
        await removal.remove_talk(session, talk.id, NOW)
    async with everybody.reading(ALMA) as session:
        assert (await session.scalars(query())).all() in ([], [0], [None])
        with_removed = query().execution_options(**WITH_REMOVED)
        assert (await session.scalars(with_removed)).all() not in ([], [0], [None])
    async with everybody.unscoped() as session:
        found = await session.scalars(select(Interview.id))
        assert talk.id not in found.all()


async def test_updates_and_deletes_reach_own_rows_only(everybody: Sessions) -> None:
    before = await everything(everybody)
    async with everybody.member(ALMA) as session:
        await session.execute(update(Contact).values(note="mine"))
        await session.execute(
            update(Contact).where(Contact.id.in_(select(Other.id))).values(note="mine")
        )
    after = await everything(everybody)
    assert [row[3] for row in after] == ["mine", "", ""]
    async with everybody.member(BRUNO) as session:
        await session.execute(delete(Contact))
    assert await everything(everybody) == [after[0], before[2]]


async def test_new_rows_are_stamped_with_their_owner(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        assert contact.member_id == session.info["member_id"]


@pytest.mark.parametrize(
    "statement",
    [
        lambda: insert(Contact).values(member_id=1, name="x"),
        lambda: insert(Contact.__table__).values(member_id=1, name="x"),  # type: ignore[arg-type]  # a FromClause to mypy
        lambda: select(Contact.__table__),
        lambda: select(func.count()).select_from(Contact.__table__),
        lambda: delete(Contact.__table__),  # type: ignore[arg-type]  # a FromClause to mypy
        lambda: select(exists().where(Contact.id > 0)),
        lambda: text("SELECT name FROM contacts"),
    ],
)
async def test_ways_round_the_filter_are_refused(
    everybody: Sessions, statement: Callable[[], Any]
) -> None:
    async with everybody.member(ALMA) as session:
        with pytest.raises(OutOfScope):
            await session.execute(statement())


@pytest.mark.parametrize("bulk", ["bulk_insert_mappings", "bulk_update_mappings"])
async def test_bulk_operations_are_refused(sessions: Sessions, bulk: str) -> None:
    async with sessions.member(ALMA) as session:
        with pytest.raises(OutOfScope):
            getattr(session.sync_session, bulk)(Contact, [])
        with pytest.raises(OutOfScope):
            session.sync_session.bulk_save_objects([])


async def _give_away(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    own.member_id = theirs.member_id


async def _take_over(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    session.add(theirs)
    theirs.note = "mine now"


async def _claim(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    session.add(theirs)
    theirs.member_id = own.member_id


async def _remove(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    session.add(theirs)
    await session.delete(theirs)


async def _plant(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    path = Contact(name="x", member_id=theirs.member_id)
    session.add(path)


async def _new_member(session: AsyncSession, own: Contact, theirs: Contact) -> None:
    session.add(Member(workspace_id=1, slack_user_id="U9"))


@pytest.mark.parametrize("deed", [_give_away, _take_over, _claim, _remove, _plant, _new_member])
async def test_rows_of_somebody_else_cannot_be_written(
    everybody: Sessions, deed: Callable[[AsyncSession, Contact, Contact], Any]
) -> None:
    before = await everything(everybody)
    async with everybody.reading(BRUNO) as session:
        [theirs] = await contact_lists.page(session, NOW)
    with pytest.raises(OutOfScope):
        async with everybody.member(ALMA) as session:
            [own] = await contact_lists.page(session, NOW)
            await deed(session, own, theirs)
            await session.flush()
    assert await everything(everybody) == before


async def test_the_schema_itself_refuses_a_reference_to_somebody_elses_row(
    everybody: Sessions,
) -> None:
    alma, bruno, _ = await everything(everybody)
    touch = Touch(
        member_id=alma[1],
        contact_id=bruno[0],
        kind=TouchKind.NOTE,
        at=NOW,
        note="",
        created_at=NOW,
    )
    with pytest.raises(IntegrityError):
        async with everybody.unscoped() as session:
            session.add(touch)
    with pytest.raises(IntegrityError):
        async with everybody.unscoped() as session:
            await session.execute(
                update(Contact).where(Contact.id == alma[0]).values(introduced_by_id=bruno[0])
            )


async def test_deleting_an_introducer_leaves_who_was_introduced(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        introducer = await a_contact(session, "Ben Hill")
        contact_id = (await a_contact(session, introduced_by_id=introducer.id)).id
    async with sessions.member(ALMA) as session:
        await session.delete(await contacts.get(session, introducer.id))
    async with sessions.reading(ALMA) as session:
        assert (await contacts.get(session, contact_id)).introduced_by is None


async def test_deleting_a_member_takes_all_that_is_theirs(everybody: Sessions) -> None:
    async with everybody.unscoped() as session:
        await session.execute(delete(Member).where(Member.slack_user_id == "U1"))
    assert [row[2] for row in await everything(everybody)] == ["Contact of T1 U2"]
    async with everybody.unscoped() as session:
        assert len((await session.scalars(select(Interview.id))).all()) == 1


async def test_a_reading_session_refuses_to_write(everybody: Sessions) -> None:
    before = await everything(everybody)
    with pytest.raises(OutOfScope):
        async with everybody.reading(ALMA) as session:
            await a_contact(session, "Ben Hill")
    with pytest.raises(OutOfScope):
        async with everybody.reading(ALMA) as session:
            [own] = await contact_lists.page(session, NOW)
            own.note = "changed"
    with pytest.raises(OutOfScope):
        async with everybody.reading(ALMA) as session:
            await session.execute(update(Contact).values(note="changed"))
    assert await everything(everybody) == before


async def test_a_session_that_nobody_opened_for_anybody_runs_nothing(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        session.info.clear()
        with pytest.raises(OutOfScope):
            await session.scalars(select(Contact))
