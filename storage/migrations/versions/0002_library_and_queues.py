"""The tables of the knowledge base, the pilots and the queues."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_library()
    create_pilots()
    create_queues()


def create_library() -> None:
    op.create_table(
        "knowledge",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_knowledge"),
    )
    op.create_table(
        "document",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("updated", MOMENT, nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "path", name="pk_document"),
    )
    op.create_table(
        "passage",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated", MOMENT, nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "document", "n", name="pk_passage"),
    )
    op.create_table(
        "term",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "n", name="pk_term"),
    )
    op.create_table(
        "failure",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "n", name="pk_failure"),
    )


def create_pilots() -> None:
    op.create_table(
        "pilot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pilot"),
    )
    op.create_index("ix_pilot_workspace", "pilot", ["workspace"], unique=False)
    op.create_table(
        "claim",
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("pilot", "workspace", "member", "day", name="pk_claim"),
    )
    op.create_table(
        "digest",
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pilot", "day", name="pk_digest"),
    )
    op.create_table(
        "step",
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("pilot", "step", name="pk_step"),
    )


def create_queues() -> None:
    op.create_table(
        "lane",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("ready_at", sa.Float(), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("served", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lane"),
        sa.UniqueConstraint(
            "box", "workspace", "platform", "conversation", name="uq_lane_box_workspace_platform_conversation"
        ),
    )
    op.create_index("ix_lane_box_lease_until", "lane", ["box", "lease_until"], unique=False)
    op.create_index("ix_lane_box_ready_at_served", "lane", ["box", "ready_at", "served"], unique=False)
    op.create_table(
        "event",
        sa.Column("sequence", COUNTER, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("lane", COUNTER, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lane"], ["lane.id"], name="fk_event_lane"),
        sa.PrimaryKeyConstraint("sequence", name="pk_event"),
        sa.UniqueConstraint("platform", "workspace", "id", name="uq_event_platform_workspace_id"),
    )
    op.create_index("ix_event_lane_state_sequence", "event", ["lane", "state", "sequence"], unique=False)
    op.create_table(
        "outgoing",
        sa.Column("sequence", COUNTER, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("lane", COUNTER, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("only_to", sa.String(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("exchange", sa.String(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lane"], ["lane.id"], name="fk_outgoing_lane"),
        sa.PrimaryKeyConstraint("sequence", name="pk_outgoing"),
        sa.UniqueConstraint("key", name="uq_outgoing_key"),
    )
    op.create_index("ix_outgoing_lane_state_sequence", "outgoing", ["lane", "state", "sequence"], unique=False)
    op.create_index(
        "ix_outgoing_workspace_channel_message", "outgoing", ["workspace", "channel", "message"], unique=False
    )
