"""Members know when that came about which Slack last told of them.

Revision: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the next event about a member fills it."""
    op.add_column("members", sa.Column("slack_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("members", "slack_told_at")
