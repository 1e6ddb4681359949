"""The numbers of the matching, in one place. Each has a measured reason; docs/matching.md says which."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from holding_space.index import Scores, Similarities


@dataclass(frozen=True, slots=True)
class Blend:
    """How a passage's score is made up, and where "close" begins."""

    passage: float = 0.1
    """Share of the cosine with the passage's text."""
    speaks_to: float = 0.2
    """Share of the cosine with its closest `speaks_to` line."""
    sentence: float = 0.1
    """Share of the cosine of any one sentence of the reader's with its closest line: the question of a long message stands in one."""
    essay: float = 0.55
    """Share of the cosine with the mean of all vectors of its essay: what the essay as a whole is about."""
    bm25_passage: float = 0.15
    """Share of BM25 over the passage's words and lines; like everything in the final sum a z-score over the corpus."""
    bm25_essay: float = 0.2
    """Share of BM25 over the lines of the passage's essay. What the two leave is the dense score's."""
    last_message: float = 0.5
    """Weight of the newest message beside the whole conversation, when it is long enough to stand alone."""
    floor_one: float = 0.40
    floor_many: float = 0.378
    """Where "close" begins: the mean cosine with the nearest rows of the library, one row in a small library, MANY in a large one."""
    learned_eases: float = 0.04
    """How much lower "close" begins where it has also been learnt which messages the library covers."""
    learned_floor: float = 0.2
    """`passage_floor` where it has been learnt which passages a message wants: they need not be like it."""
    passage_floor: float = 0.33
    """A passage whose text and closest line are both less like the situation than this (cosine) is not shown."""
    margin: float = 0.8
    """A passage this far below the best (in the score's units, standard deviations) is left out of a reading."""
    of_one_essay: int = 2
    """Passages of one essay that a reading may hold: with one only, the second best of the right essay gives way to the best of a wrong one."""
    same_lens: float = 0.05
    """What a passage loses in a reading for each passage before it with the same lens."""
    like_this: float = 0.8
    """"More like this": how much likeness to the liked passage counts for another (a z-score over the corpus, as the score is one)."""
    not_this: float = 0.3
    """"Not this one": how much likeness to a passage put aside counts against another."""

    def floor(self, rows: int) -> float:
        """Where "close" begins when the nearest `rows` rows are averaged: the mean sinks as more of them are taken."""
        share = log(rows) / log(MANY)
        return self.floor_one + share * (self.floor_many - self.floor_one)


MANY = 20
"""Rows that are averaged in a large library. One row can be like a text by accident; many at once hardly can."""
SHARE = 0.013
"""Rows that are averaged, as a share of the library's rows, while it is small."""


def nearest_rows(rows: int) -> int:
    """How many of a library's rows are averaged to tell whether anything in it is close."""
    return max(1, min(MANY, round(SHARE * rows)))


def blend(found: Similarities, words: tuple[Scores, Scores], weights: Blend) -> Scores:
    """One score for each passage, shape (passages,), comparable within one query only.

    `words` are the z-scores of BM25 over passages and over essays, shape (passages,) each.
    """
    dense = (
        weights.passage * found.passage
        + weights.speaks_to * found.speaks_to
        + weights.sentence * found.sentence
        + weights.essay * found.essay
    )
    of_passage, of_essay = words
    rest = 1 - weights.bm25_passage - weights.bm25_essay
    mixed = rest * standard(dense) + weights.bm25_passage * of_passage + weights.bm25_essay * of_essay
    return np.asarray(mixed, dtype=np.float32)


def features(found: Similarities, words: tuple[Scores, Scores]) -> NDArray[np.float32]:
    """The parts of the blend side by side, each as z-scores over the corpus, shape (passages, 6): see `learned.FEATURES`."""
    parts = (found.passage, found.speaks_to, found.sentence, found.essay, *words)
    return np.stack([standard(part) for part in parts], axis=1)


def standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Z-scores over the corpus, shape unchanged; all zero where every score is the same."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
