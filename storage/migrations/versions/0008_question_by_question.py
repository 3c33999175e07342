"""Debriefs question by question, and what was said about hiring, trends and advice.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_QUESTIONS = (
    "takeaway",
    "picture",
    "likes",
    "dislikes",
    "referrals",
    "promise",
    "their_promise",
    "skills",
    "hiring",
    "trends",
    "advice",
    "opportunity",
)


def _question() -> sa.Enum:
    return sa.Enum(
        *_QUESTIONS, name="question", native_enum=False, create_constraint=True, length=32
    )


def upgrade() -> None:
    """Make the tables, and the columns; nobody has answered in this way."""
    for name in ("hiring", "trends", "advice"):
        op.add_column(
            "debriefs", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    op.create_table(
        "dialogues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("question", _question(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_dialogues_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_dialogues_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogues")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_dialogues_interview_id")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_dialogues_member_id_id")),
    )
    op.create_index(
        op.f("ix_dialogues_member_id_interview_id"),
        "dialogues",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_index(
        "ix_dialogues_open",
        "dialogues",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("is_open"),
        sqlite_where=sa.text("is_open"),
    )
    op.create_table(
        "dialogue_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("question", _question(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "asked",
                "reply",
                "labelled",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "dialogue_id"],
            ["dialogues.member_id", "dialogues.id"],
            name=op.f("fk_dialogue_lines_member_id_dialogue_id_dialogues"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_dialogue_lines_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_lines")),
        sa.UniqueConstraint(
            "member_id",
            "message_ts",
            "question",
            name=op.f("uq_dialogue_lines_member_id_message_ts_question"),
        ),
    )
    op.create_index(
        op.f("ix_dialogue_lines_member_id_dialogue_id"),
        "dialogue_lines",
        ["member_id", "dialogue_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_dialogue_lines_member_id_dialogue_id"), table_name="dialogue_lines")
    op.drop_table("dialogue_lines")
    op.drop_index("ix_dialogues_open", table_name="dialogues")
    op.drop_index(op.f("ix_dialogues_member_id_interview_id"), table_name="dialogues")
    op.drop_table("dialogues")
    # SQLite drops a column by making the table anew.
    with op.batch_alter_table("debriefs") as debriefs:
        for name in ("advice", "trends", "hiring"):
            debriefs.drop_column(name)
