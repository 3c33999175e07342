"""Entries that were deleted are marked, and touches know their date and their nudge.

Revision: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

# What hangs on another one comes after it, as it must when rows are taken away.
_REMOVABLE = (
    "interviews",
    "interview_guests",
    "debriefs",
    "skills",
    "picked_questions",
    "dialogues",
    "dialogue_lines",
    "promises",
    "assumptions",
    "touches",
)


def upgrade() -> None:
    """Make the columns; nothing is deleted so far, and a "not now" has its contact's date."""
    for table in _REMOVABLE:
        op.add_column(table, sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("touches", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("touches", sa.Column("nudge_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE touches SET until = (SELECT not_now_until FROM contacts"
        " WHERE contacts.id = touches.contact_id) WHERE kind = 'not_now'"
    )


def downgrade() -> None:
    """Take them away; what was deleted goes for good."""
    for table in reversed(_REMOVABLE):
        op.execute(f"DELETE FROM {table} WHERE removed_at IS NOT NULL")
    # SQLite drops a column by making the table anew.
    with op.batch_alter_table("touches") as touches:
        touches.drop_column("nudge_id")
        touches.drop_column("until")
    for table in reversed(_REMOVABLE):
        with op.batch_alter_table(table) as removable:
            removable.drop_column("removed_at")
