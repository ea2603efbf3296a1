"""At which revision of the knowledge base a document last changed, so that an index reads anew only what did."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
