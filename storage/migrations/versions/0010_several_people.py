"""Several people in one talk.

Revision: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; so far every talk is with one person."""
    op.create_table(
        "interview_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_interview_guests_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_interview_guests_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_interview_guests_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_guests")),
        sa.UniqueConstraint(
            "interview_id", "contact_id", name=op.f("uq_interview_guests_interview_id_contact_id")
        ),
    )
    for column in ("interview_id", "contact_id"):
        op.create_index(
            op.f(f"ix_interview_guests_member_id_{column}"),
            "interview_guests",
            ["member_id", column],
            unique=False,
        )


def downgrade() -> None:
    """Take it away."""
    for column in ("contact_id", "interview_id"):
        op.drop_index(
            op.f(f"ix_interview_guests_member_id_{column}"), table_name="interview_guests"
        )
    op.drop_table("interview_guests")
