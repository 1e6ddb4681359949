"""BM25 over the words of passages and their `speaks_to` lines: a small share of the score, for rare words and names."""

from __future__ import annotations

import bm25s
import numpy as np
from numpy.typing import NDArray

from holding_space.corpus import plain
from holding_space.domain import Passage
from holding_space.index import Scores
from holding_space.matching.blend import standard


def words(texts: list[str]) -> list[list[str]]:
    """Lower-case words of each text without English stop words."""
    found: list[list[str]] = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    return found


class LexicalIndex:
    """BM25 with bm25s (Lù 2024, arXiv 2407.03618), in its default variant."""

    def __init__(self, documents: list[str]) -> None:
        self._count = len(documents)
        tokens = words(documents)
        self._vocabulary = {word for document in tokens for word in document}
        self._index = bm25s.BM25() if self._vocabulary else None
        if self._index is not None:
            self._index.index(tokens, show_progress=False)

    def scores(self, query: list[str]) -> NDArray[np.float32]:
        """BM25 of a query's words with every document, shape (documents,); all zero when no word is known."""
        known = [word for word in query if word in self._vocabulary]
        if not known or self._index is None:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)


class Words:
    """What of the words of a situation stands in a passage, and what in its essay's lines."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self._passages = LexicalIndex(["\n".join([*p.speaks_to, p.heading, plain(p.text)]) for p in passages])
        essays = list(dict.fromkeys(p.essay_id for p in passages))
        # An essay without lines stands on its text, or it could never be found by a rare word.
        lines = {
            e: "\n".join(line for p in passages if p.essay_id == e for line in p.speaks_to or (plain(p.text),))
            for e in essays
        }
        self._essays = LexicalIndex([lines[essay] for essay in essays])
        self._essay_of = np.array([essays.index(p.essay_id) for p in passages], dtype=np.intp)

    def scores(self, text: str) -> tuple[Scores, Scores]:
        """Z-scores of BM25 with each passage and with its essay's lines, shape (passages,) each."""
        query = words([text])[0]
        return standard(self._passages.scores(query)), standard(self._essays.scores(query)[self._essay_of])
