"""What a member looks up, believes and wants to ask before a talk."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.vocabulary import AssumptionStatus, ResearchItem
from storage.base import Base, OwnedByMember, Removable, own, own_or_none
from storage.types import Prose, UTCDateTime, one_of

QUESTION_ID_LENGTH = 32


class ResearchTick(OwnedByMember, Base):
    """One line of the research check-list that was looked up, with what was found."""

    __tablename__ = "research_ticks"
    __table_args__ = (
        UniqueConstraint("contact_id", "item"),
        own("contact_id", "contacts"),
        Index(None, "member_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    item: Mapped[ResearchItem] = mapped_column(one_of(ResearchItem, "item"))
    note: Mapped[str] = mapped_column(Prose(), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Assumption(OwnedByMember, Removable, Base):
    """What a member believes about the work before a talk, and what became of it.

    It was written down ahead of a talk with the contact, and is about the contact's path, if they
    had one then. `interview_id` is the talk in which it was settled.
    """

    __tablename__ = "assumptions"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        own("contact_id", "contacts"),
        own_or_none("path_id", "paths"),
        own_or_none("interview_id", "interviews"),
        Index(None, "member_id", "contact_id"),
        Index(None, "member_id", "path_id"),
        Index(None, "path_id"),
        Index(None, "interview_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    path_id: Mapped[int | None] = mapped_column(ForeignKey("paths.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Prose())
    status: Mapped[AssumptionStatus] = mapped_column(
        one_of(AssumptionStatus, "status"), default=AssumptionStatus.OPEN
    )
    outcome: Mapped[str] = mapped_column(Prose(), default="")
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="SET NULL")
    )
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PickedQuestion(OwnedByMember, Removable, Base):
    """A question for a talk: of the bank, by its id, or in the member's own words.

    `answered` is null as long as nobody has said whether the talk gave an answer.
    """

    __tablename__ = "picked_questions"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "interview_id"),
        Index(None, "member_id", "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int]
    position: Mapped[int]
    question_id: Mapped[str | None] = mapped_column(String(QUESTION_ID_LENGTH))
    own_words: Mapped[str] = mapped_column(Prose(), default="")
    answered: Mapped[bool | None]
