"""The first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("passage_id", sa.LargeBinary(), nullable=False),
        sa.Column("quote", sa.LargeBinary(), nullable=False),
        sa.Column("quote_sha256", sa.String(64), nullable=False),
        sa.Column("essay_title", sa.LargeBinary(), nullable=False),
        sa.Column("heading", sa.LargeBinary(), nullable=False),
        sa.Column("lens", sa.String(16), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("reader_id", "id", name="kept_id"),
        sa.UniqueConstraint("reader_id", "passage_id", "quote_sha256", name="kept_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "kept_tags",
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("kept_id", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "kept_id", "position", name="kept_tags_key"),
        sa.ForeignKeyConstraint(
            ["reader_id", "kept_id"],
            ["kept.reader_id", "kept.id"],
            name="kept_tags_of",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("kept_id", sa.LargeBinary(), nullable=False),
        sa.Column("ask", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("reader_id", "id", name="answers_id"),
        sa.ForeignKeyConstraint(
            ["reader_id", "kept_id"],
            ["kept.reader_id", "kept.id"],
            name="answers_of",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("answers_under", "answers", ["reader_id", "kept_id"])
    op.create_table(
        "drafts",
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "place", name="drafts_key"),
    )
    op.create_table(
        "conversations",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("reader_id", "id", name="conversations_id"),
        sqlite_autoincrement=True,
    )
