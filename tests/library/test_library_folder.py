"""The folder is for one person, and one that cannot be used is explained."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from holding_space.domain import Passage
from holding_space.errors import LibraryError
from holding_space.library import Library, copies_put_aside, open_library
from holding_space.settings import Settings

pytestmark = pytest.mark.sqlite

Make = Callable[..., Passage]
OrdinaryUser = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach, unlike pytest's when root runs the tests."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_folder_and_files_are_for_one_pair_of_eyes(library: Library, path: Path, passage: Make) -> None:
    library.keep("r", passage(), "The door")
    modes = {each.name: each.stat().st_mode & 0o777 for each in (path.parent, *path.parent.iterdir())}
    assert modes == {
        "data": 0o700,
        "kept.sqlite3": 0o600,
        "kept.sqlite3-wal": 0o600,
        "kept.sqlite3-shm": 0o600,
    }


def test_a_folder_that_may_not_be_written_is_explained(folder: Path, ordinary_user: OrdinaryUser) -> None:
    folder.chmod(0o555)
    data = folder / "data"
    with ordinary_user(), pytest.raises(LibraryError, match="may not write") as caught:
        open_library(Settings(folder, folder, data))
    assert str(data) in caught.value.fault
    assert "data_dir" in caught.value.cure


def test_a_database_in_a_read_only_folder_is_explained(folder: Path, ordinary_user: OrdinaryUser) -> None:
    settings = Settings(folder, folder, folder)
    open_library(settings).close()
    (folder / "kept.sqlite3").chmod(0o666)
    folder.chmod(0o555)
    with ordinary_user(), pytest.raises(LibraryError, match="may not write"):
        open_library(settings, wait=0.2)
    assert copies_put_aside(folder / "kept.sqlite3") == ()


def test_a_database_that_may_only_be_read_is_explained(folder: Path, ordinary_user: OrdinaryUser) -> None:
    settings = Settings(folder, folder, folder)
    open_library(settings).close()
    (folder / "kept.sqlite3").chmod(0o444)
    folder.chmod(0o777)
    with ordinary_user(), pytest.raises(LibraryError, match="may not write"):
        open_library(settings, wait=0.2)


def test_a_file_in_place_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(LibraryError, match="data_dir"):
        open_library(Settings(tmp_path, tmp_path, tmp_path / "data"))
    with pytest.raises(LibraryError, match="data_dir"):
        open_library(Settings(tmp_path, tmp_path, tmp_path / "data" / "deeper"))
