"""A debrief held question by question in the DM."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.vocabulary import DebriefQuestion
from storage.base import Base, OwnedByMember, Removable, own
from storage.models.talks import Interview
from storage.types import Prose, UTCDateTime, one_of

_SLACK_ID_LENGTH = 32


class LineRole(StrEnum):
    """What a message of a dialogue is: the bot's question, a reply, or a further part of one."""

    ASKED = "asked"
    REPLY = "reply"
    LABELLED = "labelled"


class Dialogue(OwnedByMember, Removable, Base):
    """Where the questions after one talk stand; a member has one open at a time.

    `question` is the one to be answered next, null when all were gone through. `message_ts` is the
    bot's message that shows how it stands; null while that is on its way.
    """

    __tablename__ = "dialogues"
    __table_args__ = (
        UniqueConstraint("member_id", "id"),
        UniqueConstraint("interview_id"),
        own("interview_id", "interviews"),
        Index(None, "member_id", "interview_id"),
        Index(
            "ix_dialogues_open",
            "member_id",
            unique=True,
            postgresql_where=text("is_open"),
            sqlite_where=text("is_open"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int]
    question: Mapped[DebriefQuestion | None] = mapped_column(one_of(DebriefQuestion, "question"))
    is_open: Mapped[bool]
    channel_id: Mapped[str | None] = mapped_column(String(_SLACK_ID_LENGTH))
    message_ts: Mapped[str | None] = mapped_column(String(_SLACK_ID_LENGTH))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    interview: Mapped[Interview] = relationship(
        primaryjoin="Interview.id == foreign(Dialogue.interview_id)", viewonly=True, lazy="raise"
    )


class DialogueLine(OwnedByMember, Removable, Base):
    """What one Slack message has to do with one question.

    `holds` says that the answer is what this message says, together with others that hold it.
    """

    __tablename__ = "dialogue_lines"
    __table_args__ = (
        UniqueConstraint("member_id", "message_ts", "question"),
        own("dialogue_id", "dialogues"),
        Index(None, "member_id", "dialogue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int]
    message_ts: Mapped[str] = mapped_column(String(_SLACK_ID_LENGTH))
    question: Mapped[DebriefQuestion] = mapped_column(one_of(DebriefQuestion, "question"))
    role: Mapped[LineRole] = mapped_column(one_of(LineRole, "role"))
    said: Mapped[str] = mapped_column(Prose(), default="")
    holds: Mapped[bool] = mapped_column(default=False)
