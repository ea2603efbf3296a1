"""Who may read a glossary entry. Those held so far are read by nobody until the documents are taken in again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("term", sa.Column("readers", sa.Text(), nullable=False, server_default="[]"))
