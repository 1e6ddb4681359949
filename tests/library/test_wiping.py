"""A wipe really deletes: no byte of the words is left in any file, and other readers notice nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from holding_space.domain import Passage, Prompt
from holding_space.errors import LibraryLocked
from holding_space.library import Library

Make = Callable[..., Passage]
SECRET = "the words that must go"


def fill(library: Library, reader_id: str, words: str, passage: Make, prompt: Prompt) -> None:
    """Everything that can be kept, edited so that there are old versions of it too."""
    for at in range(5):
        kept = library.keep(reader_id, passage(f"{words} quote", at), f"{words} title")
        for note in (f"{words} note" * 90, f"{words} again"):
            kept = library.edit(reader_id, kept.id, note=note, tags=[f"{words} tag"], version=kept.version)
        library.answer(reader_id, kept.id, prompt, f"{words} answer" * 90)
    library.save_draft(reader_id, "chat", f"{words} draft")
    library.save_conversation(reader_id, "c", f"{words} conversation")
    library.choose(reader_id, "n", f"{words} choice")


def files_with(words: str, folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if words.encode() in each.read_bytes())


def test_nothing_of_the_reader_is_left_in_any_file(library: Library, path: Path, passage: Make, prompt: Prompt) -> None:
    for _ in range(3):
        fill(library, "r", SECRET, passage, prompt)
    fill(library, "other", "words that stay", passage, prompt)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert files_with(SECRET, path.parent) == ["kept.sqlite3", "kept.sqlite3-wal"]
    others = library.kept("other"), library.answers("other"), library.drafts("other")

    size = path.stat().st_size
    library.wipe("r")
    assert files_with(SECRET, path.parent) == []
    assert path.stat().st_size < size
    assert (library.kept("r"), library.tags("r"), library.answers("r")) == ((), (), ())
    assert (library.drafts("r"), library.conversation("r"), library.choice("r", "n")) == ({}, None, "")
    assert others == (library.kept("other"), library.answers("other"), library.drafts("other"))
    assert library.conversation("other") == ("c", "words that stay conversation")
    assert files_with("words that stay", path.parent)


def test_a_wipe_that_another_program_hinders_says_so_and_can_be_repeated(
    library: Library, path: Path, passage: Make, prompt: Prompt
) -> None:
    fill(library, "r", SECRET, passage, prompt)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM kept").fetchall()
        with pytest.raises(LibraryLocked, match="Everything was deleted"):
            library.wipe("r")
        assert library.kept("r") == ()
    library.wipe("r")
    assert files_with(SECRET, path.parent) == []


def test_a_reader_can_begin_again_after_a_wipe(library: Library, passage: Make) -> None:
    library.wipe("never here")
    library.keep("r", passage(), "The door")
    library.wipe("r")
    kept = library.keep("r", passage(), "The door")
    assert library.kept("r") == (kept,)
