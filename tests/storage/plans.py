"""How the databases would run what the memory asks of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event, text

from storage.engine import create_engine
from storage.sessions import Sessions


async def plans_about_nudges(
    database_url: str, ask: Callable[[Sessions], Awaitable[object]]
) -> list[str]:
    """Give the query plan of each statement about nudges that `ask` leads to, in order."""
    return await plans(database_url, ask, about="nudges")


async def plans(
    database_url: str, ask: Callable[[Sessions], Awaitable[object]], about: str
) -> list[str]:
    """Give the query plan of each statement in which a table is named, in order."""
    engine = create_engine(database_url)
    sqlite = engine.dialect.name == "sqlite"
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if about in statement:
            asked.append((statement, parameters))

    sessions = Sessions(engine)
    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await ask(sessions)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    found = []
    async with engine.connect() as connection:
        if not sqlite:
            # With no row in it PostgreSQL would rather read the whole table.
            await connection.execute(text("SET enable_seqscan = off"))
            # And with few it would rather sort than read in an index's order; it depends on what
            # other tests have left behind.
            await connection.execute(text("SET enable_sort = off"))
        for statement, parameters in asked:
            explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            rows = await connection.exec_driver_sql(explain + statement, parameters)
            found.append(str(rows.all()))
    await sessions.close()
    return found
