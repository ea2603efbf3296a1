"""What is answered but not yet learned from, whose it is, which parts of a message are there, and the pace of sending.

Lanes take turns by how long they have been ready, so when each was last served is no longer kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("person", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("event", sa.Column("step", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("lane", sa.Column("person", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("lane", sa.Column("slot", sa.Float(), nullable=False, server_default=sa.text("0")))
    op.add_column("outgoing", sa.Column("posted", sa.Text(), nullable=False, server_default="[]"))
    op.drop_index("ix_lane_box_ready_at_served", "lane")
    op.drop_column("lane", "served")
    op.create_index("ix_lane_box_ready_at", "lane", ["box", "ready_at"])
    op.create_index("ix_lane_box_workspace_ready_at", "lane", ["box", "workspace", "ready_at"])
    op.create_table(
        "pace",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("free_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "scope", name="pk_pace"),
    )
