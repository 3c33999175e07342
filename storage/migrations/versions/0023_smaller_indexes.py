"""What a claim changes has a place in small indexes only, however many nudges there are.

Revision: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TOLD = sa.text("status IN ('sent', 'failed') AND answer IS NULL")
IN_HAND = sa.text("status = 'sending'")
ANSWERED = sa.text("answered_at IS NOT NULL")
OF_TALKS = sa.text("interview_id IS NOT NULL")


def upgrade() -> None:
    """Keep apart what is said and unanswered, in hand, answered, and about talks."""
    _add("ix_nudges_told", ["member_id", "makes_sense_until"], TOLD)
    _add("ix_nudges_in_hand", ["member_id"], IN_HAND)
    _add("ix_nudges_answered", ["member_id", "answered_at"], ANSWERED)
    _add("ix_nudges_talks", ["member_id", "interview_id"], OF_TALKS)
    op.drop_index("ix_nudges_member_id_status", table_name="nudges")
    op.drop_index("ix_nudges_member_id_interview_id", table_name="nudges")


def downgrade() -> None:
    """Bring back the two that have all nudges."""
    op.create_index(
        "ix_nudges_member_id_interview_id", "nudges", ["member_id", "interview_id"], unique=False
    )
    op.create_index(
        "ix_nudges_member_id_status", "nudges", ["member_id", "status", "due_at"], unique=False
    )
    for name, some in (
        ("ix_nudges_talks", OF_TALKS),
        ("ix_nudges_answered", ANSWERED),
        ("ix_nudges_in_hand", IN_HAND),
        ("ix_nudges_told", TOLD),
    ):
        op.drop_index(name, table_name="nudges", postgresql_where=some, sqlite_where=some)


def _add(name: str, columns: list[str], some: sa.TextClause) -> None:
    op.create_index(name, "nudges", columns, unique=False, postgresql_where=some, sqlite_where=some)
