"""The migrations, from the first, lead exactly to the tables that the program uses."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from holding_space.errors import LibraryError, LibraryTooNew
from holding_space.library import copies_put_aside, fulltext, open_library
from holding_space.library.migrate import upgrade
from holding_space.library.tables import metadata
from holding_space.settings import Settings

pytestmark = pytest.mark.sqlite


def schema(path: Path) -> dict[str, object]:
    """What SQLite itself knows of each table, index and trigger, but for Alembic's own.

    Of a table its parts: a column that was added later stands behind the constraints.
    """
    parts = ("table_xinfo", "foreign_key_list", "index_list")
    found: dict[str, object] = {}
    with closing(sqlite3.connect(path)) as connection:
        for name, kind, sql in connection.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name").fetchall():
            if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
                found[name] = [
                    sorted(row[1:] for row in connection.execute(f"PRAGMA {part}({name})").fetchall()) for part in parts
                ]
            elif sql is not None:
                found[name] = " ".join(sql.split())
    found.pop("alembic_version", None)
    found.pop("sqlite_autoindex_alembic_version_1", None)
    return found


def test_migrations_give_the_schema_of_the_tables(settings: Settings, path: Path, tmp_path: Path) -> None:
    open_library(settings).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        # FTS5 keeps its index in tables of its own, which no metadata knows.
        opts = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith("kept_words")}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
    engine.dispose()

    direct = create_engine(f"sqlite:///{tmp_path / 'direct.sqlite3'}")
    with direct.begin() as connection:
        metadata.create_all(connection)
        fulltext.create(connection)
    direct.dispose()
    assert schema(path) == schema(tmp_path / "direct.sqlite3")


def test_every_table_belongs_to_readers() -> None:
    for table in metadata.tables.values():
        assert not table.c.reader_id.nullable
        for key in table.foreign_keys:
            assert key.ondelete == "CASCADE"


def test_a_database_of_a_newer_program_is_left_alone(settings: Settings, path: Path) -> None:
    open_library(settings).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew, match="9999") as caught:
        open_library(settings)
    assert str(path) in caught.value.fault
    assert path.read_bytes() == before
    assert copies_put_aside(path) == ()


def test_a_database_of_another_program_is_left_alone(settings: Settings, path: Path) -> None:
    settings.data_dir.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (text)")
    with pytest.raises(LibraryError, match="another program") as caught:
        open_library(settings)
    assert str(path) in caught.value.fault
    assert schema(path).keys() == {"recipes"}
    assert copies_put_aside(path) == ()


def test_a_migration_that_fails_halfway_leaves_nothing_behind(settings: Settings, path: Path) -> None:
    settings.data_dir.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW drafts AS SELECT 'in the way of the fourth table'")
    with pytest.raises(OperationalError, match="drafts"):
        open_library(settings)
    assert schema(path).keys() == {"drafts"}


def test_what_the_first_version_kept_is_all_there_and_found(settings: Settings, path: Path) -> None:
    settings.data_dir.mkdir()
    old = create_engine(f"sqlite:///{path}")
    with old.begin() as connection:
        upgrade(connection, path, to="0001")
        for statement in (
            "INSERT INTO kept VALUES (1, 'r', 'k', 'e/p', CAST('Straße' AS BLOB), 'x', 't', 'h', 'step', 'a note', "
            "'2026-03-01 21:15:00.000000', 4)",
            "INSERT INTO kept VALUES (2, 'r', 'm', 'e/q', X'66FF6F', 'y', 't', 'h', 'step', '', "
            "'2026-03-02 21:15:00.000000', 1)",
            "INSERT INTO kept_tags VALUES ('r', 'k', 0, 'harbour')",
            "INSERT INTO answers VALUES (1, 'r', 'a', 'k', 'Ask?', 'ask', 'a green lamp', '2026-03-01 22:00:00.000000', 1)",
            "INSERT INTO drafts VALUES ('r', 'chat', 'half a', '2026-03-01 22:00:00.000000')",
        ):
            words = re.sub(
                r"'(r|k|m|a|t|h|e/p|e/q|a note||harbour|Ask\?|a green lamp|chat|half a)'",
                r"CAST('\1' AS BLOB)",
                statement,
            )
            connection.execute(text(words))
    old.dispose()

    library = open_library(settings)
    newest, first = library.kept("r")
    assert (first.id, first.note, first.tags, first.version) == ("k", "a note", ("harbour",), 4)
    assert newest.quote == "f\ufffdo"
    for word in ("strasse", "note", "harbour", "lamp"):
        assert library.kept("r", containing=word) == (first,)
    assert [one.text for one in library.answers("r")] == ["a green lamp"]
    assert library.draft("r", "chat") == "half a"
    library.close()
