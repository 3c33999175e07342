"""Fixtures that every room's tests may ask for."""

from tests import speed
from tests.databases import (
    database_url,
    postgres_database,
    postgres_url,
    sessions,
    sqlite_template,
)

__all__ = ["database_url", "postgres_database", "postgres_url", "sessions", "sqlite_template"]

speed.share_compiled_statements()
speed.hurry_uvicorn()


def pytest_collection_finish() -> None:
    """Begin the tests proper."""
    speed.leave_what_stays_alone()
