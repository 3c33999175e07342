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
TALKS = sa.text("kind = 'talk'")
COUNTED = ["member_id", "merged_into_id", "path_id", "vantage", "stage", "archived_at"]
PUT_OFF = sa.text("status = 'pending' AND attempts > 0")
DREAM, DREAM_ON_SQLITE = sa.text("is_dream"), sa.text("is_dream = 1")
PAUSED = sa.text("paused_until IS NOT NULL")


def upgrade() -> None:
    """Add them: what is pending of a member, whose pause ends next, whom Home counts."""
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
    op.create_index("ix_contacts_counted", "contacts", COUNTED, unique=False)
    op.drop_index("ix_contacts_member_id_merged_into_id", table_name="contacts")
    op.create_index(
        "ix_touches_talks",
        "touches",
        ["member_id", "contact_id"],
        unique=False,
        postgresql_where=TALKS,
        sqlite_where=TALKS,
    )
    op.create_index(
        "ix_nudges_put_off",
        "nudges",
        ["member_id", "status"],
        unique=False,
        postgresql_where=PUT_OFF,
        sqlite_where=PUT_OFF,
    )
    op.drop_index("ix_nudges_member_id_status", table_name="nudges")
    op.create_index(
        "ix_nudges_member_id_status", "nudges", ["member_id", "status", "due_at"], unique=False
    )
    # SQLite only takes an index for a question that is put in the same words.
    _dream_index(DREAM_ON_SQLITE)


def downgrade() -> None:
    """Take them away."""
    _dream_index(DREAM)
    op.drop_index("ix_nudges_member_id_status", table_name="nudges")
    op.create_index("ix_nudges_member_id_status", "nudges", ["member_id", "status"], unique=False)
    op.drop_index(
        "ix_nudges_put_off", table_name="nudges", postgresql_where=PUT_OFF, sqlite_where=PUT_OFF
    )
    op.drop_index(
        "ix_touches_talks", table_name="touches", postgresql_where=TALKS, sqlite_where=TALKS
    )
    op.create_index(
        "ix_contacts_member_id_merged_into_id",
        "contacts",
        ["member_id", "merged_into_id"],
        unique=False,
    )
    op.drop_index("ix_contacts_counted", table_name="contacts")
    op.drop_index(
        "ix_members_paused", table_name="members", postgresql_where=PAUSED, sqlite_where=PAUSED
    )
    op.drop_index(
        "ix_nudges_waiting", table_name="nudges", postgresql_where=PENDING, sqlite_where=PENDING
    )


def _dream_index(on_sqlite: sa.TextClause) -> None:
    op.drop_index("ix_contacts_dream", table_name="contacts")
    op.create_index(
        "ix_contacts_dream",
        "contacts",
        ["member_id"],
        unique=True,
        postgresql_where=DREAM,
        sqlite_where=on_sqlite,
    )
