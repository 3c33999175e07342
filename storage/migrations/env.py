"""Runs the steps on the connection that `storage.migrate` opened, in its transaction."""

from alembic import context

from storage.models import Contact

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Contact.metadata,
    # Both databases can take a half-done step back; Alembic doubts it of SQLite.
    transactional_ddl=True,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
