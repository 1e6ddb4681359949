"""The full-text index never hides what a plain look through everything would find, and keeps no word that is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from holding_space.domain import Kept, Lens, Passage, Prompt, PromptKind
from holding_space.library import Library, open_library
from holding_space.library.searching import LONGEST, ROOM, index_words, matches, page_of, wanted_words
from holding_space.settings import Settings

Make = Callable[..., Passage]
CANARY = "zqxjkcanary"

text = st.text(st.characters(), max_size=12) | st.text("aß ſ_-'9ñn\u0303ﬁfi\u0301.", max_size=8)


@settings(deadline=None, database=None, max_examples=200)
@example("long" * 40, "long" * 40)
@example("straße", "STRASSE")
@example("the ferry's horn", "ferry's")
@given(text, text)
def test_what_is_found_is_what_a_plain_look_finds(shared: Library, note: str, containing: str) -> None:
    reader = uuid4().hex
    kept = shared.keep(reader, Passage("e/p", "e", "h", "q"), "t")
    stored = shared.edit(reader, kept.id, note=note, tags=[], version=1)
    plain = matches(page_of(("q", "h", "t", note)), containing)
    assert shared.kept(reader, containing=containing) == ((stored,) if plain else ())


@settings(deadline=None, database=None, max_examples=300)
@given(text, text)
def test_no_word_that_stands_there_is_missing_from_the_index(page: str, containing: str) -> None:
    if matches(page_of([page]), containing):
        words = index_words(page_of([page])).split(" ")
        assert all(any(word.startswith(wanted) for word in words) for wanted in wanted_words(containing))


def test_a_word_is_found_by_its_beginning_and_not_by_its_middle(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage("A constraint, loosened."), "The door")
    assert library.kept("r", containing="constr") == (kept,)
    assert library.kept("r", containing="train") == ()
    assert library.kept("r", containing=", loos") == (kept,)


def test_words_longer_and_texts_larger_than_an_index_takes_are_found(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage("a" * (LONGEST + 5) + "b"), "The door")
    assert library.kept("r", containing="a" * (LONGEST + 5)) == (kept,)
    assert library.kept("r", containing="a" * (LONGEST + 6)) == ()
    huge = " ".join(f"{number}{'x' * 40}" for number in range(ROOM // 40)) + " needle"
    kept = library.edit("r", kept.id, note=huge, tags=[], version=1)
    assert library.kept("r", containing="needle") == (kept,)


def test_every_change_of_a_thing_changes_what_finds_it(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    library.edit("r", kept.id, note="ferry", tags=["harbour"], version=1)
    answer = library.answer("r", kept.id, Prompt("Which lamp?", PromptKind.ASK, 1), "green")
    for word in ("ferry", "harbour", "lamp", "green"):
        assert len(library.kept("r", containing=word)) == 1
    library.edit("r", kept.id, note="tram", tags=[], version=2)
    library.edit_answer("r", answer.id, "yellow", 1)
    for word in ("ferry", "harbour", "green"):
        assert library.kept("r", containing=word) == ()
    assert len(library.kept("r", containing="tram yellow")) == 1
    library.remove_answer("r", answer.id)
    assert library.kept("r", containing="lamp") == ()
    library.remove("r", kept.id)
    assert library.kept("r", containing="tram") == ()


def test_essay_lens_and_time_narrow_what_is_found(library: Library, passage: Make) -> None:
    march = datetime(2026, 3, 9, 21, tzinfo=UTC)

    def thing(at: int, lens: Lens, title: str, when: datetime) -> Kept:
        return Kept(str(at), "", f"e/{at}", f"words {at}", title, "h", lens, "", ("t",), when)

    library.restore(
        "r",
        [
            thing(1, Lens.STEP, "Ferries", march),
            thing(2, Lens.FEELING, "Ferries", march + timedelta(days=30)),
            thing(3, Lens.STEP, "Lamps", march + timedelta(days=31)),
        ],
        [],
    )

    def ids(**wanted: object) -> list[str]:
        return [one.id for one in library.kept("r", **wanted)]  # type: ignore[arg-type]

    assert ids(essay="Ferries") == ["2", "1"]
    assert ids(essay="ferries") == []
    assert ids(lens=Lens.STEP) == ["3", "1"]
    assert ids(since=march) == ["3", "2", "1"]
    assert ids(since=march + timedelta(days=30)) == ["3", "2"]
    assert ids(until=march + timedelta(days=30)) == ["1"]
    assert ids(since=march, until=march) == []
    assert ids(containing="words", tag="t", essay="Ferries", lens=Lens.STEP, since=march) == ["1"]


@pytest.mark.parametrize("way", ["edit", "remove", "edit_answer", "remove_answer", "wipe"])
def test_a_word_that_is_gone_is_in_no_file(
    settings: Settings, path: Path, passage: Make, prompt: Prompt, way: str
) -> None:
    library = open_library(settings)
    for at in range(20):
        library.keep("r", passage(f"Other words, number {at}.", at), "The door")
    kept = library.keep("r", passage(at=99), "The door")
    with_note = way in {"edit", "remove", "wipe"}
    library.edit("r", kept.id, note=CANARY if with_note else "", tags=[], version=1)
    answer = library.answer("r", kept.id, prompt, "x" if with_note else CANARY)
    ways: dict[str, Callable[[], object]] = {
        "edit": lambda: library.edit("r", kept.id, note="", tags=[], version=2),
        "remove": lambda: library.remove("r", kept.id),
        "edit_answer": lambda: library.edit_answer("r", answer.id, "", 1),
        "remove_answer": lambda: library.remove_answer("r", answer.id),
        "wipe": lambda: library.wipe("r"),
    }
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert CANARY.encode() in path.read_bytes()
    ways[way]()
    library.close()  # takes the write-ahead log into the file; a wipe need not wait for that
    left = [each.name for each in path.parent.iterdir() if CANARY.encode() in each.read_bytes()]
    assert left == []


def test_the_index_of_a_wiped_reader_is_empty(library: Library, path: Path, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    library.edit("r", kept.id, note=CANARY, tags=[], version=1)
    with closing(sqlite3.connect(path)) as connection:
        words = "SELECT count(*) FROM kept_words WHERE kept_words MATCH ?"
        assert connection.execute(words, (CANARY,)).fetchone() == (1,)
        library.wipe("r")
        assert connection.execute(words, (CANARY,)).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM searchable").fetchone() == (0,)
