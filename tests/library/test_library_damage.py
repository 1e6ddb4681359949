"""A damaged file is put aside whole, and what can still be read is read."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from holding_space.domain import Passage
from holding_space.errors import LibraryDamaged
from holding_space.library import Library, copies_put_aside, open_library
from holding_space.settings import Settings

pytestmark = pytest.mark.sqlite

Make = Callable[..., Passage]
SECRET = "nobody must see this"


def holds_no_words(error: BaseException) -> bool:
    """Nor does anything that a log would print of it."""
    return SECRET not in "".join(traceback.format_exception(error))


def spoil_header(path: Path) -> None:
    path.write_bytes(b"not a database at all" + path.read_bytes()[21:])


def spoil_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def spoil_one_page(path: Path) -> None:
    """One that is not read at all until the reader looks for what stood there."""
    content = path.read_bytes()
    start = content.index(SECRET.encode()) // 4096 * 4096
    path.write_bytes(content[:start] + b"\xff" * 4096 + content[start + 4096 :])


@pytest.mark.parametrize("spoil", [spoil_header, spoil_pages, spoil_one_page, cut_in_half])
def test_a_damaged_file_is_put_aside_unchanged(
    settings: Settings, path: Path, passage: Make, spoil: Callable[[Path], None]
) -> None:
    library = open_library(settings)
    for at in range(30):
        library.keep("r", passage(f"{SECRET} {at}", at), "The door")
    library.close()
    spoil(path)
    content = path.read_bytes()

    with pytest.raises(LibraryDamaged) as caught:
        open_library(settings)
    (copy,) = copies_put_aside(path)
    assert copy.read_bytes() == content
    assert str(copy) in caught.value.fault
    assert str(path) in caught.value.cure
    assert holds_no_words(caught.value)
    assert not path.exists()

    fresh = open_library(settings)
    assert fresh.kept("r") == ()
    fresh.keep("r", passage(), "The door")
    fresh.close()
    assert copies_put_aside(path) == (copy,)


def test_a_log_whose_database_was_emptied_is_put_aside_too(
    settings: Settings, path: Path, passage: Make, tmp_path: Path
) -> None:
    library = open_library(settings)
    library.keep("r", passage(SECRET), "The door")
    log = Path(f"{path}-wal").read_bytes()
    library.close()
    path.write_bytes(b"")
    Path(f"{path}-wal").write_bytes(log)

    with pytest.raises(LibraryDamaged):
        open_library(settings)
    (copy,) = copies_put_aside(path)
    assert Path(f"{copy}-wal").read_bytes() == log
    open_library(settings).close()


def test_damage_that_shows_later_is_explained(library: Library, path: Path, passage: Make) -> None:
    for at in range(30):
        library.keep("r", passage(f"{SECRET} {at}" * 50, at), "The door")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil_pages(path)
    with pytest.raises(LibraryDamaged) as caught:
        library.kept("r")
    assert str(path) in caught.value.fault
    assert holds_no_words(caught.value)
    assert path.exists()


def test_one_spoilt_character_does_not_take_the_rest_away(library: Library, path: Path, passage: Make) -> None:
    library.keep("r", passage("A closed door."), "The door")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE kept SET quote = CAST(X'41FF42' AS BLOB)")
    assert [one.quote for one in library.kept("r")] == ["A\ufffdB"]
