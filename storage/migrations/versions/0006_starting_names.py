"""How many names a member wants to start from.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; 25 to begin with."""
    # SQLite adds a CHECK by making the table anew.
    with op.batch_alter_table("members") as members:
        members.add_column(
            sa.Column("starting_names", sa.Integer(), server_default="25", nullable=False)
        )
        members.create_check_constraint(
            op.f("ck_members_starting_names"), "starting_names BETWEEN 5 AND 100"
        )


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("members") as members:
        members.drop_constraint(op.f("ck_members_starting_names"), type_="check")
        members.drop_column("starting_names")
