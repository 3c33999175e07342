"""How often a member's facts have changed, and an index for nudges that could not be sent.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both; to begin with, nobody's facts have changed."""
    count = sa.Column("facts_version", sa.Integer(), server_default="0", nullable=False)
    op.add_column("members", count)
    op.create_index(
        "ix_nudges_failed",
        "nudges",
        ["makes_sense_until"],
        unique=False,
        postgresql_where=sa.text("status = 'failed'"),
        sqlite_where=sa.text("status = 'failed'"),
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_index(
        "ix_nudges_failed",
        table_name="nudges",
        postgresql_where=sa.text("status = 'failed'"),
        sqlite_where=sa.text("status = 'failed'"),
    )
    # SQLite drops a column by making the table anew.
    with op.batch_alter_table("members") as members:
        members.drop_column("facts_version")
