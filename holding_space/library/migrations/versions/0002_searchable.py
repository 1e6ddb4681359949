"""The words of every kept thing, and a full-text index over them.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from holding_space.library.searching import index_words, page_of

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

SQLITE = (
    """CREATE VIRTUAL TABLE kept_words USING fts5(
        words, content='searchable', content_rowid='number', tokenize="ascii tokenchars '_'", detail=none)""",
    """CREATE TRIGGER searchable_added AFTER INSERT ON searchable BEGIN
        INSERT INTO kept_words (rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER searchable_removed AFTER DELETE ON searchable BEGIN
        INSERT INTO kept_words (kept_words, rowid, words) VALUES ('delete', old.number, old.words); END""",
    """CREATE TRIGGER searchable_changed AFTER UPDATE ON searchable BEGIN
        INSERT INTO kept_words (kept_words, rowid, words) VALUES ('delete', old.number, old.words);
        INSERT INTO kept_words (rowid, words) VALUES (new.number, new.words); END""",
)
POSTGRESQL = """CREATE INDEX kept_words ON searchable USING gin (array_to_tsvector(string_to_array(words, ' ')))"""

WORDS_OF = (
    "SELECT reader_id, id, quote, heading, essay_title, note FROM kept",
    "SELECT reader_id, kept_id, tag FROM kept_tags",
    "SELECT reader_id, kept_id, ask, text FROM answers",
)


def upgrade() -> None:
    table = op.create_table(
        "searchable",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.LargeBinary(), nullable=False),
        sa.Column("kept_id", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("reader_id", "kept_id", name="searchable_once"),
        sa.ForeignKeyConstraint(
            ["reader_id", "kept_id"],
            ["kept.reader_id", "kept.id"],
            name="searchable_of",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE if sqlite else (POSTGRESQL,):
        connection.execute(sa.text(statement))
    texts: dict[tuple[bytes, bytes], list[str]] = {}
    for query in WORDS_OF:
        for reader_id, kept_id, *found in connection.execute(sa.text(query)):
            texts.setdefault((bytes(reader_id), bytes(kept_id)), []).extend(map(_text, found))
    for (reader_id, kept_id), written in texts.items():
        words = index_words(page_of(written))
        connection.execute(sa.insert(table).values(reader_id=reader_id, kept_id=kept_id, words=words))


def _text(stored: bytes) -> str:
    try:
        return bytes(stored).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return bytes(stored).decode("utf-8", "replace")
