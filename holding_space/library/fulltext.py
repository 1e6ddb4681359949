"""The full-text index of each database, over the words that `searchable` holds of every kept thing.

SQLite: an FTS5 table that triggers keep in step, so that no write can forget it. It stores no text of its own. `detail=none`
is enough, because only whole things are looked for. PostgreSQL: an index over the same words as a `tsvector`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, TextClause, text

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
POSTGRESQL = ("""CREATE INDEX kept_words ON searchable USING gin (array_to_tsvector(string_to_array(words, ' ')))""",)

_IN = {
    "sqlite": "searchable.number IN (SELECT rowid FROM kept_words WHERE kept_words MATCH :wanted)",
    "postgresql": "array_to_tsvector(string_to_array(searchable.words, ' ')) @@ CAST(:wanted AS tsquery)",
}
_ALL_OF = {"sqlite": (" ", '"{}"*'), "postgresql": (" & ", "'{}':*")}


def create(connection: Connection) -> None:
    """Make the index, where the tables have just been made without a migration (as tests do)."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))


def having(connection: Connection, words: Sequence[str]) -> TextClause:
    """That a row of `searchable` has words which begin like these, in the database's own terms.

    The words come from `searching`: letters, digits and underscores of ASCII, so nothing in them is an operator.
    """
    between, form = _ALL_OF[connection.dialect.name]
    wanted = between.join(form.format(word) for word in words)
    return text(_IN[connection.dialect.name]).bindparams(wanted=wanted)


def forget_removed(connection: Connection) -> None:
    """Take words that are no longer there out of the index.

    FTS5 only marks them as removed, and they would stay in the file until it happens to merge.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO kept_words (kept_words) VALUES ('optimize')"))


def rebuild(connection: Connection) -> None:
    """Write the index anew from `searchable`, so that nothing else is left in it."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO kept_words (kept_words) VALUES ('rebuild')"))
