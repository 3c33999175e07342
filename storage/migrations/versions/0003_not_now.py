"""Touches may say "not now".

Revision: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('asked', 'replied', 'follow_up', 'talk', 'thank_you', 'update', 'note',"
    " 'introduction', 'declined', 'rested')"
)
AFTER = (
    "kind IN ('asked', 'replied', 'follow_up', 'talk', 'thank_you', 'update', 'note',"
    " 'introduction', 'not_now', 'declined', 'rested')"
)


def upgrade() -> None:
    """Let a touch be one more thing."""
    _allow(AFTER)


def downgrade() -> None:
    """Take it away; what was "not now" was an answer."""
    op.execute("UPDATE touches SET kind = 'replied' WHERE kind = 'not_now'")
    op.execute("UPDATE contacts SET stage = 'replied' WHERE stage = 'not_now'")
    _allow(BEFORE)


def _allow(kinds: str) -> None:
    # SQLite changes a CHECK by making the table anew.
    with op.batch_alter_table("touches") as touches:
        touches.drop_constraint(op.f("ck_touches_kind"), type_="check")
        touches.create_check_constraint(op.f("ck_touches_kind"), kinds)
