"""Two contacts that turned out to be one person, and how to take that back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, OwnedByMember, own
from storage.models.contacts import Contact
from storage.types import UTCDateTime


class Merge(OwnedByMember, Base):
    """That one contact was joined into another, until it is undone.

    `came` says what became whose by it; its shape is `storage.merge_rows.Came`.
    """

    __tablename__ = "merges"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        own("kept_id", "contacts"),
        own("other_id", "contacts"),
        Index(None, "member_id", "kept_id"),
        Index(None, "member_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int]
    other_id: Mapped[int]
    came: Mapped[dict[str, Any]] = mapped_column(JSON())
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    kept: Mapped[Contact] = relationship(
        primaryjoin="Contact.id == foreign(Merge.kept_id)", viewonly=True, lazy="raise"
    )
    other: Mapped[Contact] = relationship(
        primaryjoin="Contact.id == foreign(Merge.other_id)", viewonly=True, lazy="raise"
    )
