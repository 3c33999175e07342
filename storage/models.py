"""The schema: who a member is, whom they meet, and what the bot owes them.

Every class but `Workspace` and `Member` is owned by one member. Text that was not given is empty,
never null; moments are aware UTC. Relationships are read-only and must be loaded by the verb.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from domain.finding import key_of
from domain.hours import Rhythm
from domain.vocabulary import (
    Answer,
    HowFound,
    InterviewStatus,
    Medium,
    NudgeKind,
    NudgeStatus,
    Opportunity,
    Picture,
    PromiseBy,
    Stage,
    TouchKind,
    Vantage,
)
from storage.base import Base, OwnedByMember, own, own_or_none
from storage.types import Line, Prose, UTCDateTime, one_of

NAME_LENGTH = 200
FORM_ID_LENGTH = 255


class Workspace(Base):
    """A Slack workspace that the app is installed in."""

    __tablename__ = "workspaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, server_default=func.now())


class Member(Base):
    """A member of a workspace, with their hours; `zone` is an IANA name, null until it is known."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user_id"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from"),
        CheckConstraint("quiet_until BETWEEN 0 AND 23", name="quiet_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slack_user_id: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str | None] = mapped_column(String(64))
    # ISO weekdays one after another: Monday is 1.
    working_days: Mapped[str] = mapped_column(String(7), server_default="12345")
    digest_hour: Mapped[int] = mapped_column(server_default="9")
    quiet_from: Mapped[int] = mapped_column(server_default="20")
    quiet_until: Mapped[int] = mapped_column(server_default="8")
    paused_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dm_channel_id: Mapped[str | None] = mapped_column(String(32))
    welcomed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, server_default=func.now())

    def rhythm(self) -> Rhythm:
        """Give the member's hours as the rules see them; UTC until the zone is known."""
        return Rhythm(
            zone=self.zone or "UTC",
            digest_hour=self.digest_hour,
            working_days=frozenset(int(day) for day in self.working_days),
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            paused_until=self.paused_until,
        )


class Path(OwnedByMember, Base):
    """A kind of job that a member explores."""

    __tablename__ = "paths"
    __table_args__ = (UniqueConstraint("member_id", "name"), UniqueConstraint("member_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(NAME_LENGTH))


class Contact(OwnedByMember, Base):
    """Somebody whom a member may talk to; `stage` follows from what was logged."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        UniqueConstraint("member_id", "form_id"),
        own_or_none("introduced_by_id", "contacts"),
        own_or_none("path_id", "paths"),
        Index(None, "member_id", "archived_at", "updated_at"),
        Index(None, "member_id", "stage", "archived_at"),
        Index(None, "member_id", "name_key"),
        Index(None, "introduced_by_id"),
        Index(None, "path_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(NAME_LENGTH))
    # The name folded for comparing: SQLite alone knows capital letters in English only.
    name_key: Mapped[str] = mapped_column(Line(3 * NAME_LENGTH))
    company: Mapped[str] = mapped_column(Line(NAME_LENGTH))
    title: Mapped[str] = mapped_column(Line(NAME_LENGTH))
    vantage: Mapped[Vantage | None] = mapped_column(one_of(Vantage, "vantage"))
    how_found: Mapped[HowFound | None] = mapped_column(one_of(HowFound, "how_found"))
    introduced_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="SET NULL")
    )
    email: Mapped[str] = mapped_column(Line(320))
    profile_url: Mapped[str] = mapped_column(Prose())
    path_id: Mapped[int | None] = mapped_column(ForeignKey("paths.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Prose())
    stage: Mapped[Stage] = mapped_column(one_of(Stage, "stage"), default=Stage.IDENTIFIED)
    overruled_stage: Mapped[Stage | None] = mapped_column(one_of(Stage, "overruled_stage"))
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    path: Mapped[Path | None] = relationship(
        primaryjoin="Path.id == foreign(Contact.path_id)", viewonly=True, lazy="raise"
    )
    introduced_by: Mapped["Contact | None"] = relationship(
        primaryjoin="remote(Contact.id) == foreign(Contact.introduced_by_id)",
        viewonly=True,
        lazy="raise",
    )

    @validates("name")
    def _keep_name_key(self, _: str, name: str) -> str:
        self.name_key = key_of(name)
        return name


class Interview(OwnedByMember, Base):
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
    minutes: Mapped[int] = mapped_column(default=30)
    medium: Mapped[Medium | None] = mapped_column(one_of(Medium, "medium"))
    place: Mapped[str] = mapped_column(Prose())
    goal: Mapped[str] = mapped_column(Prose())
    status: Mapped[InterviewStatus] = mapped_column(
        one_of(InterviewStatus, "status"), default=InterviewStatus.SCHEDULED
    )
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship(
        primaryjoin="Contact.id == foreign(Interview.contact_id)", viewonly=True, lazy="raise"
    )

    @property
    def ends_at(self) -> datetime:
        """When the talk ends by its planned length, aware UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Touch(OwnedByMember, Base):
    """What passed between the member and a contact, in either direction."""

    __tablename__ = "touches"
    __table_args__ = (
        UniqueConstraint("member_id", "form_id"),
        own("contact_id", "contacts"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "contact_id", "at"),
        Index(None, "member_id", "interview_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    kind: Mapped[TouchKind] = mapped_column(one_of(TouchKind, "kind"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Prose())
    interview_id: Mapped[int | None]
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Debrief(OwnedByMember, Base):
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


class Skill(OwnedByMember, Base):
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


class Promise(OwnedByMember, Base):
    """What one side promised the other, with the day on which it is due, if one was said."""

    __tablename__ = "promises"
    __table_args__ = (
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


class Nudge(OwnedByMember, Base):
    """A reminder that should reach, or has reached, a member; derived from facts, never typed."""

    __tablename__ = "nudges"
    __table_args__ = (
        UniqueConstraint("member_id", "key", "round"),
        own("contact_id", "contacts"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "status"),
        Index(None, "member_id", "contact_id"),
        Index(None, "member_id", "interview_id"),
        # Delivery asks these two all day; settled nudges stay out of them.
        Index(
            "ix_nudges_pending",
            "due_at",
            postgresql_where=text("status = 'pending'"),
            sqlite_where=text("status = 'pending'"),
        ),
        Index(
            "ix_nudges_sending",
            "lease_until",
            postgresql_where=text("status = 'sending'"),
            sqlite_where=text("status = 'sending'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NudgeKind] = mapped_column(one_of(NudgeKind, "kind"))
    key: Mapped[str] = mapped_column(String(120))
    round_: Mapped[int] = mapped_column("round", default=0)
    contact_id: Mapped[int]
    interview_id: Mapped[int | None]
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
    failure: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship(
        primaryjoin="Contact.id == foreign(Nudge.contact_id)", viewonly=True, lazy="raise"
    )
    interview: Mapped[Interview | None] = relationship(
        primaryjoin="Interview.id == foreign(Nudge.interview_id)", viewonly=True, lazy="raise"
    )
