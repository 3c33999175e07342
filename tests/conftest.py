"""Fixtures that every room's tests may ask for."""

from tests.databases import (
    database_url,
    postgres_template,
    postgres_url,
    sessions,
    sqlite_template,
)

__all__ = ["database_url", "postgres_template", "postgres_url", "sessions", "sqlite_template"]
