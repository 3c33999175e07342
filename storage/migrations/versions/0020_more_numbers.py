"""When a talk is near or over, thanks, the digest and a silence have their numbers, too.

Revision: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# With what everybody has to begin with, the least and the most.
NEW = {
    "talk_soon_minutes": (60, 15, 240),
    "debrief_minutes": (30, 0, 240),
    "thank_you_hours": (24, 4, 48),
    "thank_you_again_hours": (48, 24, 120),
    "digest_items": (10, 3, 10),
    "ask_after_digests": (3, 2, 10),
}
OLD_CEILINGS = {
    "other_person_business_days": (1, 10),
    "follow_up_business_days": (3, 20),
    "follow_ups": (0, 3),
    "unprepared_days": (1, 7),
    "their_promise_days": (3, 30),
    "in_touch_days": (0, 180),
}


def upgrade() -> None:
    """Add them, and let facilitators set limits for them."""
    # SQLite adds a CHECK by making the table anew.
    with op.batch_alter_table("members") as members:
        for name, (usual, least, most) in NEW.items():
            members.add_column(
                sa.Column(name, sa.Integer(), server_default=str(usual), nullable=False)
            )
            members.create_check_constraint(
                op.f(f"ck_members_{name}"), f"{name} BETWEEN {least} AND {most}"
            )
        members.alter_column(
            "planned_within", existing_type=sa.String(length=300), type_=sa.String(length=600)
        )
    _limit(OLD_CEILINGS | {name: (least, most) for name, (_, least, most) in NEW.items()})


def downgrade() -> None:
    """Take them away; all members are planned for anew."""
    names = ", ".join(f"'{name}'" for name in NEW)
    op.execute(f"DELETE FROM number_limits WHERE name IN ({names})")
    op.execute("UPDATE members SET planned_within = NULL")
    _limit(OLD_CEILINGS)
    with op.batch_alter_table("members") as members:
        members.alter_column(
            "planned_within", existing_type=sa.String(length=600), type_=sa.String(length=300)
        )
        for name in reversed(NEW):
            members.drop_constraint(op.f(f"ck_members_{name}"), type_="check")
            members.drop_column(name)


def _limit(ceilings: dict[str, tuple[int, int]]) -> None:
    check = " OR ".join(
        f"(name = '{name}' AND least >= {least} AND most <= {most})"
        for name, (least, most) in ceilings.items()
    )
    with op.batch_alter_table("number_limits") as limits:
        limits.drop_constraint(op.f("ck_number_limits_ceiling"), type_="check")
        limits.create_check_constraint(op.f("ck_number_limits_ceiling"), check)
