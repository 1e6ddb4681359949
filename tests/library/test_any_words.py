"""Properties: whatever is written comes back letter for letter, and is found again."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import example, given, settings
from hypothesis import strategies as st

from holding_space.domain import Passage, Prompt, PromptKind
from holding_space.library import Library

words = st.text(st.characters(), max_size=40)
"""Any string of Python, with NUL, control characters and lone surrogates."""

quick = settings(deadline=None, database=None, max_examples=60)


HARD = "a\x00b\x1f\ud800 \udfff\ud83d\ude00\U0010ffff\r\n\u2028\u202e\ufeff"


@quick
@example(HARD, HARD, HARD, HARD, HARD)
@given(words, words, words, words, words)
def test_kept_words_come_back_letter_for_letter(
    shared: Library, quote: str, heading: str, title: str, note: str, text: str
) -> None:
    reader = uuid4().hex
    kept = shared.keep(reader, Passage("e/p", "e", heading, quote), title)
    stored = shared.edit(reader, kept.id, note=note, tags=[note, text], version=1)
    answer = shared.answer(reader, kept.id, Prompt(heading, PromptKind.REST, 1), text)
    assert (stored.quote, stored.heading, stored.essay_title, stored.note) == (quote, heading, title, note)
    assert set(stored.tags) == {note.strip(), text.strip()} - {""}
    assert shared.kept(reader) == (stored,)
    assert shared.answers(reader) == (answer,)
    assert (answer.ask, answer.text) == (heading, text)


@quick
@example(HARD, HARD, HARD)
@given(words, words, words)
def test_drafts_and_conversations_come_back_letter_for_letter(
    shared: Library, place: str, text: str, payload: str
) -> None:
    reader = uuid4().hex
    shared.save_draft(reader, place, text)
    shared.save_conversation(reader, place, payload)
    assert shared.draft(reader, place) == text
    assert shared.drafts(reader) == ({place: text} if text else {})
    assert shared.conversation(reader) == (place, payload)


@quick
@given(words, words)
def test_two_readers_never_meet_whatever_their_ids(shared: Library, one: str, other: str) -> None:
    mark = uuid4().hex
    shared.save_draft(one + mark, "chat", "mine")
    assert (shared.draft(other + mark, "chat") == "mine") == (one == other)


@quick
@given(words, words)
def test_every_word_of_a_note_finds_it(shared: Library, note: str, quote: str) -> None:
    reader = uuid4().hex
    kept = shared.keep(reader, Passage("e/p", "e", "h", quote), "t")
    stored = shared.edit(reader, kept.id, note=note, tags=[], version=1)
    for word in note.split():
        assert shared.kept(reader, containing=word) == (stored,)
        assert shared.kept(reader, containing=word.casefold()) == (stored,)
    assert shared.kept(reader, containing=note) == (stored,)
