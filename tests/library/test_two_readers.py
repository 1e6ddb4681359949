"""One reader can neither see, change, delete nor even detect what another keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from holding_space.domain import Answer, Kept, Passage, Prompt, PromptKind
from holding_space.errors import NotKept
from holding_space.library import Library, Restored

PROMPT = Prompt("Ask?", PromptKind.ASK, 1)
OTHERS = Passage("e/p", "e", "h", "their words")
State = tuple[object, ...]

# What the other reader gets who tries each verb with ids that are not theirs: a value, or NotKept.
TRIES: dict[str, tuple[Callable[[Library, Kept, Answer], object], object]] = {
    "one": (lambda lib, k, a: lib.one("other", k.id), NotKept),
    "kept": (lambda lib, k, a: (lib.kept("other"), lib.kept("other", containing="w", tag="t")), ((), ())),
    "tags": (lambda lib, k, a: lib.tags("other"), ()),
    "edit": (lambda lib, k, a: lib.edit("other", k.id, note="x", tags=["x"], version=2), NotKept),
    "remove": (lambda lib, k, a: lib.remove("other", k.id), NotKept),
    "answer": (lambda lib, k, a: lib.answer("other", k.id, PROMPT, "x"), NotKept),
    "answers": (lambda lib, k, a: (lib.answers("other"), lib.answers("other", k.id)), ((), ())),
    "edit_answer": (lambda lib, k, a: lib.edit_answer("other", a.id, "x", 1), NotKept),
    "remove_answer": (lambda lib, k, a: lib.remove_answer("other", a.id), NotKept),
    "draft": (lambda lib, k, a: lib.draft("other", "chat"), ""),
    "drafts": (lambda lib, k, a: lib.drafts("other"), {}),
    "save_draft": (lambda lib, k, a: lib.save_draft("other", "chat", "x"), None),
    "clear_draft": (lambda lib, k, a: lib.clear_draft("other", "chat"), None),
    "save_conversation": (lambda lib, k, a: lib.save_conversation("other", "c", "x"), None),
    "conversation": (lambda lib, k, a: lib.conversation("other"), None),
    "forget_conversation": (lambda lib, k, a: lib.forget_conversation("other", "c"), None),
    "choice": (lambda lib, k, a: lib.choice("other", "n"), ""),
    "choose": (lambda lib, k, a: lib.choose("other", "n", "x"), None),
    "keep": (lambda lib, k, a: lib.keep("other", OTHERS, "t").id == k.id, False),
    "restore": (lambda lib, k, a: lib.restore("other", [replace(k, note="x")], [a]), Restored(1, 0, 1)),
    "wipe": (lambda lib, k, a: lib.wipe("other"), None),
}


def everything(library: Library, reader_id: str) -> State:
    """All that a reader has."""
    return (
        library.kept(reader_id),
        library.tags(reader_id),
        library.answers(reader_id),
        library.drafts(reader_id),
        library.conversation(reader_id),
        library.choice(reader_id, "n"),
    )


def test_every_verb_is_tried() -> None:
    verbs = {name for name in vars(Library) if not name.startswith("_")}
    assert verbs - {"close"} == set(TRIES)


@pytest.mark.parametrize("verb", TRIES)
def test_anothers_ids_are_ids_that_were_never_given_out(library: Library, verb: str) -> None:
    kept = library.keep("reader", OTHERS, "t")
    kept = library.edit("reader", kept.id, note="words", tags=["t"], version=1)
    answer = library.answer("reader", kept.id, PROMPT, "words")
    library.save_draft("reader", "chat", "words")
    library.save_conversation("reader", "c", "words")
    library.choose("reader", "n", "words")
    before = everything(library, "reader")

    attempt, outcome = TRIES[verb]
    if outcome is NotKept:
        with pytest.raises(NotKept) as caught:
            attempt(library, kept, answer)
        with pytest.raises(NotKept) as unknown:
            attempt(library, replace(kept, id="unknown"), replace(answer, id="unknown"))
        assert str(caught.value) == str(unknown.value)
    else:
        assert attempt(library, kept, answer) == outcome
    assert everything(library, "reader") == before
