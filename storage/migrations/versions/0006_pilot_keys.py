"""Pilots, digests and steps keyed by their workspace too, a digest by its champion, and how often a champion is told.

SQLite cannot change a primary key, so the tables are made anew. A digest of before belongs to every champion: its
member is "".
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


COPIES = (
    "INSERT INTO pilot (workspace, id, body) SELECT workspace, id, body FROM old_pilot",
    "INSERT INTO digest (workspace, pilot, member, day, body)"
    " SELECT COALESCE(p.workspace, ''), d.pilot, '', d.day, d.body"
    " FROM old_digest d LEFT JOIN old_pilot p ON p.id = d.pilot",
    "INSERT INTO step (workspace, pilot, step, at) SELECT COALESCE(p.workspace, ''), s.pilot, s.step, s.at"
    " FROM old_step s LEFT JOIN old_pilot p ON p.id = s.pilot",
)


def upgrade() -> None:
    for name in ("pilot", "digest", "step"):
        op.execute(f"CREATE TEMPORARY TABLE old_{name} AS SELECT * FROM {name}")
        op.drop_table(name)
    create_tables()
    for copy in COPIES:
        op.execute(copy)
    for name in ("pilot", "digest", "step"):
        op.execute(f"DROP TABLE old_{name}")


def create_tables() -> None:
    op.create_table(
        "pilot",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_pilot"),
    )
    op.create_table(
        "digest",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "pilot", "member", "day", name="pk_digest"),
    )
    op.create_table(
        "step",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "pilot", "step", name="pk_step"),
    )
    op.create_table(
        "rhythm",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "pilot", "member", name="pk_rhythm"),
    )
