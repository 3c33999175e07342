"""What can go wrong in the memory, in the words that handlers answer to."""

import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft


class Gone(Exception):
    """A row is not there, or not this member's: to the asker that is the same."""


class DatabaseAway(Exception):
    """The database cannot be reached, was locked too long, or timed out: nothing was saved."""


class WrongDatabase(Exception):
    """The database URL leads to no database that can be used; the text says why, in a sentence."""


class DatabaseAhead(WrongDatabase):
    """A newer version of the program has migrated the database: this one would do it harm."""


class OutOfScope(Exception):
    """The program tried to reach past the member that a session was opened for: a bug."""


# SQLSTATE classes of PostgreSQL that say "try again later": connection, deadlock or serialisation,
# out of resources, lock not available or a cancelled statement, shutting down, system error.
_AWAY_STATES = ("08", "40", "53", "55", "57", "58")
# Those that are the operator's to put right.
_WRONG_STATES = {
    "28": "the server refuses this user or password",
    "3D": "there is no database of that name on the server",
}


def means_away(error: BaseException) -> bool:
    """Say whether an error means that the database is away, rather than a wrong statement."""
    if isinstance(error, NoConnectionLeft):
        return True
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        told = _told_by_database(error)
        return isinstance(error, OperationalError) if told is None else told
    told = _told_by_database(error)
    return isinstance(error, TimeoutError | OSError) if told is None else told


def means_wrong(error: BaseException) -> str | None:
    """Say why a database will not be there later either; None if the error says nothing of it."""
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error) and _primary_code(cause) == sqlite3.SQLITE_NOTADB:
            return "it is not a database"
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str):
            return _WRONG_STATES.get(state[:2])
    return None


def _primary_code(error: sqlite3.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _told_by_database(error: BaseException) -> bool | None:
    """Read the database's own error code: True and False are certain, None is no code."""
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error):
            code = _primary_code(cause)
            # SQLITE_ERROR is a wrong statement, not trouble.
            if code is not None:
                return isinstance(cause, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str):
            return state.startswith(_AWAY_STATES)
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = getattr(cause, "orig", None) or cause.__cause__
