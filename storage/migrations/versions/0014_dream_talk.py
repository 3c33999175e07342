"""The one dream talk.

Revision: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; a member has one contact with it at the most."""
    op.add_column(
        "contacts",
        sa.Column("is_dream", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_contacts_dream",
        "contacts",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("is_dream"),
        sqlite_where=sa.text("is_dream"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_contacts_dream", table_name="contacts")
    op.drop_column("contacts", "is_dream")
