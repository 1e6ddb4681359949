"""The tables, as the newest migration leaves them.

Every key begins with the reader, so that one reader's row can be neither named nor referred to by another:
a tag or an answer belongs to `(reader_id, kept_id)`, never to a kept id alone. `number` counts up and is
never used twice; it keeps the order where a clock was set back.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from holding_space.library.columns import UtcTime, Words

metadata = MetaData()

kept = Table(
    "kept",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reader_id", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("passage_id", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("quote_sha256", String(64), nullable=False),
    Column("essay_title", Words, nullable=False),
    Column("heading", Words, nullable=False),
    Column("lens", String(16), nullable=False),
    Column("note", Words, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", Words, nullable=True),
    UniqueConstraint("reader_id", "id", name="kept_id"),
    # The hash stands in for the quote: an index over whole passages would store each of them twice.
    UniqueConstraint("reader_id", "passage_id", "quote_sha256", name="kept_once"),
    sqlite_autoincrement=True,
)

kept_tags = Table(
    "kept_tags",
    metadata,
    Column("reader_id", Words, nullable=False),
    Column("kept_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("tag", Words, nullable=False),
    PrimaryKeyConstraint("reader_id", "kept_id", "position", name="kept_tags_key"),
    ForeignKeyConstraint(
        ["reader_id", "kept_id"],
        ["kept.reader_id", "kept.id"],
        ondelete="CASCADE",
        name="kept_tags_of",
    ),
)

answers = Table(
    "answers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reader_id", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("kept_id", Words, nullable=False),
    Column("ask", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Words, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("reader_id", "id", name="answers_id"),
    ForeignKeyConstraint(
        ["reader_id", "kept_id"],
        ["kept.reader_id", "kept.id"],
        ondelete="CASCADE",
        name="answers_of",
    ),
    Index("answers_under", "reader_id", "kept_id"),
    sqlite_autoincrement=True,
)

searchable = Table(
    "searchable",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reader_id", Words, nullable=False),
    Column("kept_id", Words, nullable=False),
    # Each word once, folded and in ASCII: made from the rest by `sql_search.refresh`, and indexed by `fulltext`.
    Column("words", Text, nullable=False),
    UniqueConstraint("reader_id", "kept_id", name="searchable_once"),
    ForeignKeyConstraint(
        ["reader_id", "kept_id"],
        ["kept.reader_id", "kept.id"],
        ondelete="CASCADE",
        name="searchable_of",
    ),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("reader_id", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("reader_id", "place", name="drafts_key"),
)

choices = Table(
    "choices",
    metadata,
    Column("reader_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    PrimaryKeyConstraint("reader_id", "name", name="choices_key"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reader_id", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    UniqueConstraint("reader_id", "id", name="conversations_id"),
    sqlite_autoincrement=True,
)
