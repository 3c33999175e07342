"""Units of work: all or nothing, and one word for a database that is away."""

import asyncio
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from domain.vocabulary import Stage, TouchKind
from storage import contacts, members, migrate, touches
from storage.engine import BUSY_TIMEOUT_MS, create_engine
from storage.errors import DatabaseAway, Gone
from storage.models import Contact
from storage.sessions import Sessions
from tests.databases import postgres_server, sqlite_url
from tests.storage.people import ALMA, BRUNO, NOW, a_contact, fields


async def test_a_block_that_fails_leaves_nothing_behind(sessions: Sessions) -> None:
    with pytest.raises(Gone):
        async with sessions.member(ALMA) as session:
            await a_contact(session)
            await contacts.get(session, 999)
    async with sessions.reading(ALMA) as session:
        assert await contacts.count(session) == 0


async def test_however_much_is_delivered_at_once_a_member_is_answered(sessions: Sessions) -> None:
    async with sessions.member(BRUNO) as session:
        bruno = (await members.current(session)).id
    async with sessions.member(ALMA):
        pass
    done = asyncio.Event()

    async def deliver() -> None:
        async with sessions.member_by_id(bruno):
            await done.wait()

    async with asyncio.TaskGroup() as deliveries:
        for _ in range(40):
            deliveries.create_task(deliver())
        await asyncio.sleep(0)  # all have asked before the member does
        async with sessions.reading(ALMA) as session:
            assert await contacts.count(session) == 0
        done.set()


async def test_a_moment_without_a_zone_is_refused(sessions: Sessions) -> None:
    naive = NOW.replace(tzinfo=None)
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        with pytest.raises(StatementError, match="needs a time zone"):
            await touches.log(session, contact.id, TouchKind.NOTE, naive, now=NOW)


async def test_moments_come_back_in_utc_whatever_their_zone(sessions: Sessions) -> None:
    moment = datetime(2026, 3, 11, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    async with sessions.member(ALMA) as session:
        contact_id = (await contacts.add(session, fields(), moment)).id
    async with sessions.reading(ALMA) as session:
        found = (await contacts.get(session, contact_id)).created_at
    assert (found, found.tzinfo) == (moment, UTC)
    assert found.day == 12


async def test_the_schema_refuses_a_word_that_is_none_of_the_practices(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        contact.stage = "famous"  # type: ignore[assignment]  # wrong on purpose
        with pytest.raises(StatementError):
            await session.flush()
        await session.rollback()


async def test_a_mistake_of_the_program_is_not_told_as_a_database_that_is_away(
    sessions: Sessions,
) -> None:
    with pytest.raises(IntegrityError):
        async with sessions.member(ALMA) as session:
            session.add(Contact(name="Ada Brook", created_at=NOW, updated_at=NOW))


async def test_many_members_write_at_once(sessions: Sessions) -> None:
    async def write(number: int) -> None:
        async with sessions.member(ALMA if number % 2 else BRUNO) as session:
            await a_contact(session, f"Person {number}")

    await asyncio.gather(*(write(number) for number in range(20)))
    async with sessions.reading(ALMA) as session:
        assert await contacts.count(session) == 10


async def test_a_form_sent_twice_at_the_same_time_is_one(database_url: str) -> None:
    processes = [Sessions(create_engine(database_url)) for _ in range(2)]

    async def send(sessions: Sessions) -> int:
        async with sessions.member(ALMA) as session:
            return (await contacts.add(session, fields(), NOW, form_id="V1")).id

    ids = await asyncio.gather(*(send(sessions) for sessions in processes * 3))
    for sessions in processes:
        await sessions.close()
    assert len(set(ids)) == 1


async def test_rows_outlive_their_session(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session, path="Nurse")
        await touches.log(session, contact.id, TouchKind.ASKED, NOW, now=NOW)
    assert (contact.name, contact.stage) == ("Ada Brook", Stage.ASKED)
    assert contact.path is not None and contact.path.name == "Nurse"


async def test_a_locked_sqlite_is_away_and_nothing_was_saved(
    tmp_path: Path, sqlite_template: Path
) -> None:
    path = tmp_path / "rapport.db"
    path.write_bytes(sqlite_template.read_bytes())
    sessions = Sessions(create_engine(sqlite_url(path)))
    async with sessions.member(ALMA) as session:
        await a_contact(session)
    started = asyncio.get_running_loop().time()
    with _held(path):
        async with sessions.reading(ALMA) as session:
            assert await contacts.count(session) == 1
        with pytest.raises(DatabaseAway):
            async with sessions.member(ALMA) as session:
                await a_contact(session, "Ben Hill")
    waited = asyncio.get_running_loop().time() - started
    async with sessions.member(ALMA) as session:
        assert await contacts.count(session) == 1
    await sessions.close()
    assert waited < BUSY_TIMEOUT_MS / 1000 + 0.4


async def test_who_gives_up_waiting_for_a_locked_sqlite_keeps_nobody_out(
    tmp_path: Path, sqlite_template: Path
) -> None:
    """Whoever waits for the write lock does so beside the loop, and takes it for nobody."""
    path = tmp_path / "rapport.db"
    path.write_bytes(sqlite_template.read_bytes())
    sessions = Sessions(create_engine(sqlite_url(path)))
    async with sessions.member(ALMA) as session:
        await a_contact(session)

    async def write() -> None:
        async with sessions.member(ALMA) as session:
            await a_contact(session, "Ben Hill")

    with _held(path):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(write(), 0.1)
        async with sessions.reading(ALMA) as session:
            assert await contacts.count(session) == 1
    await write()
    other = Sessions(create_engine(sqlite_url(path)))
    async with other.member(ALMA) as session:
        assert await contacts.count(session) == 2
    await other.close()
    await sessions.close()


async def test_an_sqlite_file_is_private_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "some" / "where" / "rapport.db"
    await migrate.upgrade(sqlite_url(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_database_that_cannot_be_opened_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    sessions = Sessions(create_engine(sqlite_url(tmp_path / "file" / "rapport.db")))
    with pytest.raises(DatabaseAway):
        async with sessions.member(ALMA):
            pass
    with pytest.raises(DatabaseAway):
        await migrate.upgrade(sqlite_url(tmp_path / "file" / "rapport.db"))
    await sessions.close()


async def test_a_database_without_a_schema_is_a_mistake_not_away(tmp_path: Path) -> None:
    sessions = Sessions(create_engine(sqlite_url(tmp_path / "empty.db")))
    with pytest.raises(OperationalError, match="no such table"):
        async with sessions.member(ALMA):
            pass
    await sessions.close()


async def test_a_stopped_postgresql_is_away() -> None:
    with postgres_server() as url:
        await migrate.upgrade(url)
        sessions = Sessions(create_engine(url))
        async with sessions.member(ALMA) as session:
            await a_contact(session)
    with pytest.raises(DatabaseAway):
        async with sessions.member(ALMA) as session:
            await contacts.count(session)
    with pytest.raises(DatabaseAway):
        await migrate.upgrade(url)
    await sessions.close()


async def test_a_cut_connection_breaks_no_later_request(postgres_url: str) -> None:
    sessions = Sessions(create_engine(postgres_url))
    await _cut_all(postgres_url, sessions)
    async with sessions.unscoped() as session:
        assert await session.scalar(select(1)) == 1
    await sessions.close()


@pytest.mark.parametrize(
    "url", ["", "secret", "mysql://u:secret@h/d", "postgresql://u:secret@h:x/"]
)
def test_a_database_url_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        create_engine(url)
    assert "secret" not in str(refused.value)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the write lock of an SQLite file, as another process would."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def _cut_all(url: str, sessions: Sessions) -> None:
    """Have the server end the connection that `sessions` keeps for later."""
    async with sessions.unscoped() as session:
        pid = await session.scalar(select(func.pg_backend_pid()))
    engine = create_engine(url)
    async with engine.begin() as connection:
        await connection.execute(select(func.pg_terminate_backend(pid)))
    await engine.dispose()
