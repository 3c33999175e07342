"""The day for which a talk was planned, by the calendar of where the member was then.

Revision: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it: so far the day in UTC, which stands in the keys of their nudges."""
    op.add_column("interviews", sa.Column("on_day", sa.Date()))
    day = "substr(starts_at, 1, 10)"
    if op.get_bind().dialect.name == "postgresql":
        day = "(starts_at AT TIME ZONE 'UTC')::date"
    op.execute(f"UPDATE interviews SET on_day = {day}")
    with op.batch_alter_table("interviews") as interviews:
        interviews.alter_column("on_day", existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("interviews") as interviews:
        interviews.drop_column("on_day")
