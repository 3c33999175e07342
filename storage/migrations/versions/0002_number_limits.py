"""The limits that facilitators set, and within which limits a member's nudges were planned.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CEILINGS = (
    "(name = 'other_person_business_days' AND least >= 1 AND most <= 10)"
    " OR (name = 'follow_up_business_days' AND least >= 3 AND most <= 20)"
    " OR (name = 'follow_ups' AND least >= 0 AND most <= 3)"
    " OR (name = 'unprepared_days' AND least >= 1 AND most <= 7)"
    " OR (name = 'their_promise_days' AND least >= 3 AND most <= 30)"
    " OR (name = 'in_touch_days' AND least >= 0 AND most <= 180)"
)


def upgrade() -> None:
    """Add the limits, and the mark by which members who have to be planned anew are found."""
    op.create_table(
        "number_limits",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("least <= most", name=op.f("ck_number_limits_in_order")),
        sa.CheckConstraint(CEILINGS, name=op.f("ck_number_limits_ceiling")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_number_limits_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_number_limits")),
    )
    op.add_column("members", sa.Column("planned_within", sa.String(length=300), nullable=True))


def downgrade() -> None:
    """Take both away; members keep the numbers that they chose."""
    op.drop_column("members", "planned_within")
    op.drop_table("number_limits")
