"""An index of what is tied to a clock, which is claimed before all else.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ON_POSTGRESQL = sa.text("status = 'pending' AND alone")
ON_SQLITE = sa.text("status = 'pending' AND alone = 1")


def upgrade() -> None:
    """Add it."""
    op.create_index(
        "ix_nudges_alone",
        "nudges",
        ["due_at"],
        unique=False,
        postgresql_where=ON_POSTGRESQL,
        sqlite_where=ON_SQLITE,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index(
        "ix_nudges_alone",
        table_name="nudges",
        postgresql_where=ON_POSTGRESQL,
        sqlite_where=ON_SQLITE,
    )
