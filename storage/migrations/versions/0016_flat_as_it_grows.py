"""Indexes that keep what is asked most as quick with a million rows as with a few.

Revision: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None

PENDING = sa.text("status = 'pending'")
PAUSED = sa.text("paused_until IS NOT NULL")


def upgrade() -> None:
    """Add them: what is pending of a member, and whose pause ends next."""
    op.create_index(
        "ix_nudges_waiting",
        "nudges",
        ["member_id", "due_at"],
        unique=False,
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    )
    op.create_index(
        "ix_members_paused",
        "members",
        ["paused_until"],
        unique=False,
        postgresql_where=PAUSED,
        sqlite_where=PAUSED,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index(
        "ix_members_paused", table_name="members", postgresql_where=PAUSED, sqlite_where=PAUSED
    )
    op.drop_index(
        "ix_nudges_waiting", table_name="nudges", postgresql_where=PENDING, sqlite_where=PENDING
    )
