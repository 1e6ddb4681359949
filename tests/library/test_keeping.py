"""Each verb of the library does what base.py says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from holding_space.domain import Lens, Passage, Prompt
from holding_space.errors import EditConflict, NotKept
from holding_space.library import Library

Make = Callable[..., Passage]


def test_a_kept_passage_holds_the_words_as_they_were(library: Library, passage: Make) -> None:
    before = datetime.now(UTC)
    kept = library.keep("r", passage("Words\n\nas they stand."), "The door")
    assert kept == library.one("r", kept.id)
    assert (kept.quote, kept.essay_title, kept.heading) == ("Words\n\nas they stand.", "The door", "Light")
    assert (kept.passage_id, kept.lens, kept.reader_id) == ("the-door/0", Lens.OTHER_SIDE, "r")
    assert (kept.note, kept.tags, kept.version) == ("", (), 1)
    assert before <= kept.kept_at <= datetime.now(UTC)
    assert kept.kept_at.utcoffset() == timedelta(0)


def test_keeping_the_same_words_again_gives_the_one_there(library: Library, passage: Make) -> None:
    first = library.keep("r", passage(), "The door")
    edited = library.edit("r", first.id, note="mine", tags=["calm"], version=1)
    assert library.keep("r", passage(), "The door") == edited
    assert library.kept("r") == (edited,)


def test_an_edited_essay_neither_changes_nor_replaces_what_was_kept(library: Library, passage: Make) -> None:
    old = library.keep("r", passage("As it was."), "The door")
    new = library.keep("r", passage("As it is."), "The door")
    assert library.kept("r") == (new, old)


def test_the_newest_comes_first(library: Library, passage: Make) -> None:
    made = [library.keep("r", passage(at=at), "The door") for at in range(5)]
    assert library.kept("r") == tuple(reversed(made))


def test_note_and_tags_are_replaced_and_the_version_counts_up(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    once = library.edit("r", kept.id, note="one", tags=["b", "a"], version=1)
    assert (once.note, once.tags, once.version) == ("one", ("b", "a"), 2)
    twice = library.edit("r", kept.id, note="", tags=["a", "c"], version=2)
    assert (twice.note, twice.tags, twice.version) == ("", ("a", "c"), 3)
    assert library.one("r", kept.id) == twice == replace(kept, tags=("a", "c"), version=3)


def test_tags_are_tidied(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    edited = library.edit("r", kept.id, note="", tags=[" night ", "", "Ärger", "night", "  "], version=1)
    assert edited.tags == ("night", "Ärger")


def test_every_tag_is_listed_once_in_alphabetical_order(library: Library, passage: Make) -> None:
    for at, tags in enumerate((["night", "Calm"], ["bed", "night"])):
        library.edit("r", library.keep("r", passage(at=at), "T").id, note="", tags=tags, version=1)
    assert library.tags("r") == ("bed", "Calm", "night")


def test_an_edit_of_an_old_version_changes_nothing(library: Library, passage: Make) -> None:
    kept = library.keep("r", passage(), "The door")
    stored = library.edit("r", kept.id, note="from one tab", tags=["a"], version=1)
    with pytest.raises(EditConflict, match=r"version 1, and version 2") as caught:
        library.edit("r", kept.id, note="from another tab", tags=[], version=1)
    assert "tab" not in str(caught.value)
    assert library.one("r", kept.id) == stored


def test_removing_takes_note_tags_and_answers_along(library: Library, passage: Make, prompt: Prompt) -> None:
    kept = library.keep("r", passage(), "The door")
    library.edit("r", kept.id, note="n", tags=["a"], version=1)
    answer = library.answer("r", kept.id, prompt, "A key.")
    library.remove("r", kept.id)
    assert (library.kept("r"), library.tags("r"), library.answers("r")) == ((), (), ())
    with pytest.raises(NotKept):
        library.remove("r", kept.id)
    with pytest.raises(NotKept):
        library.remove_answer("r", answer.id)
    again = library.keep("r", passage(), "The door")
    assert (again.note, again.tags) == ("", ())


def test_answers_belong_to_a_passage_and_come_oldest_first(library: Library, passage: Make, prompt: Prompt) -> None:
    one, two = (library.keep("r", passage(at=at), "The door") for at in range(2))
    first = library.answer("r", one.id, prompt, "A key.")
    second = library.answer("r", two.id, prompt, "Rain.")
    third = library.answer("r", one.id, prompt, "Steps.")
    assert (first.ask, first.kind, first.text, first.version) == (prompt.ask, prompt.kind, "A key.", 1)
    assert library.answers("r") == (first, second, third)
    assert library.answers("r", one.id) == (first, third)
    assert library.answers("r", "unknown") == ()


def test_an_answer_is_edited_in_its_version_and_removed(library: Library, passage: Make, prompt: Prompt) -> None:
    kept = library.keep("r", passage(), "The door")
    answer = library.answer("r", kept.id, prompt, "A key.")
    edited = library.edit_answer("r", answer.id, "Two keys.", 1)
    assert edited == replace(answer, text="Two keys.", version=2)
    with pytest.raises(EditConflict):
        library.edit_answer("r", answer.id, "Three.", 1)
    assert library.answers("r") == (edited,)
    library.remove_answer("r", answer.id)
    assert library.answers("r") == ()


def test_a_draft_is_replaced_and_removed_by_empty_text(library: Library) -> None:
    assert library.draft("r", "chat") == ""
    library.save_draft("r", "chat", "I wan")
    library.save_draft("r", "chat", "I want to ")
    library.save_draft("r", "note", "x")
    assert library.draft("r", "chat") == "I want to "
    assert library.drafts("r") == {"chat": "I want to ", "note": "x"}
    library.save_draft("r", "chat", "")
    library.clear_draft("r", "note")
    library.clear_draft("r", "never there")
    assert library.drafts("r") == {}


def test_the_conversation_saved_last_is_the_newest(library: Library) -> None:
    assert library.conversation("r") is None
    library.save_conversation("r", "monday", "[1]")
    library.save_conversation("r", "tuesday", "[2]")
    assert library.conversation("r") == ("tuesday", "[2]")
    library.save_conversation("r", "monday", "[1, 3]")
    assert library.conversation("r") == ("monday", "[1, 3]")
    library.forget_conversation("r", "monday")
    library.forget_conversation("r", "never there")
    assert library.conversation("r") == ("tuesday", "[2]")
