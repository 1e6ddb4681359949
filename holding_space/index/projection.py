"""The library as a picture: a place on a plane for each passage, computed when the index is built.

Near on the plane means near in meaning; the axes mean nothing, and far apart means little. t-SNE (van der Maaten and Hinton
2008) keeps neighbourhoods; a reader's situation is placed afterwards among the passages that are nearest to it, so that
nothing of it is ever part of the picture that is stored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from holding_space.encoders import Vectors

Places = NDArray[np.float64]
"""Points on a square from 0 to 1, shape (passages, 2)."""

PERPLEXITY = 15
FEWEST = 6
"""Passages from which t-SNE makes sense; fewer are laid on a circle."""
DIGITS = 4
NEAREST = 6
SHARPNESS = 14.0


def project(vectors: Vectors) -> Places:
    """A place for each vector, shape (passages, dim) to (passages, 2), the same on every run on one machine."""
    if len(vectors) < FEWEST:
        turn = 2 * np.pi * np.arange(len(vectors)) / max(1, len(vectors))
        return _squared(np.column_stack([np.cos(turn), np.sin(turn)]))
    from sklearn.manifold import TSNE

    tsne = TSNE(
        perplexity=min(PERPLEXITY, (len(vectors) - 1) / 3), metric="cosine", init="random", random_state=7, n_jobs=1
    )
    return _squared(tsne.fit_transform(vectors))


def locate(places: Places, closeness: NDArray[np.float32]) -> tuple[float, float]:
    """Where a situation lies: the mean of the places of its nearest passages, by how near they are, shape (passages,)."""
    nearest = np.argsort(-closeness, kind="stable")[:NEAREST]
    weights = np.exp(SHARPNESS * (closeness[nearest] - closeness[nearest[0]]))
    x, y = np.average(places[nearest], axis=0, weights=weights)
    return float(x), float(y)


def _squared(points: NDArray[np.floating]) -> Places:
    low, high = points.min(axis=0), points.max(axis=0)
    spread = np.where(high - low < 1e-9, 1.0, high - low)
    squared: Places = np.round((points.astype(np.float64) - low) / spread, DIGITS)
    return squared
