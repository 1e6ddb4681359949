"""What was acknowledged is still there after the process was killed in the middle of writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from holding_space.domain import Passage
from holding_space.library import database_path, open_library
from holding_space.settings import Settings
from tests.library.conftest import environ
from tests.library.killing import survive

KILLS = 5


def test_killed_writers_lose_nothing_that_was_acknowledged(settings: Settings) -> None:
    found = survive(environ(settings), KILLS)
    print(found)  # noqa: T201
    assert found.kills == KILLS
    assert found.acknowledged >= KILLS * 4
    assert found.lost == 0
    # Of each killed writer at most the one thing it was busy with is there besides.
    assert 0 <= found.unasked <= KILLS


def test_a_backup_of_the_open_file_holds_everything_when_it_is_put_back(
    settings: Settings, path: Path, passage: Callable[..., Passage]
) -> None:
    library = open_library(settings)
    library.keep("r", passage(), "The door")
    before = library.kept("r")
    fresh = replace(settings, data_dir=settings.data_dir.parent / "fresh")
    fresh.data_dir.mkdir()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(database_path(fresh))) as copy:
        source.backup(copy)
    library.keep("r", passage(at=1), "The door")
    library.close()
    again = open_library(fresh)
    assert again.kept("r") == again.kept("r", containing="light") == before
    again.close()


@pytest.mark.sqlite
def test_every_connection_writes_through_to_the_disk(settings: Settings) -> None:
    library = open_library(settings)
    with library._file.read() as connection:  # type: ignore[attr-defined]
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    library.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
