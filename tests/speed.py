"""What makes many tests with an engine each affordable, and changes nothing that they show."""

import asyncio
import gc
from types import ModuleType

import uvicorn.server
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

_compiled: dict[object, object] = {}


def share_compiled_statements() -> None:
    """Let all engines of this process share the SQL that was compiled for one of them.

    An engine of each test's own compiles the same hundreds of statements anew: a third of the
    time that a story takes. All engines of a kind are made alike, so what fits one fits all.
    """
    DefaultDialect.__eq__ = _of_one_kind  # type: ignore[method-assign]
    DefaultDialect.__hash__ = _kind  # type: ignore[assignment, method-assign]

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=_compiled)


def _of_one_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))


def hurry_uvicorn() -> None:
    """Let uvicorn look ten times as often whether it is to stop: each test's bot waits for it."""
    hurried = ModuleType("asyncio")
    hurried.__dict__.update(vars(asyncio), sleep=lambda seconds: asyncio.sleep(seconds / 10))
    uvicorn.server.asyncio = hurried  # type: ignore[attr-defined]  # what it has imported


def leave_what_stays_alone() -> None:
    """Keep the garbage collector from looking again and again at what was imported for good."""
    gc.collect()
    gc.freeze()
