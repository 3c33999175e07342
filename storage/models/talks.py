"""Talks, and what came of them."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.vocabulary import (
    InterviewStatus,
    Medium,
    Opportunity,
    Picture,
    PromiseBy,
)
from storage.base import Base, OwnedByMember, Removable, own
from storage.models.contacts import FORM_ID_LENGTH, NAME_LENGTH, Contact
from storage.types import Line, Prose, UTCDateTime, one_of


class Interview(OwnedByMember, Removable, Base):
    """A talk: planned, held, called off, or one that the other side did not come to."""

    __tablename__ = "interviews"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        UniqueConstraint("member_id", "form_id"),
        own("contact_id", "contacts"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        Index(None, "member_id", "status", "starts_at"),
        Index(None, "member_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # By the calendar of where the member was when they planned it: no journey changes it.
    on_day: Mapped[date]
    minutes: Mapped[int] = mapped_column(default=30)
    medium: Mapped[Medium | None] = mapped_column(one_of(Medium, "medium"))
    place: Mapped[str] = mapped_column(Prose())
    goal: Mapped[str] = mapped_column(Prose())
    status: Mapped[InterviewStatus] = mapped_column(
        one_of(InterviewStatus, "status"), default=InterviewStatus.SCHEDULED
    )
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the member last saved their questions for it.
    prepared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Counts the changes that a calendar shows, and at which of them its file was sent last.
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    calendar_sequence: Mapped[int | None]
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship(
        primaryjoin="Contact.id == foreign(Interview.contact_id)", viewonly=True, lazy="raise"
    )
    # Who else is there, in the order in which they were named; nobody twice whom two rows name.
    guests: Mapped[list[Contact]] = relationship(
        secondary="interview_guests",
        primaryjoin="Interview.id == InterviewGuest.interview_id",
        secondaryjoin="and_(Contact.id == InterviewGuest.contact_id,"
        " Contact.merged_into_id.is_(None))",
        order_by="InterviewGuest.id",
        viewonly=True,
        lazy="raise",
    )

    @property
    def people(self) -> list[Contact]:
        """Everybody whom the talk is with; contact and guests must be loaded."""
        return [self.contact, *self.guests]

    @property
    def ends_at(self) -> datetime:
        """When the talk ends by its planned length, aware UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)


class InterviewGuest(OwnedByMember, Removable, Base):
    """Somebody who is in a talk beside the contact whom it is with."""

    __tablename__ = "interview_guests"
    __table_args__ = (
        UniqueConstraint("interview_id", "contact_id"),
        own("interview_id", "interviews"),
        own("contact_id", "contacts"),
        Index(None, "member_id", "interview_id"),
        Index(None, "member_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int]
    contact_id: Mapped[int]


class Debrief(OwnedByMember, Removable, Base):
    """What a member took home from a talk; half an answer is kept."""

    __tablename__ = "debriefs"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        UniqueConstraint("interview_id"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "interview_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int]
    takeaway: Mapped[str] = mapped_column(Prose(), default="")
    likes: Mapped[str] = mapped_column(Prose(), default="")
    dislikes: Mapped[str] = mapped_column(Prose(), default="")
    # What hiring managers look for, where the field goes, what they advised.
    hiring: Mapped[str] = mapped_column(Prose(), default="", server_default=text("''"))
    trends: Mapped[str] = mapped_column(Prose(), default="", server_default=text("''"))
    advice: Mapped[str] = mapped_column(Prose(), default="", server_default=text("''"))
    picture: Mapped[Picture | None] = mapped_column(one_of(Picture, "picture"))
    opportunity: Mapped[Opportunity | None] = mapped_column(one_of(Opportunity, "opportunity"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    skills: Mapped[list["Skill"]] = relationship(
        primaryjoin="Debrief.id == foreign(Skill.debrief_id)",
        order_by="Skill.id",
        viewonly=True,
        lazy="raise",
    )


class Skill(OwnedByMember, Removable, Base):
    """A skill that was named in a talk and that the member lacks."""

    __tablename__ = "skills"
    __table_args__ = (
        UniqueConstraint("debrief_id", "name"),
        own("debrief_id", "debriefs"),
        Index(None, "member_id", "debrief_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    debrief_id: Mapped[int]
    name: Mapped[str] = mapped_column(Line(NAME_LENGTH))


class Promise(OwnedByMember, Removable, Base):
    """What one side promised the other, with the day on which it is due, if one was said."""

    __tablename__ = "promises"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        UniqueConstraint("interview_id", "by"),
        own("contact_id", "contacts"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "contact_id"),
        Index(None, "member_id", "interview_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    interview_id: Mapped[int | None]
    by: Mapped[PromiseBy] = mapped_column(one_of(PromiseBy, "by"))
    what: Mapped[str] = mapped_column(Prose())
    due_on: Mapped[date | None]
    kept_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
