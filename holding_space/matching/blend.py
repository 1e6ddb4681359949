"""The numbers of the matching, in one place. Each has a measured reason; docs/matching.md says which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holding_space.index import Scores, Similarities


@dataclass(frozen=True, slots=True)
class Blend:
    """How a passage's score is made up, and where "close" begins."""

    essay: float = 0.3
    """Share of the essay's mean in the passage's own part; the rest is the passage's text."""
    speaks_to: float = 0.5
    """Share of the closest `speaks_to` line; the rest is the passage's own part."""
    hubness: float = 0.25
    """How much of a passage's likeness to everything is taken off."""
    bm25: float = 0.15
    """Share of BM25; the rest is the dense score. Both are z-scores over the corpus."""
    last_message: float = 0.5
    """Weight of the newest message beside the whole conversation, when it is long enough to stand alone."""
    floor: float = 0.40
    """A passage whose text and closest line are both less like the situation than this (cosine) is not close."""
    margin: float = 1.6
    """A passage this far below the best (in the score's units, standard deviations) is left out of a reading."""
    same_lens: float = 0.5
    """What a passage loses in a reading for each passage before it with the same lens."""
    like_this: float = 0.5
    """"More like this": share of the liked passage's vector in the query."""
    not_this: float = 0.5
    """"Not this one": how much likeness to a passage put aside counts against another."""


def blend(found: Similarities, hubness: Scores, bm25: NDArray[np.float32], weights: Blend) -> Scores:
    """One score for each passage, shape (passages,), comparable within one query only."""
    own = (1 - weights.essay) * found.passage + weights.essay * found.essay
    dense = (1 - weights.speaks_to) * own + weights.speaks_to * found.speaks_to - weights.hubness * hubness
    return np.asarray((1 - weights.bm25) * standard(dense) + weights.bm25 * standard(bm25), dtype=np.float32)


def standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Z-scores over the corpus, shape unchanged; all zero where every score is the same."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
