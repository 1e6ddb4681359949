"""What is wrong with the file is said with its name and the cure, and never with a reader's words."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, insert
from sqlalchemy.exc import IntegrityError

from holding_space.domain import Passage
from holding_space.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked
from holding_space.library import Library, copies_put_aside, open_library
from holding_space.library.connection import Transactions, make_engine
from holding_space.library.faults import from_sqlite
from holding_space.library.sql import SqlLibrary
from holding_space.library.tables import drafts
from holding_space.settings import Settings

pytestmark = pytest.mark.sqlite

Make = Callable[..., Passage]
SECRET = "nobody must see this"


def holds_no_words(error: BaseException) -> bool:
    """Nor does anything that a log would print of it."""
    return SECRET not in "".join(traceback.format_exception(error))


def test_a_locked_file_is_explained(library: Library, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked) as caught:
            library.save_draft("r", "chat", SECRET)
    assert str(path) in caught.value.fault
    assert "try again" in caught.value.cure
    assert holds_no_words(caught.value)
    library.save_draft("r", "chat", "now")
    assert library.draft("r", "chat") == "now"


def test_reading_goes_on_while_another_program_writes(library: Library, path: Path) -> None:
    library.save_draft("r", "chat", "before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert library.draft("r", "chat") == "before"


def test_a_file_that_is_locked_cannot_be_opened(settings: Settings, path: Path) -> None:
    open_library(settings).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryLocked):
            open_library(settings, wait=0.2)
    assert copies_put_aside(path) == ()
    open_library(settings).close()


def test_too_many_readers_at_once_are_told_so(library: Library) -> None:
    with ExitStack() as busy:
        for _ in range(15):
            busy.enter_context(library._file.read())  # type: ignore[attr-defined]
        with pytest.raises(LibraryLocked):
            library.draft("r", "chat")
    assert library.draft("r", "chat") == ""


def test_a_mistake_of_the_program_shows_no_words_either(library: Library) -> None:
    with (
        pytest.raises(IntegrityError) as caught,
        library._file.write() as connection,  # type: ignore[attr-defined]
    ):
        connection.execute(insert(drafts).values(reader_id="r", place="p", text=SECRET, saved_at=None))
    assert "parameters hidden" in str(caught.value)
    assert holds_no_words(caught.value)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryLocked),
        (sqlite3.SQLITE_IOERR_SHMSIZE, LibraryFull),
        (sqlite3.SQLITE_IOERR_WRITE, LibraryError),
        (sqlite3.SQLITE_CORRUPT_INDEX, LibraryDamaged),
        (sqlite3.SQLITE_READONLY_DIRECTORY, LibraryError),
        (sqlite3.SQLITE_ERROR, type(None)),
    ],
)
def test_each_code_of_sqlite_has_its_error(code: int, kind: type, path: Path) -> None:
    error = sqlite3.OperationalError("as SQLite says")
    error.sqlite_errorcode = code
    found = from_sqlite(error, path)
    assert type(found) is kind
    assert found is None or str(path) in found.fault


def limited(path: Path, pages: int) -> Engine:
    """An engine whose disk has room for so many pages."""
    engine = make_engine(path)

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    return engine


def test_a_full_disk_is_explained_and_what_was_saved_stays(settings: Settings, path: Path, passage: Make) -> None:
    library = open_library(settings)
    library.close()
    pages = path.stat().st_size // 4096
    small = SqlLibrary(Transactions(limited(path, pages + 10), path))
    kept = small.keep("r", passage(), "The door")
    with pytest.raises(LibraryFull) as caught:
        small.edit("r", kept.id, note=SECRET * 10_000, tags=["x"], version=1)
    assert str(path) in caught.value.fault
    assert holds_no_words(caught.value)
    assert small.kept("r") == (kept,)
    assert small.edit("r", kept.id, note="short", tags=[], version=1).note == "short"
    small.close()


def test_a_wipe_works_on_a_full_disk(settings: Settings, path: Path, passage: Make) -> None:
    library = open_library(settings)
    library.keep("r", passage(SECRET * 5_000), "The door")
    library.close()
    pages = path.stat().st_size // 4096
    small = SqlLibrary(Transactions(limited(path, pages), path))
    small.wipe("r")
    small.close()
    assert SECRET.encode() not in path.read_bytes()
