"""Working hours, absences, and what promises and aims need to go by them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make it so. An aim of before counts from a plain hour before it was due: it was made in plain minutes."""
    op.create_table(
        "calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("owner", "version", name=op.f("uq_calendar_owner_version")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("starts_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=True),
        sa.Column("stand_in", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("summarised_at", _TIME, nullable=True),
        sa.Column("promises", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_absence_member_member")),
        sa.ForeignKeyConstraint(["stand_in"], ["member.id"], name=op.f("fk_absence_stand_in_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_member"), "absence", ["member"])
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("tz_own", sa.String(), nullable=True))
        member.add_column(sa.Column("stand_in", sa.String(), nullable=True))
        member.add_column(sa.Column("dnd_until", _TIME, nullable=True))
        member.add_column(sa.Column("dnd_seen_at", _TIME, nullable=True))
        member.create_foreign_key(op.f("fk_member_stand_in_member"), "member", ["stand_in"], ["id"])
    with op.batch_alter_table("client") as client:
        client.add_column(sa.Column("first_answer_s", sa.Integer(), nullable=True))
        client.add_column(sa.Column("next_answer_s", sa.Integer(), nullable=True))
    with op.batch_alter_table("request") as request:
        request.add_column(sa.Column("paused_at", _TIME, nullable=True))
        request.add_column(sa.Column("pause_reason", sa.String(), nullable=False, server_default=""))
        request.add_column(sa.Column("pause_note", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("promise") as promise:
        promise.add_column(sa.Column("nudged_at", _TIME, nullable=True))
        promise.add_column(sa.Column("acked_at", _TIME, nullable=True))
        promise.add_column(sa.Column("escalated_at", _TIME, nullable=True))
        promise.add_column(sa.Column("snoozed_until", _TIME, nullable=True))
        promise.add_column(sa.Column("told_at", _TIME, nullable=True))
        promise.add_column(sa.Column("hours", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("target") as target:
        target.add_column(sa.Column("start_at", _TIME, nullable=True))
        target.add_column(sa.Column("amount_s", sa.Integer(), nullable=False, server_default="3600"))
        target.add_column(sa.Column("paused_at", _TIME, nullable=True))
        target.add_column(sa.Column("remaining_us", sa.BigInteger(), nullable=True))
        target.add_column(sa.Column("resumed_at", _TIME, nullable=True))
        target.add_column(sa.Column("nudged_at", _TIME, nullable=True))
        target.add_column(sa.Column("acked_at", _TIME, nullable=True))
        target.add_column(sa.Column("hours", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE promise SET rung = 2 * rung + 1 WHERE outcome = 'open'")  # even numbers: calls before closing
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE target SET start_at = due_at - interval '1 hour'")
    else:
        op.execute("UPDATE target SET start_at = strftime('%Y-%m-%d %H:%M:%f', due_at, '-1 hour') || '000'")
    with op.batch_alter_table("request") as request:
        request.alter_column("pause_reason", server_default=None, existing_type=sa.String(), existing_nullable=False)
        request.alter_column("pause_note", server_default=None, existing_type=sa.String(), existing_nullable=False)
    with op.batch_alter_table("promise") as promise:
        promise.alter_column("hours", server_default=None, existing_type=sa.String(), existing_nullable=False)
    with op.batch_alter_table("target") as target:
        target.alter_column("start_at", nullable=False, existing_type=_TIME)
        target.alter_column("amount_s", server_default=None, existing_type=sa.Integer(), existing_nullable=False)
        target.alter_column("hours", server_default=None, existing_type=sa.String(), existing_nullable=False)
