"""Who answered a nudge and what time they had, since when it goes by another's, and how long Slack asked us to wait."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so. What was answered before counts as answered by the owner of its request."""
    op.add_column("promise", sa.Column("acked_by", sa.String(), nullable=True))
    op.add_column("promise", sa.Column("counted_on", sa.String(), nullable=True))
    op.add_column("promise", sa.Column("anew_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pace", sa.Column("asked", sa.Float(), nullable=True))
    op.add_column("pace", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index(op.f("ix_absence_member"), "absence")
    op.create_index("ix_absence_member_over", "absence", ["member", "ended_at", "ends_at"])
