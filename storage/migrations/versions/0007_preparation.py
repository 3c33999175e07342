"""What is looked up, believed and asked around a talk, and what its calendar file needs.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; no talk has been prepared for in this way."""
    op.create_table(
        "research_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "work",
                "words",
                "company",
                "common_ground",
                name="item",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_research_ticks_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_research_ticks_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_ticks")),
        sa.UniqueConstraint("contact_id", "item", name=op.f("uq_research_ticks_contact_id_item")),
    )
    op.create_index(
        op.f("ix_research_ticks_member_id_contact_id"),
        "research_ticks",
        ["member_id", "contact_id"],
        unique=False,
    )
    op.create_table(
        "assumptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "confirmed",
                "dispelled",
                "mixed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_assumptions_interview_id_interviews"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_assumptions_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_assumptions_member_id_interview_id_interviews"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "path_id"],
            ["paths.member_id", "paths.id"],
            name=op.f("fk_assumptions_member_id_path_id_paths"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_assumptions_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["path_id"],
            ["paths.id"],
            name=op.f("fk_assumptions_path_id_paths"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assumptions")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_assumptions_member_id_id")),
    )
    op.create_index(
        op.f("ix_assumptions_interview_id"), "assumptions", ["interview_id"], unique=False
    )
    op.create_index(
        op.f("ix_assumptions_member_id_contact_id"),
        "assumptions",
        ["member_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assumptions_member_id_path_id"),
        "assumptions",
        ["member_id", "path_id"],
        unique=False,
    )
    op.create_index(op.f("ix_assumptions_path_id"), "assumptions", ["path_id"], unique=False)
    op.create_table(
        "picked_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=32), nullable=True),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_picked_questions_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_picked_questions_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picked_questions")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_picked_questions_member_id_id")),
    )
    op.create_index(
        op.f("ix_picked_questions_member_id_interview_id"),
        "picked_questions",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_picked_questions_member_id_question_id"),
        "picked_questions",
        ["member_id", "question_id"],
        unique=False,
    )
    op.add_column("interviews", sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "interviews", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("interviews", sa.Column("calendar_sequence", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_picked_questions_member_id_question_id"), table_name="picked_questions")
    op.drop_index(op.f("ix_picked_questions_member_id_interview_id"), table_name="picked_questions")
    op.drop_table("picked_questions")
    op.drop_index(op.f("ix_assumptions_path_id"), table_name="assumptions")
    op.drop_index(op.f("ix_assumptions_member_id_path_id"), table_name="assumptions")
    op.drop_index(op.f("ix_assumptions_member_id_contact_id"), table_name="assumptions")
    op.drop_index(op.f("ix_assumptions_interview_id"), table_name="assumptions")
    op.drop_table("assumptions")
    op.drop_index(op.f("ix_research_ticks_member_id_contact_id"), table_name="research_ticks")
    op.drop_table("research_ticks")
    # SQLite drops a column by making the table anew.
    with op.batch_alter_table("interviews") as interviews:
        interviews.drop_column("calendar_sequence")
        interviews.drop_column("sequence")
        interviews.drop_column("prepared_at")
