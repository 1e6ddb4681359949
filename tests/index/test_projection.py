import numpy as np
import pytest

from holding_space.index.projection import project


@pytest.mark.parametrize("count", [1, 2, 5, 6, 40])
def test_every_passage_has_a_place_on_the_square(count: int) -> None:
    vectors = np.random.default_rng(0).normal(size=(count, 16)).astype(np.float32)
    places = project(vectors)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert (places >= 0).all()
    assert (places <= 1).all()


def test_the_picture_is_the_same_every_time() -> None:
    vectors = np.random.default_rng(1).normal(size=(30, 16)).astype(np.float32)
    assert np.array_equal(project(vectors), project(vectors))


def test_passages_of_like_meaning_lie_together() -> None:
    rng = np.random.default_rng(2)
    one, other = np.eye(16)[0], np.eye(16)[1]
    vectors = np.array([(one if n < 15 else other) + rng.normal(0, 0.05, 16) for n in range(30)], dtype=np.float32)
    places = project(vectors)
    within = np.linalg.norm(places[:15] - places[:15].mean(axis=0), axis=1).mean()
    apart = np.linalg.norm(places[:15].mean(axis=0) - places[15:].mean(axis=0))
    assert apart > 2 * within
