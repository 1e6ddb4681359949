"""An export goes into any library, any number of times, and nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holding_space.domain import Answer, Kept, Passage, Prompt, PromptKind
from holding_space.errors import NotKept
from holding_space.library import Library, Restored, bring_in, from_json, open_library, read_file, to_json
from holding_space.settings import Settings

Make = Callable[..., Passage]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another library, on another machine."""
    opened = open_library(Settings(tmp_path, tmp_path, tmp_path / "other"))
    yield opened
    opened.close()


@pytest.fixture
def filled(library: Library, passage: Make, prompt: Prompt) -> Library:
    for at in range(4):
        kept = library.keep("r", passage(f"Words {at} \ud800\x00", at), "The door")
        library.edit("r", kept.id, note=f"note {at}", tags=["t", str(at)], version=1)
        for text in ("A key.", "A key.", "Steps."):
            library.answer("r", kept.id, prompt, text)
    return library


def contents(library: Library, reader_id: str) -> tuple[tuple[Kept, ...], tuple[Answer, ...]]:
    """All that the reader keeps, as if it were nobody's."""
    return (
        tuple(replace(one, reader_id="") for one in library.kept(reader_id)),
        tuple(replace(one, reader_id="") for one in library.answers(reader_id)),
    )


def bring(source: Library, reader_id: str, target: Library, new_reader_id: str) -> Restored:
    exported = from_json(to_json(source.kept(reader_id), source.answers(reader_id)))
    return target.restore(new_reader_id, exported.kept, exported.answers)


def test_an_empty_library_becomes_the_one_that_was_exported(filled: Library, other: Library) -> None:
    assert bring(filled, "r", other, "somebody") == Restored(added=4, mended=0, answers=12)
    assert contents(other, "somebody") == contents(filled, "r")


def test_restoring_into_the_same_library_or_twice_changes_nothing(filled: Library, other: Library) -> None:
    before = contents(filled, "r")
    assert bring(filled, "r", filled, "r") == Restored(0, 0, 0)
    assert contents(filled, "r") == before
    bring(filled, "r", other, "r")
    assert bring(filled, "r", other, "r") == Restored(0, 0, 0)
    assert contents(other, "r") == before


def test_two_readers_of_one_library_may_restore_the_same_export(filled: Library) -> None:
    before = contents(filled, "r")
    bring(filled, "r", filled, "a friend")
    assert contents(filled, "a friend") == before

    # From here on both have things of the same ids, and neither notices.
    for one in filled.kept("a friend"):
        filled.edit("a friend", one.id, note="", tags=["theirs"], version=one.version)
    assert contents(filled, "r") == before
    assert filled.kept("r", tag="theirs") == ()
    assert filled.kept("a friend", tag="t") == ()
    assert len(filled.kept("a friend", tag="theirs")) == 4
    filled.wipe("a friend")
    assert len(filled.kept("r")) == 4


def test_things_kept_at_one_moment_stay_in_their_order(library: Library, other: Library, passage: Make) -> None:
    moment = library.keep("r", passage(), "The door").kept_at
    for at in range(5):
        made = library.keep("r", passage(at=at), "The door")
        other.restore("r", [replace(made, kept_at=moment)], [])
    before = other.kept("r")
    bring(other, "r", library, "somebody")
    assert [one.id for one in library.kept("somebody")] == [one.id for one in before]


def test_notes_and_tags_of_both_sides_are_kept(library: Library, other: Library, passage: Make) -> None:
    mine = library.keep("r", passage(), "The door")
    library.edit("r", mine.id, note="mine", tags=["a", "b"], version=1)
    theirs = other.keep("r", passage(), "The door")
    other.edit("r", theirs.id, note="from the laptop", tags=["b", "c"], version=1)
    for turn in (1, 0):
        assert bring(other, "r", library, "r") == Restored(added=0, mended=turn, answers=0)
        (joined,) = library.kept("r")
        assert joined.note == "mine\n\nfrom the laptop"
        assert (joined.id, joined.tags, joined.version) == (mine.id, ("a", "b", "c"), 3)


def test_an_empty_note_neither_adds_nor_takes_away(library: Library, other: Library, passage: Make) -> None:
    mine = library.keep("r", passage(), "The door")
    other.keep("r", passage(), "The door")
    other.edit("r", other.kept("r")[0].id, note="from the laptop", tags=[], version=1)
    assert bring(other, "r", library, "r").mended == 1
    assert library.one("r", mine.id).note == "from the laptop"
    other.edit("r", other.kept("r")[0].id, note="", tags=[], version=2)
    assert bring(other, "r", library, "r").mended == 0
    assert library.one("r", mine.id).note == "from the laptop"


def test_an_answer_edited_since_the_export_stays_and_the_old_one_comes_back_beside_it(
    library: Library, passage: Make, prompt: Prompt
) -> None:
    kept = library.keep("r", passage(), "The door")
    answer = library.answer("r", kept.id, prompt, "before")
    exported = from_json(to_json(library.kept("r"), library.answers("r")))
    library.edit_answer("r", answer.id, "after", 1)
    assert library.restore("r", exported.kept, exported.answers) == Restored(0, 0, 1)
    assert [one.text for one in library.answers("r", kept.id)] == ["after", "before"]
    assert len({one.id for one in library.answers("r")}) == 2


def test_an_id_that_is_taken_by_other_words_is_replaced(library: Library, passage: Make, prompt: Prompt) -> None:
    mine = library.keep("r", passage("My words."), "The door")
    answer = library.answer("r", mine.id, prompt, "A key.")
    strange = replace(mine, quote="Other words.", note="n")
    assert library.restore("r", [strange], [replace(answer, text="Rain.")]) == Restored(1, 0, 1)
    assert library.one("r", mine.id) == mine
    assert library.answers("r", mine.id) == (answer,)
    (added,) = library.kept("r", containing="other")
    assert [one.text for one in library.answers("r", added.id)] == ["Rain."]


def test_a_restore_that_fails_leaves_nothing_behind(
    filled: Library, other: Library, passage: Make, prompt: Prompt
) -> None:
    stray = replace(filled.answers("r")[0], kept_id="nowhere")
    with pytest.raises(NotKept):
        other.restore("r", filled.kept("r"), [*filled.answers("r"), stray])
    assert contents(other, "r") == ((), ())


words = st.text(st.characters(), max_size=12)


@settings(deadline=None, database=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, st.lists(words, max_size=3), words), min_size=1, max_size=4))
def test_any_words_survive_a_wipe_and_merging_twice_doubles_nothing(
    library: Library, things: list[tuple[str, str, list[str], str]]
) -> None:
    reader = uuid4().hex
    for at, (quote, note, tags, text) in enumerate(things):
        kept = library.keep(reader, Passage(f"e/{at}", "e", note, quote), text)
        library.edit(reader, kept.id, note=note, tags=tags, version=1)
        library.answer(reader, kept.id, Prompt(quote, PromptKind.REST, 1), text)
    library.save_conversation(reader, "c", things[0][0])
    before = contents(library, reader)
    exported = to_json(library.kept(reader), library.answers(reader), library.conversation(reader)).encode()
    library.wipe(reader)
    assert contents(library, reader) == ((), ())
    for _ in range(2):
        bring_in(library, reader, read_file("kept.json", exported))
        assert contents(library, reader) == before
        assert library.conversation(reader) == ("c", things[0][0])
