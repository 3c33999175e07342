"""Whom a member knows, and what passed between them."""

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from domain.finding import found_by, key_of
from domain.tags import keys_of, read_tags
from domain.vocabulary import (
    HowFound,
    Stage,
    TouchKind,
    Vantage,
)
from storage.base import Base, OwnedByMember, Removable, own, own_or_none
from storage.types import Line, Prose, UTCDateTime, one_of

NAME_LENGTH = 200
FORM_ID_LENGTH = 255
# What a member looks for somebody by.
_FOUND_BY = ("name", "company", "title", "tags", "note")


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
        own("merged_into_id", "contacts"),
        Index(None, "member_id", "archived_at", "updated_at"),
        Index(None, "member_id", "stage", "archived_at"),
        Index(None, "member_id", "name_key"),
        Index(None, "member_id", "company_key"),
        Index(None, "introduced_by_id"),
        Index(None, "path_id"),
        Index(
            "ix_contacts_dream",
            "member_id",
            unique=True,
            postgresql_where=text("is_dream"),
            sqlite_where=text("is_dream = 1"),
        ),
        # Home counts by these, from the index alone.
        Index(
            "ix_contacts_counted",
            "member_id",
            "merged_into_id",
            "path_id",
            "vantage",
            "stage",
            "archived_at",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(NAME_LENGTH))
    # The name folded for comparing: SQLite alone knows capital letters in English only.
    name_key: Mapped[str] = mapped_column(Line(3 * NAME_LENGTH))
    company: Mapped[str] = mapped_column(Line(NAME_LENGTH))
    company_key: Mapped[str] = mapped_column(Line(3 * NAME_LENGTH))
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
    # As typed, with commas between; and folded, each between commas.
    tags: Mapped[str] = mapped_column(Prose(), default="", server_default=text("''"))
    tags_key: Mapped[str] = mapped_column(Prose(), default="", server_default=text("''"))
    # Name, company, title, tags and note folded for finding, a line each: as much text as all of
    # them, and never shown, so that it is not loaded.
    search_key: Mapped[str] = mapped_column(
        Prose(), default="", server_default=text("''"), deferred=True, deferred_raiseload=True
    )
    stage: Mapped[Stage] = mapped_column(one_of(Stage, "stage"), default=Stage.IDENTIFIED)
    overruled_stage: Mapped[Stage | None] = mapped_column(one_of(Stage, "overruled_stage"))
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Who turned out to be the same person: this row is only kept so that it can be undone.
    merged_into_id: Mapped[int | None]
    not_now_until: Mapped[date | None]
    nudges_stopped: Mapped[bool] = mapped_column(server_default=text("false"))
    # The one whom the member dreams of talking to.
    is_dream: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
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

    @validates(*_FOUND_BY)
    def _keep_keys(self, column: str, typed: str) -> str:
        if column in ("name", "company"):
            setattr(self, f"{column}_key", key_of(typed))
        if column == "tags":
            self.tags_key = keys_of(read_tags(typed))
        said = {known: getattr(self, known) or "" for known in _FOUND_BY} | {column: typed}
        self.search_key = found_by(*said.values())
        return typed


class Touch(OwnedByMember, Removable, Base):
    """What passed between the member and a contact, in either direction."""

    __tablename__ = "touches"
    __table_args__ = (
        UniqueConstraint("member_id", "form_id"),
        own("contact_id", "contacts"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "contact_id", "at"),
        Index(
            "ix_touches_talks",
            "member_id",
            "contact_id",
            postgresql_where=text("kind = 'talk'"),
            sqlite_where=text("kind = 'talk'"),
        ),
        Index(None, "member_id", "interview_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int]
    kind: Mapped[TouchKind] = mapped_column(one_of(TouchKind, "kind"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Prose())
    interview_id: Mapped[int | None]
    # The local date that goes with "not now".
    until: Mapped[date | None]
    # Whose answer logged it: a note and no reference, since a nudge may go with its talk.
    nudge_id: Mapped[int | None]
    form_id: Mapped[str | None] = mapped_column(String(FORM_ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
