"""A kept passage stays word for word, and what became of it in the library is said truly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from holding_space.domain import Corpus, Essay, Kept, Lens, Passage
from holding_space.library import Fate, since

DOOR = Passage("door/light", "door", "Light", "There is light under it.")
KEY = Passage("door/key", "door", "The key", "A key turns.")
KEPT = Kept(
    "k", "r", "door/light", DOOR.text, "A closed door", "Light", Lens.STEP, "", (), datetime(2026, 3, 1, tzinfo=UTC)
)
ESSAY = Essay("door", "A closed door", (DOOR, KEY))
EDITED = replace(DOOR, text="There was light under it.")
ELSEWHERE = Passage("hall/lamp", "hall", "Lamp", DOOR.text)
HALL = Essay("hall", "The hall", (ELSEWHERE,))


@pytest.mark.parametrize(
    ("essays", "fate", "where", "essay", "renamed"),
    [
        ([ESSAY], Fate.THERE, DOOR, "door", False),
        ([replace(ESSAY, title="An open door")], Fate.THERE, DOOR, "door", True),
        ([replace(ESSAY, passages=(EDITED, KEY))], Fate.CHANGED, EDITED, "door", False),
        ([replace(ESSAY, passages=(KEY,))], Fate.CUT, None, "door", False),
        ([replace(ESSAY, passages=(KEY,)), HALL], Fate.MOVED, ELSEWHERE, "hall", True),
        ([HALL], Fate.MOVED, ELSEWHERE, "hall", True),
        ([], Fate.GONE, None, None, False),
    ],
)
def test_what_became_of_a_passage_is_said_truly(
    essays: list[Essay], fate: Fate, where: Passage | None, essay: str | None, renamed: bool
) -> None:
    found = since(KEPT, Corpus(tuple(essays)))
    assert found is not None
    assert (found.fate, found.passage, found.renamed) == (fate, where, renamed)
    assert (found.essay.id if found.essay else None) == essay


def test_what_was_brought_along_is_no_essays() -> None:
    assert since(replace(KEPT, lens=None), Corpus((ESSAY,))) is None
