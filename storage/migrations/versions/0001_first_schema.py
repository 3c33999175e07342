"""The first schema: members, contacts, talks, debriefs, promises and nudges.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("CURRENT_TIMESTAMP"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("team_id", name=op.f("uq_workspaces_team_id")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("slack_user_id", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("slack_zone", sa.String(length=64), nullable=True),
        sa.Column("working_days", sa.String(length=7), server_default="12345", nullable=False),
        sa.Column("digest_hour", sa.Integer(), server_default="9", nullable=False),
        sa.Column("quiet_from", sa.Integer(), server_default="20", nullable=False),
        sa.Column("quiet_until", sa.Integer(), server_default="8", nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column(
            "digest",
            sa.Enum(
                "daily",
                "weekly",
                "none",
                name="digest",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            server_default="daily",
            nullable=False,
        ),
        sa.Column("review_day", sa.Integer(), server_default="5", nullable=False),
        sa.Column("kinds_off", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("other_person_business_days", sa.Integer(), server_default="3", nullable=False),
        sa.Column("follow_up_business_days", sa.Integer(), server_default="7", nullable=False),
        sa.Column("follow_ups", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unprepared_days", sa.Integer(), server_default="3", nullable=False),
        sa.Column("their_promise_days", sa.Integer(), server_default="7", nullable=False),
        sa.Column("in_touch_days", sa.Integer(), server_default="90", nullable=False),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.Column("unanswered_digests", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_to_go_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dm_channel_id", sa.String(length=32), nullable=True),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("CURRENT_TIMESTAMP"),
            nullable=False,
        ),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name=op.f("ck_members_digest_hour")),
        sa.CheckConstraint(
            "follow_up_business_days BETWEEN 3 AND 20",
            name=op.f("ck_members_follow_up_business_days"),
        ),
        sa.CheckConstraint("follow_ups BETWEEN 0 AND 3", name=op.f("ck_members_follow_ups")),
        sa.CheckConstraint(
            "in_touch_days BETWEEN 0 AND 180", name=op.f("ck_members_in_touch_days")
        ),
        sa.CheckConstraint(
            "other_person_business_days BETWEEN 1 AND 10",
            name=op.f("ck_members_other_person_business_days"),
        ),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23", name=op.f("ck_members_quiet_from")),
        sa.CheckConstraint("quiet_until BETWEEN 0 AND 23", name=op.f("ck_members_quiet_until")),
        sa.CheckConstraint("review_day BETWEEN 1 AND 7", name=op.f("ck_members_review_day")),
        sa.CheckConstraint(
            "their_promise_days BETWEEN 3 AND 30", name=op.f("ck_members_their_promise_days")
        ),
        sa.CheckConstraint(
            "unprepared_days BETWEEN 1 AND 7", name=op.f("ck_members_unprepared_days")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_members_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint(
            "workspace_id", "slack_user_id", name=op.f("uq_members_workspace_id_slack_user_id")
        ),
    )
    op.create_table(
        "paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_paths_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paths")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_paths_member_id_id")),
        sa.UniqueConstraint("member_id", "name", name=op.f("uq_paths_member_id_name")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=600), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("company_key", sa.String(length=600), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "vantage",
            sa.Enum(
                "would_be_boss",
                "peer",
                "senior",
                "recruiter",
                "other",
                name="vantage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "how_found",
            sa.Enum(
                "alumni",
                "introduced",
                "cold",
                "friend_or_family",
                "event",
                "cohort",
                name="how_found",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("introduced_by_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("profile_url", sa.Text(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "identified",
                "researched",
                "asked",
                "replied",
                "scheduled",
                "talked",
                "thanked",
                "in_touch",
                "no_reply",
                "declined",
                "not_now",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "overruled_stage",
            sa.Enum(
                "identified",
                "researched",
                "asked",
                "replied",
                "scheduled",
                "talked",
                "thanked",
                "in_touch",
                "no_reply",
                "declined",
                "not_now",
                "closed",
                name="overruled_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("form_id", sa.String(length=255), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_now_until", sa.Date(), nullable=True),
        sa.Column("nudges_stopped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduced_by_id"],
            ["contacts.id"],
            name=op.f("fk_contacts_introduced_by_id_contacts"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "introduced_by_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_contacts_member_id_introduced_by_id_contacts"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "path_id"],
            ["paths.member_id", "paths.id"],
            name=op.f("fk_contacts_member_id_path_id_paths"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_contacts_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["path_id"], ["paths.id"], name=op.f("fk_contacts_path_id_paths"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("member_id", "form_id", name=op.f("uq_contacts_member_id_form_id")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_contacts_member_id_id")),
    )
    op.create_index(
        op.f("ix_contacts_introduced_by_id"), "contacts", ["introduced_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_contacts_member_id_archived_at_updated_at"),
        "contacts",
        ["member_id", "archived_at", "updated_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contacts_member_id_company_key"),
        "contacts",
        ["member_id", "company_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contacts_member_id_name_key"), "contacts", ["member_id", "name_key"], unique=False
    )
    op.create_index(
        op.f("ix_contacts_member_id_stage_archived_at"),
        "contacts",
        ["member_id", "stage", "archived_at"],
        unique=False,
    )
    op.create_index(op.f("ix_contacts_path_id"), "contacts", ["path_id"], unique=False)
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "medium",
            sa.Enum(
                "video",
                "phone",
                "coffee",
                "lunch",
                "office",
                name="medium",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "took_place",
                "called_off",
                "no_show",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_id", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interviews_minutes")),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_interviews_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_interviews_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sa.UniqueConstraint("member_id", "form_id", name=op.f("uq_interviews_member_id_form_id")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_interviews_member_id_id")),
    )
    op.create_index(
        op.f("ix_interviews_member_id_contact_id"),
        "interviews",
        ["member_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interviews_member_id_status_starts_at"),
        "interviews",
        ["member_id", "status", "starts_at"],
        unique=False,
    )
    op.create_table(
        "debriefs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("takeaway", sa.Text(), nullable=False),
        sa.Column("likes", sa.Text(), nullable=False),
        sa.Column("dislikes", sa.Text(), nullable=False),
        sa.Column(
            "picture",
            sa.Enum(
                "no",
                "not_sure",
                "yes",
                name="picture",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "opportunity",
            sa.Enum(
                "no",
                "they_raised",
                "i_raised",
                name="opportunity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_debriefs_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_debriefs_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debriefs")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_debriefs_interview_id")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_debriefs_member_id_id")),
    )
    op.create_index(
        op.f("ix_debriefs_member_id_interview_id"),
        "debriefs",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column(
            "by",
            sa.Enum("me", "them", name="by", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_promises_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_promises_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_promises_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("interview_id", "by", name=op.f("uq_promises_interview_id_by")),
        sa.UniqueConstraint("member_id", "id", name=op.f("uq_promises_member_id_id")),
    )
    op.create_index(
        op.f("ix_promises_member_id_contact_id"),
        "promises",
        ["member_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_promises_member_id_interview_id"),
        "promises",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_table(
        "touches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "asked",
                "replied",
                "follow_up",
                "talk",
                "thank_you",
                "update",
                "note",
                "introduction",
                "declined",
                "rested",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("form_id", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_touches_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_touches_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_touches_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
        sa.UniqueConstraint("member_id", "form_id", name=op.f("uq_touches_member_id_form_id")),
    )
    op.create_index(
        op.f("ix_touches_member_id_contact_id_at"),
        "touches",
        ["member_id", "contact_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_touches_member_id_interview_id"),
        "touches",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_table(
        "nudges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "talk_soon",
                "did_it_take_place",
                "brief",
                "thank_you",
                "thank_you_again",
                "my_promise",
                "unprepared",
                "ask_again_how_it_went",
                "debrief_missing",
                "follow_up",
                "other_person",
                "rests",
                "tell_introducer",
                "their_promise",
                "progress_update",
                "not_now_is_over",
                "keep_in_touch",
                "weekly_review",
                "go_on",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("makes_sense_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "sending",
                "sent",
                "cancelled",
                "dropped",
                "failed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_by", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "done",
                "later",
                "skip",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("later_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("later_alone", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "contact_id"],
            ["contacts.member_id", "contacts.id"],
            name=op.f("fk_nudges_member_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "interview_id"],
            ["interviews.member_id", "interviews.id"],
            name=op.f("fk_nudges_member_id_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "promise_id"],
            ["promises.member_id", "promises.id"],
            name=op.f("fk_nudges_member_id_promise_id_promises"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_nudges_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
        sa.UniqueConstraint(
            "member_id", "key", "round", name=op.f("uq_nudges_member_id_key_round")
        ),
    )
    op.create_index(
        op.f("ix_nudges_member_id_contact_id"), "nudges", ["member_id", "contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_nudges_member_id_interview_id"),
        "nudges",
        ["member_id", "interview_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_nudges_member_id_status"), "nudges", ["member_id", "status"], unique=False
    )
    op.create_index(
        "ix_nudges_pending",
        "nudges",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'pending'"),
        sqlite_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_nudges_sending",
        "nudges",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("status = 'sending'"),
        sqlite_where=sa.text("status = 'sending'"),
    )
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "debrief_id"],
            ["debriefs.member_id", "debriefs.id"],
            name=op.f("fk_skills_member_id_debrief_id_debriefs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_skills_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("debrief_id", "name", name=op.f("uq_skills_debrief_id_name")),
    )
    op.create_index(
        op.f("ix_skills_member_id_debrief_id"), "skills", ["member_id", "debrief_id"], unique=False
    )


def downgrade() -> None:
    """Drop all tables."""
    op.drop_index(op.f("ix_skills_member_id_debrief_id"), table_name="skills")
    op.drop_table("skills")
    op.drop_index(
        "ix_nudges_sending",
        table_name="nudges",
        postgresql_where=sa.text("status = 'sending'"),
        sqlite_where=sa.text("status = 'sending'"),
    )
    op.drop_index(
        "ix_nudges_pending",
        table_name="nudges",
        postgresql_where=sa.text("status = 'pending'"),
        sqlite_where=sa.text("status = 'pending'"),
    )
    op.drop_index(op.f("ix_nudges_member_id_status"), table_name="nudges")
    op.drop_index(op.f("ix_nudges_member_id_interview_id"), table_name="nudges")
    op.drop_index(op.f("ix_nudges_member_id_contact_id"), table_name="nudges")
    op.drop_table("nudges")
    op.drop_index(op.f("ix_touches_member_id_interview_id"), table_name="touches")
    op.drop_index(op.f("ix_touches_member_id_contact_id_at"), table_name="touches")
    op.drop_table("touches")
    op.drop_index(op.f("ix_promises_member_id_interview_id"), table_name="promises")
    op.drop_index(op.f("ix_promises_member_id_contact_id"), table_name="promises")
    op.drop_table("promises")
    op.drop_index(op.f("ix_debriefs_member_id_interview_id"), table_name="debriefs")
    op.drop_table("debriefs")
    op.drop_index(op.f("ix_interviews_member_id_status_starts_at"), table_name="interviews")
    op.drop_index(op.f("ix_interviews_member_id_contact_id"), table_name="interviews")
    op.drop_table("interviews")
    op.drop_index(op.f("ix_contacts_path_id"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_member_id_stage_archived_at"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_member_id_name_key"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_member_id_company_key"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_member_id_archived_at_updated_at"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_introduced_by_id"), table_name="contacts")
    op.drop_table("contacts")
    op.drop_table("paths")
    op.drop_table("members")
    op.drop_table("workspaces")
