"""Two contacts may turn out to be one person.

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the column; nobody was merged so far."""
    # SQLite adds a foreign key by making the table anew.
    with op.batch_alter_table("contacts") as contacts:
        contacts.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        contacts.create_foreign_key(
            op.f("fk_contacts_member_id_merged_into_id_contacts"),
            "contacts",
            ["member_id", "merged_into_id"],
            ["member_id", "id"],
            ondelete="CASCADE",
        )
        contacts.create_index(
            op.f("ix_contacts_member_id_merged_into_id"), ["member_id", "merged_into_id"]
        )
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("came", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["member_id", column],
                ["contacts.member_id", "contacts.id"],
                name=op.f(f"fk_merges_member_id_{column}_contacts"),
                ondelete="CASCADE",
            )
            for column in ("kept_id", "other_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_merges_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_merges_member_id_id")),
    )
    for column in ("kept_id", "other_id"):
        op.create_index(
            op.f(f"ix_merges_member_id_{column}"), "merges", ["member_id", column], unique=False
        )


def downgrade() -> None:
    """Take them away; who was joined into another stays archived."""
    for column in ("other_id", "kept_id"):
        op.drop_index(op.f(f"ix_merges_member_id_{column}"), table_name="merges")
    op.drop_table("merges")
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_index(op.f("ix_contacts_member_id_merged_into_id"))
        contacts.drop_constraint(
            op.f("fk_contacts_member_id_merged_into_id_contacts"), type_="foreignkey"
        )
        contacts.drop_column("merged_into_id")
