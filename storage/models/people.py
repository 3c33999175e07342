"""Workspaces and their members."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.hours import Rhythm
from domain.limits import Limit
from domain.numbers import LEAST_NAMES, MOST_NAMES, STARTING_NAMES, WIDEST, Numbers
from domain.vocabulary import (
    Digest,
    NudgeKind,
)
from storage.base import Base, OwnedByMember
from storage.types import UTCDateTime, one_of


class Workspace(Base):
    """A Slack workspace that the app is installed in."""

    __tablename__ = "workspaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, server_default=func.now())


class NumberLimit(Base):
    """The least and the most of one number, as a facilitator set them for the workspace."""

    __tablename__ = "number_limits"
    __table_args__ = (
        CheckConstraint("least <= most", name="in_order"),
        CheckConstraint(
            " OR ".join(
                f"(name = '{name}' AND least >= {least} AND most <= {most})"
                for name, (least, most) in WIDEST.items()
            ),
            name="ceiling",
        ),
    )

    workspace_id: Mapped[int] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    least: Mapped[int]
    most: Mapped[int]

    def as_limit(self) -> Limit:
        """Give the limit as the rules see it."""
        return self.least, self.most


class Member(Base):
    """A member of a workspace, with their hours; `zone` is an IANA name, null until it is known."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user_id"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from"),
        CheckConstraint("quiet_until BETWEEN 0 AND 23", name="quiet_until"),
        CheckConstraint("review_day BETWEEN 1 AND 7", name="review_day"),
        CheckConstraint(
            f"starting_names BETWEEN {LEAST_NAMES} AND {MOST_NAMES}", name="starting_names"
        ),
        *(
            CheckConstraint(f"{name} BETWEEN {least} AND {most}", name=name)
            for name, (least, most) in WIDEST.items()
        ),
        # Delivery asks all day whose pause ends next; most members have none.
        Index(
            "ix_members_paused",
            "paused_until",
            postgresql_where=text("paused_until IS NOT NULL"),
            sqlite_where=text("paused_until IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slack_user_id: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str | None] = mapped_column(String(64))
    # What Slack said last; the member may have chosen another.
    slack_zone: Mapped[str | None] = mapped_column(String(64))
    # When that came about which Slack last told of the member; events come in any order.
    slack_told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # ISO weekdays one after another: Monday is 1.
    working_days: Mapped[str] = mapped_column(String(7), server_default="12345")
    digest_hour: Mapped[int] = mapped_column(server_default="9")
    quiet_from: Mapped[int] = mapped_column(server_default="20")
    quiet_until: Mapped[int] = mapped_column(server_default="8")
    paused_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # ISO 3166 code of the country whose public holidays are free days; null for none.
    country: Mapped[str | None] = mapped_column(String(2))
    digest: Mapped[Digest] = mapped_column(one_of(Digest, "digest"), server_default="daily")
    review_day: Mapped[int] = mapped_column(server_default="5")
    # Kinds of nudges that the member does not want, with commas between them.
    kinds_off: Mapped[str] = mapped_column(String(500), server_default=text("''"))
    other_person_business_days: Mapped[int] = mapped_column(server_default="3")
    follow_up_business_days: Mapped[int] = mapped_column(server_default="7")
    follow_ups: Mapped[int] = mapped_column(server_default="1")
    unprepared_days: Mapped[int] = mapped_column(server_default="3")
    their_promise_days: Mapped[int] = mapped_column(server_default="7")
    in_touch_days: Mapped[int] = mapped_column(server_default="90")
    talk_soon_minutes: Mapped[int] = mapped_column(server_default="60")
    debrief_minutes: Mapped[int] = mapped_column(server_default="30")
    thank_you_hours: Mapped[int] = mapped_column(server_default="24")
    thank_you_again_hours: Mapped[int] = mapped_column(server_default="48")
    digest_items: Mapped[int] = mapped_column(server_default="10")
    ask_after_digests: Mapped[int] = mapped_column(server_default="3")
    # How many names the member wants on the list to start from.
    starting_names: Mapped[int] = mapped_column(server_default=str(STARTING_NAMES))
    # The limits within which all of the member's nudges were last planned; null for never.
    planned_within: Mapped[str | None] = mapped_column(String(600))
    # The bot's manners: one digest a local day, and a question after some without an answer.
    last_digest_on: Mapped[date | None]
    unanswered_digests: Mapped[int] = mapped_column(server_default="0")
    # Counts how often facts changed from which nudges follow: who read them at a version knows
    # whether what was planned from them still stands.
    facts_version: Mapped[int] = mapped_column(server_default="0")
    asked_to_go_on_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
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
            country=self.country,
            digest=self.digest,
            review_day=self.review_day,
        )

    def numbers(self) -> Numbers:
        """Give the member's own numbers of the practice, whatever the limits are by now."""
        return Numbers(**{name: getattr(self, name) for name in WIDEST})

    def unwanted(self) -> frozenset[NudgeKind]:
        """Give the kinds of nudges that the member does not want."""
        return frozenset(NudgeKind(kind) for kind in self.kinds_off.split(",") if kind)


class AnswerTold(OwnedByMember, Base):
    """An answer that went into a member's DM: by its key, which says nothing of what was told."""

    __tablename__ = "answers_told"
    __table_args__ = (PrimaryKeyConstraint("member_id", "key"),)

    key: Mapped[str] = mapped_column(String(64))
    told_at: Mapped[datetime] = mapped_column(UTCDateTime)
