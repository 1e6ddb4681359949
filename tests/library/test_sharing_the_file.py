"""Several threads, tabs and processes use one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from holding_space.domain import Kept, Passage
from holding_space.errors import EditConflict, LibraryLocked
from holding_space.library import Library, open_library
from holding_space.settings import Settings
from tests.library.conftest import environ

Make = Callable[..., Passage]

ROOT = Path(__file__).parents[2]

OPEN = """
import sys
from holding_space.library import open_library
from holding_space.settings import load_settings
sys.stdin.read(1)
library = open_library(load_settings())
library.save_draft(sys.argv[1], "chat", "here")
library.close()
"""


def test_two_libraries_on_one_file_see_each_others_writes(settings: Settings, library: Library, passage: Make) -> None:
    other = open_library(settings)
    kept = library.keep("r", passage(), "The door")
    assert other.kept("r") == (kept,)
    edited = other.edit("r", kept.id, note="from the other", tags=[], version=1)
    assert library.one("r", kept.id) == edited
    with pytest.raises(EditConflict):
        library.edit("r", kept.id, note="too late", tags=[], version=1)
    other.remove("r", kept.id)
    assert library.kept("r") == ()
    other.close()


def test_many_threads_keeping_the_same_words_keep_them_once(
    settings: Settings, library: Library, passage: Make
) -> None:
    other = open_library(settings)

    def keep(turn: int) -> Kept:
        return (library, other)[turn % 2].keep("r", passage(), "The door")

    with ThreadPoolExecutor(8) as threads:
        kept = set(threads.map(keep, range(40)))
    other.close()
    assert kept == set(library.kept("r"))
    assert len(kept) == 1


def test_of_many_edits_of_one_version_exactly_one_is_taken(settings: Settings, library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")

    def edit(turn: int) -> str | None:
        try:
            return library.edit("r", kept.id, note=f"note {turn}", tags=[str(turn)], version=1).note
        except EditConflict:
            return None

    with ThreadPoolExecutor(8) as threads:
        taken = [note for note in threads.map(edit, range(24)) if note is not None]
    assert taken == [library.one("r", kept.id).note]


def test_threads_that_read_while_others_write_see_whole_things(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    library.edit("r", kept.id, note="1", tags=["1"], version=1)

    def write(turn: int) -> None:
        version = library.one("r", kept.id).version
        library.edit("r", kept.id, note=str(version), tags=[str(version)], version=version)

    def read(turn: int) -> bool:
        (seen,) = library.kept("r")
        return seen.tags == (seen.note,) == (str(seen.version - 1),)

    with ThreadPoolExecutor(5) as threads:
        reads = threads.map(read, range(200))
        for turn in range(60):
            write(turn)
        assert all(reads)


def test_several_processes_may_make_the_file_at_once(settings: Settings) -> None:
    command = [sys.executable, "-W", "error", "-c", OPEN]
    children = [
        subprocess.Popen(
            [*command, f"r{n}"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environ(settings)
        )
        for n in range(3)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"!")
        child.stdin.flush()
    complaints = [child.communicate()[1] for child in children]
    assert complaints == [b"", b"", b""]
    library = open_library(settings)
    assert [library.draft(f"r{n}", "chat") for n in range(3)] == ["here"] * 3
    library.close()


COUNT = """
import sys
from holding_space.errors import EditConflict
from holding_space.library import open_library
from holding_space.settings import load_settings
library = open_library(load_settings())
done = 0
while done < int(sys.argv[2]):
    one = library.one("r", sys.argv[1])
    try:
        library.edit("r", one.id, note=str(int(one.note or 0) + 1), tags=[], version=one.version)
        done += 1
    except EditConflict:
        pass
library.close()
"""


def test_several_processes_that_edit_one_thing_lose_no_edit(
    settings: Settings, library: Library, passage: Make
) -> None:
    kept = library.keep("r", passage(), "The door")
    command = [sys.executable, "-W", "error", "-c", COUNT, kept.id, "25"]
    children = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, env=environ(settings)) for _ in range(3)]
    assert [child.communicate()[1] for child in children] == [b"", b"", b""]
    edited = library.one("r", kept.id)
    assert (edited.note, edited.version) == ("75", 76)


def test_a_file_with_a_strange_name_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1 & 'mine'"
    library = open_library(Settings(folder, folder, folder))
    library.save_draft("r", "chat", "here")
    library.close()
    assert (folder / "kept.sqlite3").stat().st_size > 0
    again = open_library(Settings(folder, folder, folder))
    assert again.draft("r", "chat") == "here"
    again.close()


def test_many_waiting_threads_are_all_told_that_the_file_is_locked(settings: Settings, library: Library) -> None:
    holder = open_library(settings)
    with holder._file.write("r"), ThreadPoolExecutor(8) as threads:  # type: ignore[attr-defined]
        waiting = [threads.submit(library.save_draft, "r", "chat", "x") for _ in range(8)]
        told = [each.exception() for each in waiting]
    holder.close()
    assert [type(each) for each in told] == [LibraryLocked] * 8
