"""How many of those who took a message to deliver it were not heard of again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("lost", sa.Integer(), nullable=False, server_default="0"))
