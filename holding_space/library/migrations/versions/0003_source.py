"""Where a quotation that was brought along comes from.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    # May be empty: rows of before have none, and no default has to be written in two dialects.
    op.add_column("kept", sa.Column("source", sa.LargeBinary(), nullable=True))
