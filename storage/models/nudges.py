"""What the bot owes a member."""

from datetime import datetime

from sqlalchemy import (
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.vocabulary import (
    Answer,
    NudgeKind,
    NudgeStatus,
)
from storage.base import Base, OwnedByMember, own
from storage.models.contacts import Contact
from storage.models.talks import Interview, Promise
from storage.types import UTCDateTime, one_of


def _some(name: str, *columns: str, where: str) -> Index:
    """An index of some rows: both databases take it for questions that are put in these words."""
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(where))


class Nudge(OwnedByMember, Base):
    """A reminder that should reach, or has reached, a member; derived from facts, never typed."""

    __tablename__ = "nudges"
    __table_args__ = (
        UniqueConstraint("member_id", "key", "round"),
        own("contact_id", "contacts"),
        own("interview_id", "interviews"),
        own("promise_id", "promises"),
        # What stands before a member: said and not answered, or on its way at this moment. What a
        # claim changes is in small ones: a place in a large one costs more, the larger it is.
        _some(
            "ix_nudges_told",
            "member_id",
            "makes_sense_until",
            where="status IN ('sent', 'failed') AND answer IS NULL",
        ),
        _some("ix_nudges_in_hand", "member_id", where="status = 'sending'"),
        _some(
            "ix_nudges_put_off", "member_id", "status", where="status = 'pending' AND attempts > 0"
        ),
        Index(None, "member_id", "contact_id"),
        # What was answered last stands in Home for a while.
        _some("ix_nudges_answered", "member_id", "answered_at", where="answered_at IS NOT NULL"),
        _some("ix_nudges_talks", "member_id", "interview_id", where="interview_id IS NOT NULL"),
        # Delivery asks these all day; settled nudges stay out of them.
        _some("ix_nudges_waiting", "member_id", "due_at", where="status = 'pending'"),
        _some("ix_nudges_pending", "due_at", where="status = 'pending'"),
        Index(
            "ix_nudges_alone",
            "due_at",
            postgresql_where=text("status = 'pending' AND alone"),
            sqlite_where=text("status = 'pending' AND alone = 1"),
        ),
        _some("ix_nudges_sending", "lease_until", where="status = 'sending'"),
        # The operator asks what could not be sent, and what of it still can be.
        _some("ix_nudges_failed", "makes_sense_until", where="status = 'failed'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NudgeKind] = mapped_column(one_of(NudgeKind, "kind"))
    key: Mapped[str] = mapped_column(String(120))
    round_: Mapped[int] = mapped_column("round", default=0)
    # Null for what is about the member's whole week.
    contact_id: Mapped[int | None]
    interview_id: Mapped[int | None]
    promise_id: Mapped[int | None]
    # Comes on its own, tied to a clock, rather than with the digest.
    alone: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    makes_sense_until: Mapped[datetime] = mapped_column(UTCDateTime)
    status: Mapped[NudgeStatus] = mapped_column(
        one_of(NudgeStatus, "status"), default=NudgeStatus.PENDING
    )
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_by: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    channel_id: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer, "answer"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    later_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    later_alone: Mapped[bool] = mapped_column(default=False)
    failure: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contact: Mapped[Contact | None] = relationship(
        primaryjoin="Contact.id == foreign(Nudge.contact_id)", viewonly=True, lazy="raise"
    )
    interview: Mapped[Interview | None] = relationship(
        primaryjoin="Interview.id == foreign(Nudge.interview_id)", viewonly=True, lazy="raise"
    )
    promise: Mapped[Promise | None] = relationship(
        primaryjoin="Promise.id == foreign(Nudge.promise_id)", viewonly=True, lazy="raise"
    )
