"""Which accounts are one person's, and the wishes to link some."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_link",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("main_workspace", sa.String(), nullable=False),
        sa.Column("main_member", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "member", name="pk_person_link"),
    )
    op.create_index("ix_person_link_main", "person_link", ["main_workspace", "main_member"])
    op.create_table(
        "person_offer",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "member", name="pk_person_offer"),
        sa.UniqueConstraint("code", name="uq_person_offer_code"),
    )
