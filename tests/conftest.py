"""Fixtures that every room's tests may ask for."""

from tests import speed
from tests.databases import (
    database_url,
    postgres_database,
    postgres_url,
    sessions,
    sqlite_template,
)
from tests.slack_types import shown

__all__ = ["database_url", "postgres_database", "postgres_url", "sessions", "sqlite_template"]

speed.share_compiled_statements()
speed.hurry_uvicorn()
shown.keep_what_every_sandbox_shows()


def pytest_collection_finish() -> None:
    """Begin the tests proper."""
    speed.leave_what_stays_alone()
