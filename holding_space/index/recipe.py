"""What of a passage is encoded: its text, and each line that says which situations it speaks to.

Separate vectors beat one prefixed text (nDCG@10 on real questions: see docs/matching.md). Change RECIPE whenever the rows
of an unchanged corpus would come out differently: an index remembers the recipe it was made with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from holding_space.corpus import plain
from holding_space.domain import Corpus, Passage

RECIPE = "passage+speaks_to/1"


class Aspect(StrEnum):
    """Which side of a passage a row stands for."""

    PASSAGE = "passage"
    SPEAKS_TO = "speaks_to"


@dataclass(frozen=True, slots=True)
class Row:
    """One text to encode. `sha256` is of the text in UTF-8."""

    passage_id: str
    aspect: Aspect
    text: str
    sha256: str


def rows_of(corpus: Corpus) -> tuple[Row, ...]:
    """All rows of a corpus: passage by passage in their order, the text first."""
    return tuple(row for passage in corpus.passages for row in _rows(passage))


def _rows(passage: Passage) -> list[Row]:
    texts = [(Aspect.PASSAGE, plain(passage.text))]
    texts += [(Aspect.SPEAKS_TO, line) for line in passage.speaks_to]
    return [Row(passage.id, aspect, text, hashlib.sha256(text.encode()).hexdigest()) for aspect, text in texts]
