"""What every table has in common: names of constraints, and to whom a row belongs."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import UTCDateTime


class Base(DeclarativeBase):
    """All tables; their constraints have predictable names, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class OwnedByMember:
    """Marks a row that belongs to one member; member sessions filter on it and stamp it."""

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))


class Removable:
    """Marks a row that the member may delete and bring back; no question finds what was deleted.

    Unless it is asked with the execution option `with_removed`, as bringing back does.
    """

    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


def own(column: str, parent: str, *, ondelete: str = "CASCADE") -> ForeignKeyConstraint:
    """A foreign key that holds the owner too: another member's row cannot be referenced at all."""
    return ForeignKeyConstraint(
        ["member_id", column], [f"{parent}.member_id", f"{parent}.id"], ondelete=ondelete
    )


def own_or_none(column: str, parent: str) -> ForeignKeyConstraint:
    """The same beside a foreign key that is set null on delete; checked at commit, after that."""
    return ForeignKeyConstraint(
        ["member_id", column],
        [f"{parent}.member_id", f"{parent}.id"],
        deferrable=True,
        initially="DEFERRED",
    )
