"""All that a contact is found by, folded into one column.

Revision: 0021
"""

from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# Contacts are read and written so many at a time: there may be millions.
_AT_ONCE = 1000
_CONTACTS = sa.table(
    "contacts",
    sa.column("id", sa.Integer),
    sa.column("search_key", sa.Text),
    *(sa.column(said, sa.Text) for said in ("name", "company", "title", "tags", "note")),
)


def upgrade() -> None:
    """Add it, and fold what is known of everybody."""
    with op.batch_alter_table("contacts") as contacts:
        contacts.add_column(
            sa.Column("search_key", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    connection = op.get_bind()
    keep = _CONTACTS.update().where(_CONTACTS.c.id == sa.bindparam("which"))
    keep = keep.values(search_key=sa.bindparam("folded"))
    for some in _everybody(connection):
        connection.execute(keep, [{"which": row[0], "folded": _folded(row[1:])} for row in some])


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_column("search_key")


def _everybody(connection: sa.Connection) -> Iterator[Sequence[Sequence[Any]]]:
    known = _CONTACTS.c
    question = sa.select(known.id, known.name, known.company, known.title, known.tags, known.note)
    question = question.order_by(known.id).limit(_AT_ONCE)
    some = connection.execute(question).all()
    while some:
        yield some
        some = connection.execute(question.where(known.id > some[-1][0])).all()


def _folded(texts: Sequence[str]) -> str:
    """Fold them as they were folded when this was written."""
    lines = (" ".join(normalize("NFC", text.casefold()).split()) for text in texts)
    return "\n".join(line for line in lines if line)
