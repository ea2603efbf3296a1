"""Which exchange a review is about, and by whom it was closed, when and how."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("exchange", "outcome", "closed_by"):
        op.add_column("review", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("review", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE review SET exchange = substr(id, 10) WHERE id LIKE 'fallback/%'")
