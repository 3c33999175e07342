"""Migrations: up, down and up again, and they make what the models say."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select

from domain.vocabulary import PromiseBy, Stage, TouchKind
from storage import contacts, migrate, nudges, touches
from storage.base import Base
from storage.engine import WRITES, create_engine
from storage.migrate import MigrationState
from storage.models import Contact, Promise
from storage.sessions import Sessions
from tests.databases import fresh_postgres_database, sqlite_url
from tests.storage.people import ALMA, NOW, a_contact, a_talk, later
from tests.storage.posts import stored

_BARE = dict.fromkeys(("company", "title", "email", "profile_url", "note"), "")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it, once on each kind."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "empty.db")
    else:
        with fresh_postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield url


async def test_a_database_goes_up_and_down_and_up_again(empty_database_url: str) -> None:
    newest = (await _state(empty_database_url)).newest
    assert newest is not None
    for _ in range(2):
        await migrate.upgrade(empty_database_url)
        state = await _state(empty_database_url)
        assert (state, state.up_to_date) == (MigrationState(newest, newest), True)
        await migrate.upgrade(empty_database_url)
        await migrate.downgrade(empty_database_url, "base")
        state = await _state(empty_database_url)
        assert (state, state.up_to_date) == (MigrationState(None, newest), False)
        assert await _inspected(empty_database_url, _tables) == {"alembic_version"}


async def test_migrations_make_what_the_models_say(empty_database_url: str) -> None:
    await migrate.upgrade(empty_database_url)
    assert await _inspected(empty_database_url, _differences) == []
    migrated = await _inspected(empty_database_url, _checks)
    await migrate.downgrade(empty_database_url, "base")
    await _make_from_models(empty_database_url)
    assert await _inspected(empty_database_url, _checks) == migrated
    assert {"ck_members_digest_hour", "ck_interviews_minutes"} <= migrated.keys()


async def test_what_was_logged_is_kept_by_every_step_down_and_up(empty_database_url: str) -> None:
    await migrate.upgrade(empty_database_url)
    sessions = Sessions(create_engine(empty_database_url))
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await touches.log(session, contact.id, TouchKind.ASKED, NOW, note="Dear Ada", now=NOW)
        until = later(days=60).date()
        await touches.log(session, contact.id, TouchKind.NOT_NOW, NOW, until=until, now=NOW)
    for step in ("0004", "0003", "0002", "0001"):
        await migrate.downgrade(empty_database_url, step)
    await migrate.upgrade(empty_database_url)
    async with sessions.reading(ALMA) as session:
        kept = [(t.kind, t.note) for t in await touches.of_contact(session, contact.id)]
        assert (await contacts.get(session, contact.id)).stage == Stage.REPLIED
    assert kept == [(TouchKind.REPLIED, ""), (TouchKind.ASKED, "Dear Ada")]
    await sessions.close()


async def test_what_was_said_of_a_promise_or_a_talk_counts_after_an_upgrade(
    empty_database_url: str,
) -> None:
    await migrate.upgrade(empty_database_url)
    sessions = Sessions(create_engine(empty_database_url))
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(days=9))
        due_on = later(days=4).date()
        mine = Promise(
            contact_id=talk.contact_id,
            by=PromiseBy.ME,
            what="My notes",
            due_on=due_on,
            created_at=NOW,
        )
        session.add(mine)
        await session.flush()
        await nudges.reconcile_all(session, NOW)
    keys = {
        f"my_promise:{mine.id}:{due_on}",
        f"unprepared:{talk.id}:{talk.starts_at:%Y-%m-%d}",
    }
    assert keys <= await _keys(sessions)
    await migrate.downgrade(empty_database_url, "0016")
    assert {f"my_promise:{mine.id}", f"unprepared:{talk.id}"} <= await _keys(sessions)
    await migrate.upgrade(empty_database_url)
    assert keys <= await _keys(sessions)
    await sessions.close()


async def test_what_everybody_is_found_by_is_folded_by_the_step_as_by_the_memory(
    empty_database_url: str,
) -> None:
    """Of whoever was archived, too; and there are more than the step folds at a time."""
    await migrate.upgrade(empty_database_url)
    sessions = Sessions(create_engine(empty_database_url))
    typed = {"company": "  ACME\tLtd ", "tags": "Berlin, E\u0301COLE", "note": "Met\n\nBEN"}
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session, "ADA Brook", **typed)
        await contacts.archive(session, contact.id, NOW)
        session.add_all(
            Contact(**_BARE, name=f"Person {number}", created_at=NOW, updated_at=NOW)
            for number in range(1_200)
        )
    kept = await _inspected(empty_database_url, _search_keys)
    assert kept[0] == "ada brook\nacme ltd\nberlin, école\nmet ben"
    assert kept[-1] == "person 1199"
    await migrate.downgrade(empty_database_url, "0020")
    await migrate.upgrade(empty_database_url)
    assert await _inspected(empty_database_url, _search_keys) == kept
    await sessions.close()


async def test_two_processes_may_upgrade_at_once(empty_database_url: str) -> None:
    await asyncio.gather(*(migrate.upgrade(empty_database_url) for _ in range(3)))
    assert (await _state(empty_database_url)).up_to_date


async def test_migrations_say_nothing_by_themselves(
    empty_database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    await migrate.upgrade(empty_database_url)
    assert capfd.readouterr() == ("", "")


async def _keys(sessions: Sessions) -> set[str]:
    return {nudge.key for nudge in await stored(sessions, ALMA)}


async def _state(url: str) -> MigrationState:
    engine = create_engine(url)
    try:
        return await migrate.state(engine)
    finally:
        await engine.dispose()


async def _inspected(url: str, look: Any) -> Any:
    engine = create_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


def _search_keys(connection: Connection) -> list[str]:
    return list(connection.scalars(select(Contact.search_key).order_by(Contact.id)))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def _checks(connection: Connection) -> dict[str, str]:
    """What each CHECK says, by name: Alembic does not compare them."""
    inspector = inspect(connection)
    return {
        str(check["name"]): check["sqltext"]
        for table in Base.metadata.tables
        for check in inspector.get_check_constraints(table)
    }


async def _make_from_models(url: str) -> None:
    engine = create_engine(url)
    try:
        async with engine.execution_options(**{WRITES: True}).begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
    finally:
        await engine.dispose()
