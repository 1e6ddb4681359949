import numpy as np
import pytest

from holding_space.domain import Corpus, Essay, Passage
from holding_space.encoders import EncoderSpec
from holding_space.index import RECIPE, Artefact, Aspect, Index, Manifest


def index_of(vectors: dict[tuple[str, Aspect], list[list[float]]]) -> Index:
    ids = list(dict.fromkeys(passage_id for passage_id, _ in vectors))
    essays: dict[str, list[Passage]] = {}
    for passage_id in ids:
        essay_id = passage_id.split("/")[0]
        essays.setdefault(essay_id, []).append(Passage(passage_id, essay_id, "h", "t"))
    corpus = Corpus(tuple(Essay(i, i, tuple(p)) for i, p in essays.items()))
    rows, values = [], []
    for (passage_id, aspect), some in vectors.items():
        for value in some:
            rows.append((passage_id, aspect, "0"))
            values.append(value)
    spec = EncoderSpec("x", "0", len(values[0]), 1)
    manifest = Manifest(1, spec, RECIPE, len(rows), {})
    places = np.array([[n, n] for n in range(len(ids))], dtype=float)
    return Index(Artefact(manifest, tuple(rows), np.array(values, "<f4"), places), corpus)


def test_a_passage_is_as_close_as_its_closest_line() -> None:
    index = index_of({("a/1", Aspect.PASSAGE): [[1, 0]], ("a/1", Aspect.SPEAKS_TO): [[0, 1], [0.6, 0.8]]})
    found = index.similarities(np.array([0, 1], "f4"))
    assert found.passage.tolist() == [0]
    assert found.speaks_to.tolist() == [1]
    assert found.closest.tolist() == [1]


def test_a_passage_without_lines_stands_on_its_text() -> None:
    index = index_of({("a/1", Aspect.PASSAGE): [[1, 0]]})
    assert index.similarities(np.array([1, 0], "f4")).speaks_to.tolist() == [1]
    assert index.closest_line(0, np.array([1, 0], "f4")) is None


def test_passages_of_one_essay_share_its_mean() -> None:
    index = index_of(
        {("a/1", Aspect.PASSAGE): [[1, 0]], ("a/2", Aspect.PASSAGE): [[0, 1]], ("b/1", Aspect.PASSAGE): [[1, 0]]}
    )
    essay = index.similarities(np.array([1, 0], "f4")).essay
    assert essay.tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 1])


def test_the_nearest_sentence_of_a_query_counts() -> None:
    index = index_of({("a/1", Aspect.PASSAGE): [[1, 0]], ("a/1", Aspect.SPEAKS_TO): [[0, 1]]})
    sentences = np.array([[1, 0], [0.6, 0.8]], "f4")
    assert index.similarities(np.array([1, 0], "f4"), sentences).sentence.tolist() == pytest.approx([0.8])


def test_a_situation_lies_among_the_passages_nearest_to_it() -> None:
    vectors = {(f"a/{n}", Aspect.PASSAGE): [[float(np.cos(n / 4)), float(np.sin(n / 4))]] for n in range(8)}
    index = index_of(vectors)
    x, y = index.locate(index.texts[2])
    assert (x, y) == pytest.approx((2, 2), abs=0.6)
