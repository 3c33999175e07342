"""Tags on contacts.

Revision: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has a tag so far."""
    with op.batch_alter_table("contacts") as contacts:
        contacts.add_column(
            sa.Column("tags", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        contacts.add_column(
            sa.Column("tags_key", sa.Text(), server_default=sa.text("''"), nullable=False)
        )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_column("tags_key")
        contacts.drop_column("tags")
