"""The migrations, from the first, lead exactly to the tables that the program uses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from holding_space.errors import LibraryError, LibraryTooNew
from holding_space.library import copies_put_aside, open_library
from holding_space.library.tables import metadata
from holding_space.settings import Settings


def schema(path: Path) -> dict[str, str]:
    """What SQLite itself stores of each table and index, but for Alembic's own."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_migrations_give_the_schema_of_the_tables(settings: Settings, path: Path, tmp_path: Path) -> None:
    open_library(settings).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()

    direct = create_engine(f"sqlite:///{tmp_path / 'direct.sqlite3'}")
    metadata.create_all(direct)
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
