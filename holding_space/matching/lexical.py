"""BM25 over the words of passages and their `speaks_to` lines: a small share of the score, for rare words and names."""

from __future__ import annotations

import bm25s
import numpy as np
from numpy.typing import NDArray

from holding_space.corpus import plain
from holding_space.domain import Passage


def words(texts: list[str]) -> list[list[str]]:
    """Lower-case words of each text without English stop words."""
    found: list[list[str]] = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    return found


class LexicalIndex:
    """BM25 with bm25s (Lù 2024, arXiv 2407.03618), in its default variant."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self._count = len(passages)
        documents = words(["\n".join([*p.speaks_to, p.heading, plain(p.text)]) for p in passages])
        self._vocabulary = {word for document in documents for word in document}
        self._index = bm25s.BM25()
        self._index.index(documents, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """BM25 of a query with every passage, shape (passages,); all zero when no word is known."""
        known = [word for word in words([text])[0] if word in self._vocabulary]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)
