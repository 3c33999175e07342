"""Nudges about a promise, or an unprepared talk, bear its date in their key.

Revision: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PROMISED = "(SELECT {day} FROM promises WHERE promises.id = nudges.promise_id)"
BEGINS = "(SELECT {day} FROM interviews WHERE interviews.id = nudges.interview_id)"


def upgrade() -> None:
    """Add the date, so that what was said or answered counts for it and for no other."""
    # SQLite keeps dates and moments as text; moments are UTC in both.
    due, begins = "due_on", "substr(starts_at, 1, 10)"
    if op.get_bind().dialect.name == "postgresql":
        due = "to_char(due_on, 'YYYY-MM-DD')"
        begins = "to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
    _add_to_keys("my_promise", PROMISED.format(day=due))
    _add_to_keys("unprepared", BEGINS.format(day=begins))


def downgrade() -> None:
    """Take it away; of several about the same, those with the newest date stay."""
    for kind, about in (("my_promise", "promise_id"), ("unprepared", "interview_id")):
        op.execute(
            sa.text(
                "DELETE FROM nudges WHERE kind = :kind AND EXISTS (SELECT 1 FROM nudges AS newer"
                " WHERE newer.member_id = nudges.member_id AND newer.kind = nudges.kind"
                f" AND newer.{about} = nudges.{about} AND newer.round = nudges.round"
                " AND newer.key > nudges.key)"
            ).bindparams(kind=kind)
        )
        op.execute(
            sa.text(
                f"UPDATE nudges SET key = kind || ':' || {about} WHERE kind = :kind"
            ).bindparams(kind=kind)
        )


def _add_to_keys(kind: str, day: str) -> None:
    # What a later correction left without a date waits for nothing, and keeps its key.
    op.execute(
        sa.text(
            f"UPDATE nudges SET key = key || ':' || {day} WHERE kind = :kind AND {day} IS NOT NULL"
        ).bindparams(kind=kind)
    )
