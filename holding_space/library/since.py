"""What has become of a kept passage in the library of essays since. The kept words themselves never change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from holding_space.domain import Corpus, Essay, Kept, Passage


class Fate(StrEnum):
    """What became of the passage."""

    THERE = "there"
    CHANGED = "changed"
    """It stands in its place with other words."""
    MOVED = "moved"
    """The same words stand in another place."""
    CUT = "cut"
    """The essay is there without it."""
    GONE = "gone"
    """Neither the passage nor its essay is there."""


@dataclass(frozen=True, slots=True)
class Since:
    """`passage` and `essay` are where to read on now, where there is such a place; `renamed`: the essay's title is another."""

    fate: Fate
    passage: Passage | None
    essay: Essay | None
    renamed: bool


def since(kept: Kept, corpus: Corpus) -> Since | None:
    """What became of it; None for what was brought along, which no essay here has."""
    if kept.lens is None:
        return None
    fate, passage = Fate.GONE, corpus.passage(kept.passage_id)
    if passage is not None:
        fate = Fate.THERE if passage.text == kept.quote else Fate.CHANGED
    else:
        passage = next((one for one in corpus.passages if one.text == kept.quote), None)
        fate = Fate.MOVED if passage is not None else Fate.GONE
    essay = corpus.essay(passage.essay_id if passage else kept.passage_id.split("/", 1)[0])
    if passage is None and essay is not None:
        fate = Fate.CUT
    return Since(fate, passage, essay, essay is not None and essay.title != kept.essay_title)
